"""What one may do with a record, and why not more; admin asks for anybody, of a record they see in full (R-SIGN-06)."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import abort, g, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...guard.cells import Row
from ...operations import reasons
from ...operations.people import load_person
from ...permissions import Person
from ...rules.codes import CODES
from ...rules.powers import may_administer
from ...texts import say
from ...verdicts import Verdict
from ..employees import employee_box, employee_named
from ..words import words

if TYPE_CHECKING:
    from .view import RegisterView

#: these rules speak to whom they refuse: about others it is said what the code means
_SPEAKS_TO_THEM = frozenset({"not_signer", "same_person"})


def show(view: "RegisterView") -> Any:
    """The page for oneself; for the employee named ``person`` to admin alone, and for whom admin looks on as."""
    record = view.record()
    row, admin = view.row(record, "why"), g.person.seen_by or g.person
    asks = bool(may_administer(admin.roles)) and reasons.may_ask_about_others(row)
    person, fault = _asked_about() if asks else (None, None)
    if not asks and (g.person.seen_by or {"person", "person__text"} & request.args.keys()):
        abort(404)
    if person is None:
        person = g.person if g.person.seen_by is None else _load(g.person.id)
    own = person is g.person
    page = SimpleNamespace(
        title=_title(person, own), thing=view.title(record), own=own,
        rows=[_row(answer, own) for answer in _answers(row, person, own)], back_url=view.details_url(record),
        chooser=_chooser(person, own, fault) if asks else None, record=record.public_id,
    )  # fmt: skip
    view.crumb((page.thing, page.back_url), (page.title, None))
    return render_template("why.html", page=page)


def _asked_about() -> tuple[Person | None, str | None]:
    """The person named in the address, and what is wrong with the name."""
    try:
        id_ = employee_named("person")
    except Fault as fault:
        return None, words(fault.reason)
    if id_ is None:
        return None, None
    return (g.person if id_ == g.person.id and g.person.seen_by is None else _load(id_)), None


def _load(id_: int) -> Person:
    """A person with the rights they hold now; 404 for one who has left."""
    return load_person(db.session, id_) or abort(404)


def _answers(row: Row, person: Person, own: bool) -> Any:
    facts, told = (row.facts, True) if own else reasons.known_of(row)
    return reasons.answers(db.session, row, person, facts, told, clock.now())


def _title(person: Person, own: bool) -> str:
    return _("我能做什么") if own else _("%(name)s能做什么", name=person.name)


def _row(answer: reasons.Answer, own: bool) -> dict[str, Any]:
    may = not answer.refusals
    return {
        "what": words(answer.what), "tag": "state-done" if may else "state-late", "answer": _("可以") if may else _("不可以"),
        "so_far": words(answer.so_far),
        "reasons": [{"text": _text(one, own), "rule": one.rule, "code": one.code} for one in answer.refusals],
    }  # fmt: skip


def _text(verdict: Verdict, own: bool) -> str:
    if not own and verdict.code in _SPEAKS_TO_THEM:
        return words(say("{meaning}", meaning=CODES[verdict.code]))
    return words(verdict.reason)


def _chooser(person: Person, own: bool, fault: str | None) -> dict[str, Any]:
    """The box in which admin names somebody, as parts/fields.html reads it."""
    box = employee_box("person", _("查询对象"), fault, required=False)
    if own:
        return {**box, "value": ""}
    return box if fault else {**box, "shown": person.name}
