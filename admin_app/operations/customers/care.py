"""What comes up by itself for who looks after customers: birthdays, holidays and activities of the coming days (R-RELA-02).

Only the acting person's own customers, and of those what they read: who gets a birthday or a name masked is told of neither.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, extract, or_, select
from sqlalchemy.orm import Session, aliased

from ...class_words import Born
from ...guard import trail
from ...guard.readable import where_read
from ...guard.session import acting
from ...models import Lines, Register, all_registers, lines_of, register_named
from ...rules.care import birthdays_ahead, fits, holidays_ahead
from ...rules.figures import CARE_AHEAD
from ...texts import Text
from ..figures import value_on
from ..leaving.duties import still_open
from ..today import local_day
from .standing import looked_after


class Birthday(NamedTuple):
    """Whose birthday is kept on which day, and of which customer they are or to whom they belong."""

    on: date
    name: str
    customer_id: int
    register: type[Register]
    public_id: str


class Offer(NamedTuple):
    """An activity that runs or is about to, and how many of one's customers it fits."""

    activity: Any
    customers: int


class Care(NamedTuple):
    """All that comes up in the coming *days*."""

    days: int
    birthdays: list[Birthday]
    holidays: list[tuple[date, Text]]
    offers: list[Offer]


def coming_up(session: Session, now: datetime) -> Care:
    """What comes up for the acting person; a query for each place where birthdays stand, and two for activities."""
    today, days = local_day(session, now), value_on(session, CARE_AHEAD, now)
    ahead = birthdays_ahead(today, days)
    born = sorted(_birthdays(session, ahead), key=lambda one: (one.on, one.customer_id, one.name))
    return Care(days, born, holidays_ahead(today, days), _offers(session, today, max(ahead.values())))


def _mine(session: Session) -> tuple[ColumnElement[bool], ...]:
    """The acting person's customers who are still looked after."""
    one, person = register_named("customer"), acting(session)
    return (one.owner_id == person.id, where_read(one, one.faces["owner_id"], person), *looked_after(one))


def _birthdays(session: Session, ahead: Mapping[tuple[int, int], date]) -> Iterator[Birthday]:
    """Each person once, however many cards name them."""
    seen = set()
    for register, where in _places():
        rows = session.execute(_born(session, register, where, ahead)).all()
        trail.note_views(session, register.__tablename__, {(row.id, row.level) for row in rows}, "care")
        for row in rows:
            one = Birthday(ahead[row.day.month, row.day.day], row.name, row.customer_id, register, row.public_id)
            if one[:3] not in seen:
                seen.add(one[:3])
                yield one


def _places() -> Iterator[tuple[type[Register], type[Register] | type[Lines]]]:
    """Every register in which birthdays stand, and where: in the records themselves, or in lines of theirs."""
    for register in all_registers().values():
        if register.born:
            yield register, register
        for face in register.faces.values():
            if face.kind.name == "rows" and (lines := lines_of(register, face)).born:
                yield register, lines


def _born(session: Session, register: Any, where: Any, ahead: Mapping[tuple[int, int], date]) -> Select[Any]:
    """The people of *where* with a birthday *ahead*. Lines are joined to an alias of their record, as their row rule asks for
    the record itself."""
    born, person, customer = Born.of(where.born), acting(session), register_named("customer")
    own = where is register
    record = register if own else aliased(register)
    day, name = getattr(where, born.day), getattr(where, born.whose)
    asked = select(
        record.id, record.level, record.public_id, record.customer_id, day.label("day"), name.label("name")
    ).select_from(record)
    asked = asked if own else asked.join(where, where.parent_id == record.id)
    asked = asked.join(customer, customer.id == record.customer_id).where(*_mine(session), still_open(record))
    read = (where_read(record, where.faces[each], person) for each in born)
    kept_on = or_(*(_is_on(day, month, of_month) for month, of_month in ahead))
    return asked.where(name.is_not(None), kept_on, *read)


def _is_on(day: Any, month: int, of_month: int) -> ColumnElement[bool]:
    return (extract("month", day) == month) & (extract("day", day) == of_month)


def _offers(session: Session, today: date, until: date) -> list[Offer]:
    """Activities from *today* to *until* that fit one of the acting person's customers, the soonest first."""
    one, person, customer = register_named("campaign"), acting(session), register_named("customer")
    read = (where_read(one, one.faces[each], person) for each in ("from_on", "until_on", "estate_id", "suits"))
    going = (
        still_open(one)
        & (one.from_on <= until)
        & or_(one.until_on.is_(None) & (one.from_on >= today), one.until_on >= today)
    )
    activities = session.scalars(select(one).where(going, *read).order_by(one.from_on, one.id)).all()
    if not activities:
        return []
    told = (where_read(customer, customer.faces[each], person) for each in ("estate_id", "concerns"))
    estates = [activity.estate_id for activity in activities if activity.estate_id is not None]
    likes = customer.concerns.is_not(None)
    asked = select(customer.estate_id, customer.concerns).where(
        *_mine(session), *told, or_(customer.estate_id.in_(estates), likes)
    )
    mine = session.execute(asked).all()
    found = (
        Offer(each, sum(fits(each.estate_id, _codes(each.suits), *_wants(row)) for row in mine)) for each in activities
    )
    return [offer for offer in found if offer.customers]


def _wants(row: Any) -> tuple[int | None, frozenset[str]]:
    return row.estate_id, _codes(row.concerns)


def _codes(chosen: tuple[str, ...] | None) -> frozenset[str]:
    return frozenset(chosen or ())
