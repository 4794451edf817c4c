"""The inbox of steps that wait for one's signature, and approving several of them at once (R-DESK-01, R-ROLE-03, R-ROLE-05)."""

from collections.abc import Collection
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from .. import clock
from ..database import db
from ..guard import writing
from ..guard.busy import is_busy
from ..guard.shown import rows_of
from ..guard.titles import linked
from ..models import register_named
from ..operations import records
from ..operations.archives import together
from ..operations.archives.inbox import Waiting
from ..operations.archives.inbox import inbox as waiting_steps
from ..operations.archives.standing import KINDS
from ..permissions import Level
from ..verdicts import Refused
from . import session
from .archives.request_page import TITLES, facts_of_request, opinions
from .crumbs import crumb
from .inbox import INBOX, Row, waiting_rows, waits_in_inbox
from .passwords import check_own
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal, verdicts_of
from .words import moment_text, reading, words

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals")


@blueprint.get("/")
@policy(SIGNED_IN)
@INBOX.guards
def inbox() -> Any:
    return _inbox()


def _inbox(refusals: list[dict[str, Any]] | None = None, chosen: Collection[str] = ()) -> str:
    """*chosen* stay ticked, so that one tick is put right and not all of them done again."""
    rows = [{**row, "chosen": row["key"] in chosen} for row in waiting_rows(clock.now())]
    together = any(row["key"] for row in rows)
    page = SimpleNamespace(title=_("等我签批"), rows=rows, together=together, refusals=refusals or [])
    crumb(INBOX)
    return render_template("approvals.html", page=page)


@waits_in_inbox
def _requests(now: datetime) -> list[Row]:
    """Requests to borrow and to read."""
    waiting = waiting_steps(db.session, now)
    names = _names(waiting)
    return [_row(one, names) for one in waiting]


@blueprint.post("/together/")
@policy(SIGNED_IN)
@INBOX.guards
def together_view() -> Any:
    """The chosen requests on one page, to be read before they are approved; those with a red fact only to be looked at."""
    keys = {tuple(key.partition(":")[::2]) for key in request.form.getlist("chosen")}
    try:
        return _together(keys)
    except Refused as refusal:
        note_refusal(refusal)
        return _inbox(boxes(refusal), request.form.getlist("chosen")), refusal.status


def _together(keys: set[together.Key], error: str | None = None) -> str:
    now = clock.now()
    found = together.candidates(db.session, waiting_steps(db.session, now), keys, now)
    names = _names([one.waiting for one in found])
    page = SimpleNamespace(
        title=_("一并同意"), needs_password=session.password_due(), error=error,
        clear=[{**_row(one.waiting, names), **_whole(one)} for one in found if not one.red],
        red=[{**_row(one.waiting, names), "red": boxes(together.Red(one.red))} for one in found if one.red],
    )  # fmt: skip
    crumb(INBOX, page.title)
    return render_template("approvals_together.html", page=page)


def _whole(one: together.Candidate) -> dict[str, Any]:
    """All that the signature is for, as the request's own page shows it."""
    record = one.waiting.request
    faces = list(record.faces.values())
    (row,) = rows_of(db.session, type(record), [record], faces, reading(), via="together")
    return {"digest": one.seen.digest, "facts": facts_of_request(row), "opinions": opinions(row, one.seen)}


@blueprint.post("/together/sign/")
@policy(SIGNED_IN)
@INBOX.guards
def sign_together() -> Any:
    """Approve each in a transaction of its own, and say of each whether it was done, left, or refused."""
    seen = {tuple(key.partition(":")[::2]): digest for key, digest in _pairs()}
    try:
        together.must_go_together(seen)
    except Refused as refusal:
        note_refusal(refusal)
        return _inbox(boxes(refusal), request.form.getlist("chosen")), refusal.status
    try:
        if password := request.form.get("password"):
            check_own(password)
    except Refused as refusal:
        note_refusal(refusal)
        return _together(set(seen), words(refusal.verdict.reason)), refusal.status
    if session.password_due():
        return _together(set(seen), _("请再次输入密码"))
    page = SimpleNamespace(title=_("一并同意的结果"), rows=[_sign(key, digest) for key, digest in seen.items()])
    crumb(INBOX, page.title)
    return render_template("approvals_done.html", page=page)


def _pairs() -> list[tuple[str, str]]:
    return list(zip(request.form.getlist("chosen"), request.form.getlist("digest"), strict=False))


def _sign(key: together.Key, digest: str) -> dict[str, Any]:
    """One request: what came of it. One that can't be found is told like one that never was (R-CONF-02)."""
    table, public_id = key
    with writing(db.session):
        record = records.find(db.session, register_named(table), public_id[:24]) if table in KINDS else None
        number = record.number if record is not None else None
    if record is None:
        return _gone()
    url = f"/admin/{table}/details/?id={public_id}"
    try:
        with writing(db.session):
            record = records.find(db.session, register_named(table), public_id[:24])
            if record is None:
                return _gone()
            together.approve_clear(db.session, record, digest, session.password_checked_at(), clock.now())
    except Refused as refusal:
        note_refusal(refusal)
        outcome = "left" if isinstance(refusal, together.Red) else "refused"
        reasons = [{"text": words(one.reason), "rule": one.rule} for one in verdicts_of(refusal)]
        return {"number": number, "url": url, "outcome": outcome, "reasons": reasons}
    except OperationalError as error:
        if not is_busy(error):
            raise
        reasons = [{"text": _("别人正在办理，请稍后再签"), "rule": None}]
        return {"number": number, "url": url, "outcome": "refused", "reasons": reasons}
    return {"number": number, "url": url, "outcome": "done", "reasons": []}


def _gone() -> dict[str, Any]:
    return {"number": _("（已不在待签中）"), "url": None, "outcome": "left", "reasons": []}


def _names(waiting: list[Waiting]) -> dict[int, str]:
    people = {id_ for one in waiting for id_ in (one.request.applicant_id, one.stands_for) if id_}
    return {id_: name for id_, (name, _url) in linked(db.session, "employee", people, g.person, reading()).items()}


def _row(one: Waiting, names: dict[int, str]) -> dict[str, Any]:
    record = one.request
    return {
        "key": ":".join(together.key_of(record)),
        "url": f"/admin/{record.__tablename__}/details/?id={record.public_id}", "number": record.number,
        "kind": TITLES[record.__tablename__][0](), "who": names[record.applicant_id], "purpose": record.purpose or "",
        "level_mark": {"level": record.level, "label": words(Level(record.level).label)}, "level_to": None,
        "at": record.submitted_at, "since": moment_text(record.submitted_at), "step": words(one.step.title),
        "place": f"{one.place} / {one.steps}",
        "for_whom": names[one.stands_for] if one.stands_for else None,
    }  # fmt: skip
