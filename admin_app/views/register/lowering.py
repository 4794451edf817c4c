"""To lower a record's level, from its page: who may proposes it here, and who reads the record finds what waits (R-CONF-05)."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...guard.cells import Row
from ...guard.titles import linked
from ...models import Register
from ...operations.lowering import proposing
from ...operations.lowering.deciding import theirs
from ...operations.lowering.standing import actor_told
from ...permissions import Level, Sight
from ...verdicts import Refused, require
from ...working.levels import LevelLowering
from ..input import whole
from ..refusals import boxes, note_refusal
from ..words import moment_text, shown, words
from .acts import acts_everywhere

if TYPE_CHECKING:
    from .view import RegisterView


@acts_everywhere
def to_lower(row: Row) -> list[dict[str, Any]]:
    """To the proposal, for who may make it, where there is a lower level and none waits."""
    session, record = db.session, row.record
    if row.person.seen_by is not None or not proposing.may_propose(session, record, row.facts):
        return []
    if proposing.waiting_about(session, record) or not proposing.lower_levels(session, record):
        return []
    url = f"/admin/{row.register.__tablename__}/lower/?id={record.public_id}"
    return [{"label": _("申请降密"), "url": url, "method": "get", "kind": "plain"}]


def what_waits(row: Row) -> dict[str, Any] | None:
    """The proposal that waits for the record of *row*, as details.html shows it, to who sees the record in full."""
    session, record = db.session, row.record
    if row.sight is not Sight.FULL or (proposal := proposing.waiting_about(session, record)) is None:
        return None
    what = {"when": moment_text(proposal.proposed_at), "level": words(Level(proposal.level_to).label)}
    by, looks_on = proposal.proposed_by_id, row.person.seen_by is not None
    names = {by: linked(session, "employee", [by], row.person, row.reading)[by][0]}
    who = actor_told(record, by, row.person, names)
    return {
        "text": _("%(who)s 于 %(when)s 申请降为%(level)s，等待批准", who=shown(who), **what),
        "url": None if looks_on or not theirs(session, proposal, record, clock.now()) else _page(proposal, "show"),
        "withdraw_url": _page(proposal, "withdraw") if _is_mine(proposal, row) and not looks_on else None,
    }


def _page(proposal: LevelLowering, name: str) -> str:
    return url_for(f"lowering.{name}", public_id=proposal.public_id)


def _is_mine(proposal: LevelLowering, row: Row) -> bool:
    return proposal.proposed_by_id == row.person.id


def run(view: "RegisterView") -> Any:
    """Ask to which level and why; then propose it."""
    record = view.record()
    row = view.row(record, "lowering")
    require(proposing.may_propose(db.session, record, row.facts))
    if request.method == "GET":
        return _ask(view, record)
    chosen = whole(request.form.get("level_to"))
    after = Level(chosen) if chosen is not None and chosen <= Level.TOP_SECRET else Level(record.level)
    try:
        with writing(db.session):
            proposal = proposing.propose(
                db.session, view.record(), after, request.form.get("reason", ""), clock.now()
            )  # fmt: skip
            step = proposing.step_of(proposal)
    except Refused as refused:
        note_refusal(refused)
        return _ask(view, view.record(), boxes(refused)), refused.status
    flash(_("申请已提交，等待%(step)s", step=words(step.title)), "success")
    return redirect(view.details_url(view.record()))


def _ask(view: "RegisterView", record: Register, refusals: list[dict[str, Any]] | None = None) -> str:
    levels = proposing.lower_levels(db.session, record)
    page = SimpleNamespace(
        title=_("申请降密"), thing=view.title(record), refusals=refusals or [], reason=request.form.get("reason", ""),
        level_mark={"level": record.level, "label": words(Level(record.level).label)},
        level_to=_level_box([{"value": str(int(level)), "label": words(level.label)} for level in levels]),
        id=record.public_id, cancel_url=view.details_url(record),
    )  # fmt: skip
    view.crumb((page.thing, page.cancel_url), (page.title, None))
    return render_template("lowering.html", page=page)


def _level_box(options: list[dict[str, str]]) -> dict[str, Any]:
    """The one question, as parts/fields.html shows it; of a single option there is nothing to choose."""
    only = options[0]["value"] if len(options) == 1 else ""
    return {
        "name": "level_to", "label": _("降为"), "type": "choice", "options": options, "required": True, "errors": [],
        "value": request.form.get("level_to", only), "help": "", "width": "full", "masked": False,
    }  # fmt: skip
