"""A month's sheets: computed in one go, reviewed and approved one by one or several at once (R-SCOR-01, R-SCOR-03, R-SCOR-07)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...guard.titles import linked
from ...models import register_named
from ...operations.scoring import computing, overview, steps
from ...operations.today import local_day
from ...permissions import Action
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.scoring import Part
from ...rules.scoring_steps import Verb
from ...texts import COMMA, say
from ...verdicts import Refused
from ..crumbs import crumb
from ..doors import Section, door
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_checked_at, password_due
from ..words import moment_text, reading, words
from .shown import part_points, state_tag, total_text

blueprint = Blueprint("scores", __name__, url_prefix="/scores")

SCORING = Section(say("考核与奖惩"), 70)
SCORES = door(say("月度考核"), "/scores/", SCORING, lambda person: "score_sheet" in person.rights)
_SIGN = {Verb.REVIEW: steps.review, Verb.APPROVE: steps.approve}


@blueprint.get("/")
@policy(SIGNED_IN)
@SCORES.guards
def month() -> Any:
    return _page(asked_month())


@blueprint.post("/compute/")
@policy(SIGNED_IN)
@SCORES.guards
def compute() -> Any:
    month = asked_month()
    try:
        with writing(db.session):
            done = computing.compute(db.session, month, clock.now())
    except Refused as refused:
        return _refused(month, refused)
    flash(_("已计算 %(n)s 张考核表", n=done.computed), "success")
    if done.locked:
        flash(_("%(n)s 张已批准锁定，未变动", n=done.locked), "info")
    return redirect(url_for("scores.month", month=str(month)))


@blueprint.post("/sign/")
@policy(SIGNED_IN)
@SCORES.guards
def sign() -> Any:
    """Review or approve the sheets that are ticked, each as it stood on the page; those refused say why."""
    month, act, done, refusals = asked_month(), request.form.get("act", ""), 0, []
    if act not in _SIGN:
        abort(400)
    verb = Verb(act)
    try:
        if request.form.get("password"):
            check_own(request.form["password"])
    except Refused as refused:
        return _refused(month, refused)
    for public_id in request.form.getlist("sheet")[:500]:
        try:
            done += _sign_one(verb, public_id[:24])
        except Refused as refused:
            note_refusal(refused)
            refusals.append(refused)
    if done:
        flash(_("已审核 %(n)s 张", n=done) if verb is Verb.REVIEW else _("已批准锁定 %(n)s 张", n=done), "success")
    if refusals:
        return _page(month, _told_once(refusals)), refusals[0].status
    return redirect(url_for("scores.month", month=str(month)))


def _sign_one(verb: Verb, public_id: str) -> int:
    sheet = overview.sheet_named(db.session, public_id)
    if sheet is None:
        return 0
    signing = steps.Signing(request.form.get(f"seen-{public_id}", ""), password_checked_at())
    with writing(db.session):
        _SIGN[verb](db.session, sheet, signing, clock.now())
    return 1


def _told_once(refusals: list[Refused]) -> list[dict[str, Any]]:
    """Each reason once, however many sheets it kept."""
    return list({one["code"]: one for refused in refusals for one in boxes(refused)}.values())


def asked_month() -> Month:
    """The month of the address or form, 404 for what is none; where none is named the last that is over."""
    if asked := request.values.get("month", ""):
        return Month.read(asked) or abort(404)
    return Month.of(local_day(db.session, clock.now())).before


def _refused(month: Month, refused: Refused) -> Any:
    note_refusal(refused)
    return _page(month, boxes(refused)), refused.status


def _page(month: Month, refusals: list[dict[str, Any]] | None = None) -> str:
    now = clock.now()
    rows = overview.month_rows(db.session, month, now)
    sheets = [row.sheet for row in rows]
    names = linked(db.session, "employee", {one.person_id for one in sheets}, g.person, reading())
    waits = {one.sheet.id: one.verb for one in overview.waiting_among(db.session, sheets, g.person, now)}
    trail.note_views(db.session, "score_sheet", [(one.id, one.level) for one in sheets], "scores")
    crumb(SCORES)
    page = SimpleNamespace(
        title=_("月度考核"), month=str(month), months=_months(month), refusals=refusals or [],
        parts=[words(part.title) for part in Part],
        rows=[_row(row, names[row.sheet.person_id][0], waits.get(row.sheet.id)) for row in rows],
        compute=bool(may_do(g.person, Action.ADD, register_named("score_sheet"))), needs_password=password_due(),
        computed=moment_text(max((one.computed_at for one in sheets if one.computed_at), default=None)),
        verbs=[verb.value for verb in _SIGN if verb in waits.values()],
    )  # fmt: skip
    return render_template("scores.html", page=page)


def _months(month: Month) -> list[str]:
    """The months to choose from, newest first: those with sheets, the one shown, the last that is over."""
    last = Month.of(local_day(db.session, clock.now())).before
    return [str(one) for one in sorted({*overview.months_with_sheets(db.session), month, last}, reverse=True)]


def _row(row: overview.Row, name: str, verb: Verb | None) -> dict[str, Any]:
    sheet = row.sheet
    return {
        "url": url_for("scored_sheet.sheet", public_id=sheet.public_id), "id": sheet.public_id, "name": name,
        "parts": part_points(sheet), "total": total_text(sheet), "rank": sheet.rank_no or "—",
        "state": state_tag(row.state), "verb": verb.value if verb in _SIGN else None, "seen": sheet.evidence_digest,
        "weeks": len(row.unpatrolled), "mondays": words(COMMA).join(f"{day:%m-%d}" for day in row.unpatrolled),
        "version": sheet.version_no,
    }  # fmt: skip
