"""Handing over what somebody has charge of, record by record beneath the row rule, in any number (R-CUST-09, R-CONF-02)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.chain import Event
from ...guard.facts import facts_of
from ...guard.trail import as_json
from ...models import Register, all_registers
from ...permissions import Level, Person, Role, Sight, sight
from ...rules.leaving import may_take_over
from ...rules.levels import may_be_custodian
from .duties import duties, follows, registers_with_duties, still_open

#: how many records are held in memory at once
_AT_ONCE = 500

#: (table, level) -> how many records nobody could be given
NotTaken = Counter[tuple[str, int]]
#: (table, field, level, successor) -> how many records, as the trail has them
Handed = Counter[tuple[str, str, int, int]]


@dataclass(frozen=True)
class Successors:
    """Who takes over: *first* everything, *second* what the first may not have; another for some registers, by table."""

    first: Person
    second: Person | None = None
    instead: Mapping[str, Person] = field(default_factory=dict)

    def of(self, table: str) -> Sequence[Person]:
        """Who is asked to take records of *table*, in order."""
        return [one for one in (self.instead.get(table, self.first), self.second) if one is not None]

    def everybody(self) -> dict[int, Person]:
        return {one.id: one for one in (self.first, self.second, *self.instead.values()) if one is not None}


def hand_over(session: Session, leaver: Person, successors: Successors) -> NotTaken:
    """Give every open duty of *leaver* to a successor; what none of them may have is left and counted.

    *session* sees beneath the row rule. What belongs to a record that is handed over follows it, at the commit or here.
    """
    refused: NotTaken = Counter()
    for register in registers_with_duties():
        faces = duties(register)
        for records in _in_charge(session, register, faces, leaver.id):
            given = [_give(record, faces, leaver, successors) for record in records]
            session.flush()
            kept = [one.record.level for one in given if not _went_well(one, successors)]
            refused.update((register.__tablename__, level) for level in kept)
            session.expunge_all()
    return refused


def _in_charge(
    session: Session, register: type[Register], faces: Iterable[Face], leaver: int
) -> Iterator[Sequence[Register]]:
    """The open records that name *leaver* in one of *faces*, some at a time, locked until the end."""
    last, theirs = 0, or_(*(getattr(register, face.name) == leaver for face in faces))
    wanted = select(register).where(theirs, still_open(register)).order_by(register.id).limit(_AT_ONCE)
    while records := session.scalars(wanted.where(register.id > last).with_for_update()).all():
        last = records[-1].id
        yield records


class _Given(NamedTuple):
    """A record, the fields in which the leaver stood for the record's own sake, and whether it was given to somebody."""

    record: Any
    names: Sequence[str]
    taken: bool
    seen: bool


def _give(record: Register, faces: Iterable[Face], leaver: Person, successors: Successors) -> _Given:
    """Put the first successor who may have the record where *leaver* stands; for none all stays as it is.

    An owner who follows what the record belongs to is nobody's choice: they see of it what the row rule lets them.
    """
    theirs = [face for face in faces if getattr(record, face.name) == leaver.id]
    own = [face.name for face in theirs if not follows(type(record), face, record)]
    seen = _sees(record, leaver)
    for one in successors.of(record.__tablename__):
        _put(record, theirs, one.id)
        if not own or (_may_have(record, one, seen) and _may_hold(one, theirs)):
            return _Given(record, own, True, seen)
    _put(record, theirs, leaver.id)
    return _Given(record, own, False, seen)


def _may_hold(person: Person, faces: Iterable[Face]) -> bool:
    """Whether *person* has a role that each of *faces* asks for (R-CONF-04)."""
    return all(
        may_be_custodian(person.roles, {Role(role) for role in face.held_by.split()}) for face in faces if face.held_by
    )


def _put(record: Register, faces: Iterable[Face], employee_id: int) -> None:
    for face in faces:
        setattr(record, face.name, employee_id)


def _went_well(given: _Given, successors: Successors) -> bool:
    """Whether the record, as written, went to people who may have it: a floor may have raised it meanwhile."""
    people = successors.everybody()
    named = (people.get(getattr(given.record, name)) for name in given.names)
    return given.taken and all(_may_have(given.record, one, given.seen) for one in named if one is not None)


def _may_have(record: Any, person: Person, seen: bool) -> bool:
    return bool(may_take_over(Level(record.level), person.clearance, seen, _sees(record, person)))


def _sees(record: Any, person: Person) -> bool:
    register = type(record)
    return sight(person, register, facts_of(register, record)) >= Sight.PARTY


def handed_in(events: Iterable[Event], leaver: int) -> Handed:
    """What *events* of the trail took from *leaver* and gave to whom, with all that followed."""
    before, registers = as_json(leaver), all_registers()
    return Counter(
        (event.table_name, change.field, event.level, int(change.new))
        for event in events
        if event.table_name in registers
        for change in event.changes
        if change.old == before and change.new is not None and _names_person(registers[event.table_name], change.field)
    )


def _names_person(register: type[Register], name: str) -> bool:
    return name in register.faces and register.faces[name].to == "employee"
