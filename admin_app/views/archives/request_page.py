"""The view-model of a request, as approval.html reads it: contents, opinions in order, what one may do."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from ...database import db
from ...guard.cells import Row
from ...guard.titles import linked
from ...operations.archives.naming import item_names
from ...operations.archives.overview import Overview
from ...operations.archives.questions import questions_of
from ...permissions import Level, Sight, View
from ...rules.loan_terms import is_overdue
from ...rules.states import State, Verb
from ...texts import COMMA
from ...verdicts import Verdict
from ..register.details_page import history_of, slip_act, why_link
from ..register.list_page import cell_model
from ..register.slip_page import place
from ..words import moment_text, words
from .request_background import background

#: shown by the opinions and the mark already, or of no interest to whoever looks at a request
_ELSEWHERE = frozenset({"number", "state", "store_id", "source"})
#: no step of the request: it reminds whoever is to take the next one
_NUDGE = "nudge"
#: what a request is called on its page, and on the form that makes one
TITLES = {
    "archive_loan": (lambda: _("借阅申请"), lambda: _("申请借阅")),
    "access_request": (lambda: _("查阅申请"), lambda: _("申请查阅")),
}
_TAGS = {
    State.SIGNING: "state-open", State.GRANTED: "state-done", State.REFUSED: "state-late", State.ON_LOAN: "state-due",
    State.READING: "state-due", State.RETURNED: "state-done",
}  # fmt: skip


def request_page(row: Row, seen: Overview, now: Any, **more: Any) -> SimpleNamespace:
    """The page of the request of *row*; *more*: refusals, and what was typed into the signature."""
    record = row.record
    return SimpleNamespace(
        title=TITLES[row.register.__tablename__][0](),
        number=record.number,
        level_mark={"level": record.level, "label": words(Level(record.level).label)},
        state=state_tag(record, now),
        facts=facts_of_request(row),
        history=history_of(db.session, row),
        opinions=opinions(row, seen),
        background=background(row, now) if seen.sign else [],
        questions=questions(row, more),
        ask=_asking(row, seen, more),
        warnings=[_warning(verdict) for verdict in seen.obstacles],
        sign=_signature(row, seen, more),
        refusals=more.get("refusals", []),
        actions=_actions(row, seen),
        why=why_link(row, misses=True),
    )


def state_tag(record: Any, now: Any) -> dict[str, str]:
    """The state in a word; overdue and lapsed are facts of the clock, not of the record (R-LOAN-04, R-LOAN-09)."""
    due = getattr(record, "due_at", None)
    if record.issued_at and due and is_overdue(due, record.returned_at, now):
        return {"text": _("逾期"), "tag": "state-late"}
    if record.state == State.GRANTED and record.lapses_at < now:
        return {"text": words(State.LAPSED.title), "tag": "state-off"}
    return {"text": words(State(record.state).title), "tag": _TAGS.get(State(record.state), "state-off")}


def facts_of_request(row: Row) -> list[dict[str, Any]]:
    """What is asked for, as the person gets it: all that a signature is for."""
    base = f"/admin/{row.register.__tablename__}/"
    items = []
    for face in row.register.faces.values():
        if face.name in _ELSEWHERE or row.view(face) is View.ABSENT:
            continue
        cell = cell_model(row.cell(face), face, base, row.record.public_id)
        if face.name == "item_id":
            cell["text"] = item_names(db.session, [row.record], row.person, row.reading)[row.record.item_id]
        if cell["text"]:
            items.append({**cell, "label": words(face.label), "wide": face.kind.width == "full"})
    return items


def opinions(row: Row, seen: Overview) -> list[dict[str, Any]]:
    """Every step in order: signed, waiting for whom, or yet to come."""
    titles = {step.name: words(step.title) for step in seen.steps}
    ids = {one for taken in seen.rows for one in (taken.signed_by_id, taken.signed_for_id)}
    names = linked(db.session, "employee", ids | {signer.person for signer in seen.signers}, row.person, row.reading)
    if not seen.rows:
        return [_opinion(title, "", _("待提交"), "") for title in titles.values()]
    told = row.sight is not Sight.PARTY
    return [_step(taken, titles, names, seen, told) for taken in seen.rows]


def questions(row: Row, more: dict[str, Any]) -> list[dict[str, Any]]:
    """What was asked before signing and answered, in order. Its words are for who asked and who is asked, and for whoever reads
    what signers write (R-CONF-14)."""
    asked, me, record = questions_of(db.session, row.record), row.person.id, row.record
    names = linked(db.session, "employee", {one.asked_by_id for one in asked}, row.person, row.reading)
    mine = record.applicant_id == me
    return [
        {
            "place": place, "who": names[one.asked_by_id][0], "when": moment_text(one.asked_at),
            "text": one.question if told else _("（内容不显示）"), "answer": one.answer if told else None,
            "answered": moment_text(one.answered_at) if one.answered_at else None,
            "answer_url": _address(row, "answer") if mine and one.answered_at is None and record.state == State.SIGNING else None,
            "typed": more.get("answer", "") if more.get("place") == place else "",
        }
        for place, one in enumerate(asked, 1)
        for told in [mine or one.asked_by_id == me or row.sight is not Sight.PARTY]
    ]  # fmt: skip


def _asking(row: Row, seen: Overview, more: dict[str, Any]) -> dict[str, Any] | None:
    """Where whoever is to sign asks first."""
    return None if seen.sign is None else {"url": _address(row, "ask"), "typed": more.get("question", "")}


def steps_on_paper(row: Row, seen: Overview) -> list[dict[str, Any]]:
    """The steps of the ladder as places to sign: who has signed, and lines for those who haven't yet."""
    signed = [(one, bool(one["when"])) for one in opinions(row, seen)]
    return [
        place(one["step"], one["who"], one["when"], decision=one["decision"]["text"], for_whom=one["for_whom"])
        if done else place(one["step"])
        for one, done in signed
    ]  # fmt: skip


def _step(taken: Any, titles: dict[str, str], names: Any, seen: Overview, told: bool) -> dict[str, Any]:
    """*told*: whether this person may read what signers wrote; not below the level of what is asked for (R-CONF-14)."""
    title = titles.get(taken.step, taken.step)
    if taken.signed_by_id is None:
        if seen.step is None or taken.step != seen.step.name:
            return _opinion(title, "", _("未到"), "")
        who = words(COMMA).join(names[signer.person][0] for signer in seen.signers) or _("没有可以签字的人")
        return _opinion(title, who, _("待签"), "state-due")
    decision = (_("同意"), "state-done") if taken.approved else (_("不同意"), "state-late")
    for_whom = names[taken.signed_for_id][0] if taken.signed_for_id else None
    return {**_opinion(title, names[taken.signed_by_id][0], *decision), "when": moment_text(taken.signed_at),
            "reason": taken.reason if told else None, "for_whom": for_whom}  # fmt: skip


def _opinion(step: str, who: str, text: str, tag: str) -> dict[str, Any]:
    return {
        "step": step,
        "who": who,
        "decision": {"text": text, "tag": tag},
        "when": None,
        "reason": None,
        "for_whom": None,
    }


def _warning(verdict: Verdict) -> str:
    return _("%(reason)s（%(rule)s）", reason=words(verdict.reason), rule=verdict.rule)


def _signature(row: Row, seen: Overview, more: dict[str, Any]) -> dict[str, Any] | None:
    if seen.sign is None:
        return None
    return {
        "step": words(seen.sign.title),
        "action_url": _address(row, "sign"),
        "digest": seen.digest,
        "needs_password": more.get("needs_password", False),
        "error": more.get("error"),
        "reason": more.get("reason", ""),
    }


def _actions(row: Row, seen: Overview) -> list[dict[str, Any]]:
    """What this person may do now besides signing; the desk's work is done at the desk."""
    desk = f"/loans/?id={row.record.public_id}"
    doors = {
        Verb.SUBMIT: {"label": _("提交"), "url": _address(row, "submit"), "method": "post", "kind": "primary"},
        Verb.ISSUE: {"label": _("借出"), "url": desk, "method": "get", "kind": "primary"},
        Verb.RETURN_ALL: {"label": _("归还"), "url": desk, "method": "get", "kind": "primary"},
        Verb.CHANGE: {"label": _("修改"), "url": _address(row, "edit"), "method": "get", "kind": "plain"},
        _NUDGE: {"label": _("催办"), "url": _address(row, "nudge"), "method": "post", "kind": "plain"},
        Verb.WITHDRAW: {"label": _("撤回"), "url": _address(row, "withdraw"), "method": "post", "kind": "danger",
                        "confirm": _("撤回这份申请？")},
    }  # fmt: skip
    verbs = seen.verbs | ({_NUDGE} if _waits_for_somebody(row, seen) else set())
    found = [*(door for verb, door in doors.items() if verb in verbs), *slip_act(row)]
    if row.record.applicant_id == row.person.id and row.record.state in (State.REFUSED, State.WITHDRAWN, State.LAPSED):
        again = f"/admin/{row.register.__tablename__}/new/?copy={row.record.public_id}"
        label = _("改后重提") if row.record.state == State.REFUSED else _("再次申请")
        found.append({"label": label, "url": again, "method": "get", "kind": "primary"})
    return [{"confirm": None, "needs_reason": False, **door} for door in found]


def _waits_for_somebody(row: Row, seen: Overview) -> bool:
    return row.record.applicant_id == row.person.id and row.record.state == State.SIGNING and bool(seen.signers)


def _address(row: Row, what: str) -> str:
    return f"/admin/{row.register.__tablename__}/{what}/?id={row.record.public_id}"
