"""What somebody has to do by a day, in every register that declares one (R-DESK-01).

It is theirs by the field that ``due`` names, or because they have charge of the record. Rows and fields that they don't
read tell nothing, neither what nor how many (R-CONF-02).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from ..class_words import Contact, Due
from ..fields import Face, Reading
from ..guard.conditions import Condition
from ..guard.readable import where_read
from ..guard.rows import visible
from ..guard.titles import linked
from ..models import Register, all_registers, register_named
from ..permissions import Person
from .customers.standing import given_up
from .leaving.duties import duties, follows, still_open

#: so far ahead one is told of it
AHEAD = timedelta(days=3)
#: of each register, the earliest; the list has them all
_MOST = 20


class ToDo(NamedTuple):
    """One record to be seen to: its register, its id in addresses, what it is called, by when, and whether that is over."""

    register: type[Register]
    public_id: str
    title: str
    due: date | datetime
    late: bool


def to_do(session: Session, person: Person, reading: Reading, now: datetime) -> list[ToDo]:
    """What *person* has to do by now and in the next ``AHEAD``, the earliest first; at most twenty of a register.

    One query for each register that knows days to keep and one for its titles, however many rows there are.
    """
    found = []
    for table, register in all_registers().items():
        if register.due and _told(register, person) and (asked := _asked(register, person, reading, now)) is not None:
            rows = session.execute(asked).all()
            titles = linked(session, table, {row.id for row in rows}, person, reading) if rows else {}
            found += [
                ToDo(register, row.public_id, titles[row.id][0], row.due, is_late(row.due, reading, now))
                for row in rows
            ]
    return sorted(found, key=lambda one: _end(one.due, reading))


def _told(register: type[Register], person: Person) -> bool:
    """Whether *register* is asked: theirs by a right on it, or one that tells by name whose work it is (R-CONF-14)."""
    by = Due.of(register.due).by
    return person.has_part_in(register.__tablename__) or bool(by and register.faces[by].party)


def is_late(due: date | datetime, reading: Reading, now: datetime) -> bool:
    """Whether the day is over, or the moment past."""
    return _end(due, reading) < now


def falls_due(register: type[Register], person: Person, until: date | datetime) -> ColumnElement[bool]:
    """Rows of *register* that are to be done by *until* and still wait, as far as *person* reads all of that."""
    due = Due.of(register.due)
    read = (where_read(register, register.faces[name], person) for name in _told_by(register))
    return and_(_open(register, register, due, person), _day(register, due) <= until, *read)


def overdue(register: type[Register], reading: Reading, now: datetime) -> Condition:
    """Rows of *register* whose day is over, or moment past, and that still wait, where all of that is read."""
    due = Due.of(register.due)
    told_by = [register.faces[name] for name in _told_by(register)]
    limit = now if register.faces[due.field].kind.name == "moment" else now.astimezone(reading.zone).date()

    def build(cls: Any, person: Person, values: Sequence[Any]) -> ColumnElement[bool]:
        read = (where_read(cls, face, person) for face in told_by)
        return and_(_open(cls, register, due, person), _day(cls, due) < values[0], *read)

    return Condition((due.field, "late"), (limit,), build)


def _told_by(register: type[Register]) -> list[str]:
    """The fields that tell whether a record is overdue."""
    due = Due.of(register.due)
    ends_with = register.ends_with.partition(":")[0]
    return [name for name in (due.field, due.moved, due.until, due.renewed, register.closes_with, ends_with) if name]


def _day(cls: Any, due: Due) -> Any:
    """The day or moment by which a row of *cls* is to be done: the one it was put off to, if it was."""
    day = getattr(cls, due.field)
    return func.coalesce(getattr(cls, due.moved), day) if due.moved else day


def _end(due: date | datetime, reading: Reading) -> datetime:
    """The last moment of a day in the company's zone; a moment itself."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due, time.max, reading.zone)


def _asked(register: type[Register], person: Person, reading: Reading, now: datetime) -> Select[Any] | None:
    due = Due.of(register.due)
    kind, told_by = register.faces[due.field].kind, filter(None, (due.field, due.moved))
    theirs = [register.faces[due.by]] if due.by else duties(register)
    if not theirs:
        return None
    column, end = _day(register, due), now + AHEAD
    until = end if kind.name == "moment" else end.astimezone(reading.zone).date()
    asked = select(register.id, register.public_id, column.label("due"))
    mine = or_(*(_is_theirs(register, due, one, person) for one in theirs))
    read = (where_read(register, register.faces[name], person) for name in told_by)
    asked = asked.where(mine, _open(register, register, due, person), column <= until, *read)
    return asked.order_by(column, register.id).limit(_MOST)


def _is_theirs(register: Any, due: Due, face: Face, person: Person) -> ColumnElement[bool]:
    """Whether *person* has charge of a row by *face*; or wrote it, while nobody has the customer whose owner it follows."""
    column = getattr(register, face.name)
    mine = column == person.id
    if due.customer and follows(register, face):
        mine |= column.is_(None) & (register.created_by_id == person.id)
    return mine & where_read(register, face, person)


def _open(cls: Any, register: type[Register], due: Due, person: Person) -> ColumnElement[bool]:
    """Rows of *cls*, which stands for *register*, that still wait: the work isn't over, and what is filled once it is done
    is blank; nor has a later record taken their place."""
    waits = still_open(cls)
    if due.until:
        waits &= getattr(cls, due.until).is_(None)
    if due.renewed:
        waits &= ~_renewed(cls, register, due, person)
    if due.customer:
        waits &= ~_ended(cls, register, due, person)
    return waits


def _ended(cls: Any, register: type[Register], due: Due, person: Person) -> ColumnElement[bool]:
    """Whether *person* sees, and reads, that nobody looks after the customer any more (R-RELA-02, R-PRIV-01)."""
    customer: Any = aliased(register_named(register.faces[due.customer].to or ""))
    theirs = customer.id == getattr(cls, due.customer)
    return exists(select(customer.id).where(theirs, visible(customer, person), given_up(customer, person)))


def _renewed(cls: Any, register: type[Register], due: Due, person: Person) -> ColumnElement[bool]:
    """Whether *person* sees, and reads the day of, a later record of the same customer; of others it would tell (R-CONF-02)."""
    later: Any = aliased(register)
    day = register.faces[due.renewed]
    after = getattr(later, day.name) > getattr(cls, day.name)
    same = (later.customer_id == cls.customer_id) & later.voided_at.is_(None) & after
    came_about = _came_about(later, register, due)
    return exists(select(later.id).where(same, came_about, visible(later, person), where_read(later, day, person)))


def _came_about(later: Any, register: type[Register], due: Due) -> ColumnElement[bool]:
    """Whether a later record takes the place of an earlier one: one that reached nobody doesn't, unless it says when next."""
    contact = Contact.of(register.contacted)
    if not contact.when:
        return true()
    said = getattr(later, contact.when)
    return or_(said.in_(contact.codes) if contact.codes else said, getattr(later, due.field).is_not(None))
