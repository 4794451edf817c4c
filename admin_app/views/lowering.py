"""A proposal to lower a record's level: read and decided by whose step it is, taken back by who made it (R-CONF-05)."""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import writing
from ..guard.shown import rows_of, titles_of
from ..guard.titles import called, linked
from ..models import Register
from ..operations.lowering import deciding, proposing
from ..operations.lowering.standing import Standing, actor_told, find, steps_of
from ..permissions import Level
from ..texts import COMMA
from ..verdicts import Refused
from ..working.approvals import ApprovalStep
from ..working.levels import GRANTED, LAPSED, REFUSED, WAITING, WITHDRAWN, LevelLowering
from .addresses import page_of
from .crumbs import crumb
from .decisions import decision_sent
from .inbox import INBOX, Row, waits_in_inbox
from .people.person import fact
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .session import password_due
from .words import moment_text, reading, shown, words

blueprint = Blueprint("lowering", __name__, url_prefix="/approvals/lowering")

_STATES = {
    WAITING: (lambda: _("待批"), "state-due"), GRANTED: (lambda: _("已批准"), "state-done"),
    REFUSED: (lambda: _("不批准"), "state-late"), WITHDRAWN: (lambda: _("已撤回"), "state-off"),
    LAPSED: (lambda: _("已失效（记录有改动）"), "state-off"),
}  # fmt: skip


@waits_in_inbox
def _waiting(now: datetime) -> list[Row]:
    """Proposals to lower the level of a record that this person sees."""
    found = [(one, one.signer(g.person.id)) for one in deciding.waiting_for(db.session, now)]
    titles = titles_of(db.session, ((one.proposal.table_name, one.proposal.record_id) for one, _me in found), reading())
    names = _names({one.proposal.proposed_by_id for one, _me in found} | {me.stands_for for _one, me in found})
    return [
        {
            "key": None, "url": url_for("lowering.show", public_id=one.proposal.public_id),
            "number": titles[one.proposal.table_name, one.proposal.record_id][0],
            "kind": _("降密：%(register)s", register=words(one.record.declaration.title)),
            "who": _told(one.record, one.proposal.proposed_by_id, names), "purpose": one.proposal.reason,
            "level_mark": _mark(one.proposal.level_from), "level_to": _mark(one.proposal.level_to),
            "at": one.proposal.proposed_at, "since": moment_text(one.proposal.proposed_at),
            "step": words(one.request.ladder[0].title), "place": "1 / 1",
            "for_whom": names[me.stands_for] if me.stands_for else None,
        }
        for one, me in found
    ]  # fmt: skip


@blueprint.route("/<public_id>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
def show(public_id: str) -> Any:
    """Open to who proposed it and to whose step it is, of a record that they see; to others it doesn't exist (R-CONF-02)."""
    theirs = _theirs(public_id)
    if request.method == "GET":
        return _page(theirs)
    try:
        return _decide(theirs)
    except Refused as refused:
        note_refusal(refused)
        return _page(_theirs(public_id), refused)


@blueprint.route("/<public_id>/withdraw/", methods=["GET", "POST"])
@policy(SIGNED_IN)
def withdraw(public_id: str) -> Any:
    """Taken back by who proposed it; asked on a page of its own where scripts don't ask."""
    theirs = _theirs(public_id)
    record = theirs.record
    if theirs.proposal.proposed_by_id != g.person.id:
        abort(404)
    if request.method == "GET" or request.form.get("confirmed") != "yes":
        return _ask_withdraw(record)
    with writing(db.session):
        here = _theirs(public_id)
        proposing.withdraw(db.session, here.proposal, here.record)
    flash(_("申请已撤回"), "success")
    return redirect(page_of(type(record), record.public_id))


def _theirs(public_id: str) -> Standing:
    """The proposal of that address with its record, if it is this person's business; 404 otherwise."""
    found = find(db.session, public_id[:24])
    if found is None or g.person.seen_by is not None:
        abort(404)
    return deciding.theirs(db.session, *found, clock.now()) or abort(404)


def _decide(theirs: Standing) -> Any:
    given = decision_sent()
    with writing(db.session):
        here = _theirs(theirs.proposal.public_id)
        deciding.decide(db.session, here.proposal, here.record, given, clock.now())
    flash(_("已批准，密级已降低") if given.approve else _("已答复：不批准"), "success")
    return redirect(INBOX.url if INBOX.opens(g.person) else url_for("desk.desk"))


def _page(here: Standing, refused: Refused | None = None) -> Any:
    proposal, record = here.proposal, here.record
    title = called(db.session, record, g.person, reading())
    rows_of(db.session, type(record), [record], (), reading(), via="lowering")
    crumb(INBOX, _("降密：%(title)s", title=title))
    text, tag = _STATES[proposal.state]
    page = SimpleNamespace(
        title=_("降密：%(title)s", title=title), number="", level_mark=_mark(record.level),
        state={"text": text(), "tag": tag}, facts=_facts(proposal, record, title), warnings=[], history=None, why=None,
        refusals=boxes(refused) if refused else [], opinions=[_opinion(here)],
        actions=_actions(proposal), sign=_signature(here) if here.waits and here.signer(g.person.id) else None,
    )  # fmt: skip
    return render_template("approval.html", page=page), refused.status if refused else 200


def _signature(here: Standing) -> dict[str, Any]:
    return {
        "step": words(here.request.ladder[0].title), "action_url": "", "digest": here.request.digest, "error": None,
        "needs_password": password_due(), "reason": request.form.get("reason", ""),
    }  # fmt: skip


def _facts(proposal: LevelLowering, record: Register, title: str) -> list[dict[str, Any]]:
    """What is proposed of which record, by whom, why; the record itself is one click away."""
    before, after = (words(Level(level).label) for level in (proposal.level_from, proposal.level_to))
    by = proposal.proposed_by_id
    return [
        {**fact(_("记录"), title), "href": page_of(type(record), record.public_id)},
        fact(_("登记表"), words(record.declaration.title)),
        fact(_("原密级"), before, tag=f"level-{proposal.level_from}"),
        fact(_("降为"), after, tag=f"level-{proposal.level_to}"),
        fact(_("降密理由"), proposal.reason, wide=True),
        fact(_("申请人"), _told(record, by, _names({by}))),
        fact(_("申请时间"), moment_text(proposal.proposed_at)),
    ]


def _opinion(here: Standing) -> dict[str, Any]:
    """The one step: who may take it, or who has and what they said."""
    proposal = here.proposal
    step = steps_of(db.session, [proposal])[proposal.id]
    title = words(proposing.step_of(proposal).title)
    if step.signed_by_id is None:
        signers = here.signers if proposal.state == WAITING else ()
        names = _names({signer.person for signer in signers})
        text, tag = _STATES[proposal.state]
        who = words(COMMA).join(names[signer.person] for signer in signers)
        return {"step": title, "who": who, "decision": {"text": text(), "tag": tag}, "when": None, "reason": None,
                "for_whom": None}  # fmt: skip
    return _given(title, step, here.record)


def _given(title: str, step: ApprovalStep, record: Register) -> dict[str, Any]:
    names = _names({step.signed_by_id, step.signed_for_id})
    decision = (_("同意"), "state-done") if step.approved else (_("不同意"), "state-late")
    return {
        "step": title, "who": _told(record, step.signed_by_id, names),
        "decision": dict(zip(("text", "tag"), decision, strict=True)), "when": moment_text(step.signed_at), "reason": step.reason,
        "for_whom": _told(record, step.signed_for_id, names) if step.signed_for_id else None,
    }  # fmt: skip


def _actions(proposal: LevelLowering) -> list[dict[str, Any]]:
    if proposal.state != WAITING or proposal.proposed_by_id != g.person.id:
        return []
    url = url_for("lowering.withdraw", public_id=proposal.public_id)
    return [{"label": _("撤回"), "url": url, "method": "post", "kind": "danger", "confirm": _("撤回这份申请？"),
             "needs_reason": False}]  # fmt: skip


def _ask_withdraw(record: Register) -> str:
    page = SimpleNamespace(
        title=_("撤回降密申请"), thing=called(db.session, record, g.person, reading()), text=None, depends=[], error=None,
        needs_reason=False, reason="", needs_password=False, button=_("撤回"), kind="danger", hidden=[],
        cancel_url=page_of(type(record), record.public_id),
    )  # fmt: skip
    crumb(INBOX, page.title)
    return render_template("confirm.html", page=page)


def _mark(level: int) -> dict[str, Any]:
    return {"level": level, "label": words(Level(level).label)}


def _told(record: Register, id_: int, names: Mapping[int, str]) -> str:
    """The name of who acted, where this person may know (R-CONF-10)."""
    return shown(actor_told(record, id_, g.person, names))


def _names(ids: set[int | None]) -> dict[int, str]:
    wanted = {id_ for id_ in ids if id_ is not None}
    return {id_: name for id_, (name, _url) in linked(db.session, "employee", wanted, g.person, reading()).items()}
