"""One score sheet: every point off with the record behind it, and the steps that the reader may take (R-SCOR-02, R-SCOR-03)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...guard.titles import linked
from ...models import Register, all_registers
from ...operations.scoring import adjusting, choosing, overview, sheets, steps
from ...operations.scoring.standing import standing
from ...operations.staff import staff_on
from ...operations.today import local_day
from ...rules.scoring import BY_HAND, FULL_MARKS, Kind, Part
from ...rules.scoring_steps import REVIEW, Verb, has_not_objected, is_newest, may_take, signs, standing_at
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..passwords import check_own
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..session import password_checked_at, password_due
from ..words import dated, moment_text, reading, words
from .month_page import SCORES
from .shown import points, state_tag, total_text

blueprint = Blueprint("scored_sheet", __name__, url_prefix="/scores")


@blueprint.route("/<public_id>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@SCORES.guards
def sheet(public_id: str) -> Any:
    mine = _mine(public_id)
    if request.method == "GET":
        return _page(mine)
    act = _ACTS.get(request.form.get("act", "")) or abort(400)
    try:
        if request.form.get("password"):
            check_own(request.form["password"])
        with writing(db.session):
            said, goes_on = act(_mine(public_id))
    except Refused as refused:
        note_refusal(refused)
        return _page(_mine(public_id), boxes(refused)), refused.status
    flash(said, "success")
    return redirect(url_for("scored_sheet.sheet", public_id=goes_on.public_id))


def _mine(public_id: str) -> Any:
    return overview.sheet_named(db.session, public_id[:24]) or abort(404)


def _review(mine: Any) -> tuple[str, Any]:
    steps.review(db.session, mine, _signing(), clock.now(), answer=request.form.get("reason", ""))
    return _("已审核，等本人认可"), mine


def _approve(mine: Any) -> tuple[str, Any]:
    steps.approve(db.session, mine, _signing(), clock.now())
    return _("已批准锁定，并列入上报汇总"), mine


def _accept(mine: Any) -> tuple[str, Any]:
    steps.accept(db.session, mine, clock.now())
    return _("已认可"), mine


def _object(mine: Any) -> tuple[str, Any]:
    steps.object_to(db.session, mine, request.form.get("reason", ""), clock.now())
    return _("已提出异议，等专项总监答复"), mine


def _waive(mine: Any) -> tuple[str, Any]:
    adjusting.waive(db.session, mine, request.form.get("deduction", ""), request.form.get("reason", ""), clock.now())
    return _("已免扣"), mine


def _count(mine: Any) -> tuple[str, Any]:
    named, reason = request.form.get("deduction", ""), request.form.get("reason", "")
    adjusting.waive(db.session, mine, named, reason, clock.now(), waived=False)
    return _("已恢复扣分"), mine


def _add(mine: Any) -> tuple[str, Any]:
    kind, path = request.form.get("kind", ""), request.form.get("path", "")
    adjusting.add(db.session, mine, kind, path, request.form.get("reason", ""), clock.now())
    return _("已增加扣分"), mine


def _correct(mine: Any) -> tuple[str, Any]:
    return _("已另立更正表"), steps.correct(db.session, mine, request.form.get("reason", ""), clock.now())


_ACTS = {
    "review": _review, "approve": _approve, "accept": _accept, "object": _object, "waive": _waive, "count": _count,
    "add": _add, "correct": _correct,
}  # fmt: skip


def _signing() -> steps.Signing:
    return steps.Signing(request.form.get("seen", ""), password_checked_at())


def _page(mine: Any, refusals: list[dict[str, Any]] | None = None) -> str:
    now, stands = clock.now(), standing(db.session, mine)
    staff = staff_on(db.session, local_day(db.session, now))
    held = sheets.deductions(db.session, [mine.id])[mine.id]
    trail.note_views(db.session, "score_sheet", [(mine.id, mine.level)], "score_sheet")
    trail.note_views(db.session, "score_deduction", [(one.id, one.level) for one in held], "score_sheet")
    name = linked(db.session, "employee", [mine.person_id], g.person, reading())[mine.person_id][0]
    title = _("%(name)s %(month)s 考核", name=name, month=str(steps.month_of(mine)))
    crumb(SCORES, title)
    all_ = overview.versions(db.session, mine)
    newest = is_newest(all_[-1].id == mine.id)
    adjusts = bool(signs(REVIEW, g.person.id, stands, staff) and may_take(Verb.ADJUST, stands, now))
    verb = overview.verb_for(g.person.id, stands, staff, now)
    page = SimpleNamespace(
        title=title, refusals=refusals or [], state=state_tag(standing_at(stands, now)), total=total_text(mine),
        parts=[_part(part, mine, held) for part in Part], adjusts=adjusts, opinions=_opinions(mine),
        versions=_versions(mine, all_), verb=verb.value if verb else None, seen=mine.evidence_digest,
        objects=verb is Verb.ACCEPT and bool(has_not_objected(stands)), needs_password=password_due(),
        answers=verb is Verb.REVIEW and mine.objected_at is not None and mine.objection_answer is None,
        corrects=bool(signs(REVIEW, g.person.id, stands, staff) and may_take(Verb.CORRECT, stands, now) and newest),
        answer_by=moment_text(stands.answer_by), adding=_adding(mine) if adjusts else None,
        month_url=url_for("scores.month", month=str(steps.month_of(mine))), record_url=page_of(type(mine), mine.public_id),
        reason=request.form.get("reason", "") if refusals else "",
    )  # fmt: skip
    return render_template("score_sheet.html", page=page)


def _part(part: Part, mine: Any, held: list[Any]) -> dict[str, Any]:
    """One part with its points off, each linked to its record; those of ratings don't say whose."""
    kinds = {**reading().options("score_fault"), Kind.OTHER: _("评分未满")}
    rows = [
        {
            "id": one.public_id, "day": dated(one.noted_on), "kind": kinds.get(one.fault, one.fault),
            "points": points(one.points), "register": words(one.evidence_table),
            "number": one.evidence_number or _("（未指明记录）"),
            "url": _record_url(one.evidence_path), "why": one.evidence_summary, "waived": bool(one.waived),
            "added": bool(one.added), "reason": one.waive_reason,
        }
        for one in held if one.part == part
    ]  # fmt: skip
    scored = getattr(mine, part.value)
    return {
        "title": words(part.title), "points": points(scored), "full": FULL_MARKS[part], "rows": rows,
        "left_out": scored is None, "closed": scored is not None and scored < FULL_MARKS[part],
    }  # fmt: skip


def _record_url(path: str | None) -> str | None:
    table, _slash, public_id = (path or "").partition("/")
    register: type[Register] | None = all_registers().get(table)
    return page_of(register, public_id) if register is not None and public_id else None


def _opinions(mine: Any) -> list[dict[str, str | None]]:
    """What was said so far, in order; who gave it as far as the reader may know."""
    people = {mine.reviewed_by_id, mine.approved_by_id} - {None}
    names = linked(db.session, "employee", people, g.person, reading())
    told = (
        (_("专项总监审核"), mine.reviewed_by_id, mine.reviewed_at, mine.objection_answer),
        (_("本人异议"), None, mine.objected_at, mine.objection),
        (_("本人认可"), None, mine.accepted_at, None),
        (_("批准"), mine.approved_by_id, mine.approved_at, None),
    )
    return [
        {"step": step, "who": names[who][0] if who else None, "when": moment_text(when), "text": text}
        for step, who, when, text in told
        if when is not None
    ]


def _versions(mine: Any, all_: list[Any]) -> list[dict[str, Any]]:
    """The sheets of the same month, where there is more than one."""
    return [
        {"label": _("第 %(n)s 版", n=one.version_no), "url": url_for("scored_sheet.sheet", public_id=one.public_id),
         "current": one.id == mine.id}
        for one in all_
    ] if len(all_) > 1 else []  # fmt: skip


def _adding(mine: Any) -> dict[str, Any]:
    """The form of a point off by hand: why, and the records of that month that may be named."""
    kinds, groups = reading().options("score_fault"), {}
    for one in choosing.records_of(db.session, steps.month_of(mine), mine.person_id, g.person, reading()):
        groups.setdefault(words(one.register_title), []).append({"path": one.path, "title": one.title})
    return {"kinds": [(kind.value, kinds.get(kind, kind)) for kind in BY_HAND], "groups": groups}
