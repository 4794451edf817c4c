"""What a person may do with a record, and why not more: the decisions of the product, each with its reasons (R-SIGN-06)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ..fields import Face
from ..guard.cells import Row
from ..models import Register
from ..permissions import Action, Facts, Person, Sight, View, can, sight
from ..rules.reasons import why_not_done, why_not_seen
from ..rules.rights import is_in_use
from ..rules.signatures import is_named, is_theirs
from ..texts import Text, say
from ..verdicts import Verdict
from .archives.overview import turn_of
from .archives.standing import KINDS
from .closing import signatures_of
from .followups import may_touch
from .records import by_hand, may_change_now, may_void_now
from .signatures import may_sign, place_of

_SIGHTS = {
    Sight.NONE: say("看不到"), Sight.CATALOGUE: say("只看到目录栏目"), Sight.PARTY: say("作为当事人，看到部分栏目"),
    Sight.CONCERNED: say("作为当事人，看到有关栏目"), Sight.FULL: say("看到全部"),
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Whether something may be done: yes with no *refusals*; ``so_far`` says what holds all the same."""

    what: Text
    refusals: tuple[Verdict, ...] = ()
    so_far: Text | None = None


def may_ask_about_others(row: Row) -> bool:
    """Whether *row* shows enough for answers about others not to tell anything new: whose it is, all of it."""
    return row.sight is Sight.FULL


def known_of(row: Row) -> tuple[Facts, bool]:
    """The facts of the record as the reader of *row* knows them, for an answer about somebody else.

    Their grants and signatures aren't told; whoever doesn't read a field that names people isn't told by the answer who
    stands in it, or wrote the record. Second: whether it may be told whom the record names.
    """
    facts = row.facts.of_viewer()
    people = [face for face in row.register.faces.values() if face.to == "employee"]
    if all(row.view(face) is View.SHOWN for face in people):
        return facts, True
    return facts._replace(author=None, parties=(), custodian=None), False


def answers(session: Session, row: Row, person: Person, facts: Facts, told: bool, now: datetime) -> Iterator[Answer]:
    """Of everything that can be done with the record of *row*.

    *facts* are the record's, as far as they may be told; *told*: whether whom it names may be (``known_of``).
    """
    record, register = row.record, row.register
    yield Answer(say("查看"), why_not_seen(person, register, facts), _SIGHTS[sight(person, register, facts)])
    if any(face.mask for face in register.faces.values()):
        yield Answer(say("看隐藏的号码、地址等"), _unmasked(person, register, facts))
    yield Answer(say("编辑"), _changed(person, record, facts, told))
    yield _voided(person, record, facts, told)
    yield from _signed(row, person, facts, told)
    asks = register.__tablename__ in KINDS and row.sight >= Sight.PARTY
    if asks and (turn := turn_of(session, record, person.id, now)) is not None:
        step, verdict = turn
        yield Answer(say("签批：{step}", step=step.title), _refusals(verdict))
    yield Answer(say("导出"), why_not_done(person, Action.EXPORT, register, facts))


def _refusals(*verdicts: Verdict) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in verdicts if not verdict)


def _unmasked(person: Person, register: type[Register], facts: Facts) -> tuple[Verdict, ...]:
    """Shown at once, or revealed with a reason."""
    if can(person, Action.PERSONAL, register, facts):
        return ()
    return why_not_done(person, Action.REVEAL, register, facts)


def _changed(person: Person, record: Register, facts: Facts, told: bool) -> tuple[Verdict, ...]:
    """That a signature closed the form is told to whoever would find out by changing it, or reads the signatures."""
    if not (typed := by_hand(type(record))):
        return (typed,)
    rights = why_not_done(person, Action.EDIT, type(record), facts)
    state = may_change_now(record) if told else is_in_use(record.voided_at is not None)
    return rights or _refusals(state)


def _voided(person: Person, record: Register, facts: Facts, told: bool) -> Answer:
    rights = why_not_done(person, Action.VOID, type(record), facts)
    if record.voided_at is not None:
        return Answer(say("恢复"), rights or (_refusals(may_touch(record)) if told else ()))
    return Answer(say("作废"), rights or (_refusals(may_void_now(record)) if told else ()))


def _signed(row: Row, person: Person, facts: Facts, told: bool) -> Iterator[Answer]:
    """The signatures still due, of those that the reader of *row* sees; whom the form names may stand against one."""
    for face in signatures_of(row.record):
        if getattr(row.record, face.name) is not None or row.view(face) is not View.SHOWN:
            continue
        yield Answer(say("签字：{what}", what=Text(face.label)), _unsigned(row.record, face, person, facts, told))


def _unsigned(record: Register, face: Face, person: Person, facts: Facts, told: bool) -> tuple[Verdict, ...]:
    """Why *person* can't give the signature; whom the form names is told by no answer about others."""
    place = place_of(record, face)
    if told and is_named(person, place):
        return _refusals(may_sign(record, face, person, facts))
    if not (theirs := is_theirs(person, place if told else replace(place, named=None))):
        return (theirs,)
    rights = why_not_done(person, Action(face.signed_with), type(record), facts)
    return rights or (_refusals(may_sign(record, face, person, facts)) if told else ())
