"""Queues as desks look at them: what waits for oneself, what lies waiting in the room, who stands in line (R-LOAN-12)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.reservations import Place, whose_turn
from ...rules.states import State
from ...rules.working_days import Calendar
from ...working.lending import Reservation
from ..working_time import working_time
from .standing import KINDS


@dataclass(frozen=True)
class InLine:
    """A place in the queue as it is now, whether or not it has been written: told until when to come, None while waiting."""

    reservation: Reservation
    until: datetime | None

    @property
    def item_id(self) -> int:
        return self.reservation.item_id


def of_item(session: Session, item_id: int, now: datetime) -> list[InLine]:
    """Who stands in line for an item, in order."""
    return _standing(session, Reservation.item_id == item_id, now)


def of_person(session: Session, person: int, now: datetime) -> list[InLine]:
    """What somebody waits for, what is there for them first."""
    theirs = select(Reservation.item_id).where(Reservation.person_id == person, Reservation.ended_at.is_(None))
    standing = _standing(session, Reservation.item_id.in_(theirs), now)
    return [one for one in standing if one.reservation.person_id == person]


def lying_waiting(session: Session, now: datetime) -> list[InLine]:
    """What lies in the room for somebody, of the items that the acting person sees, the one that ends first on top."""
    told = select(Reservation.item_id).where(Reservation.told_at.is_not(None), Reservation.ended_at.is_(None))
    item = register_named("archive_item")
    seen = session.scalars(select(item.id).where(item.id.in_(session.scalars(told).all()))).all()
    return [one for one in _standing(session, Reservation.item_id.in_(seen), now) if one.until is not None]


def _standing(session: Session, which: ColumnElement[bool], now: datetime) -> list[InLine]:
    """The queues of items by the clock: of one that is in somebody has been told, as whoever takes it back sees to."""
    wanted = select(Reservation).where(which, Reservation.ended_at.is_(None))
    queues = defaultdict(list)
    for place in session.scalars(
        wanted.order_by(Reservation.told_at.is_(None), Reservation.reserved_at, Reservation.id)
    ):
        queues[place.item_id].append(place)
    calendar = working_time(session) if queues else Calendar()
    standing = [one for queue in queues.values() for one in _by_the_clock(queue, now, calendar)]
    return sorted(standing, key=lambda one: (one.until is None, one.until or one.reservation.reserved_at))


def _by_the_clock(queue: list[Reservation], now: datetime, calendar: Calendar) -> Iterable[InLine]:
    if queue[0].told_at is None:
        return [InLine(place, None) for place in queue]
    places = [Place(one.id, one.person_id, one.told_at) for one in queue]
    turn = whose_turn(places, now, now, calendar)
    over = {place.id for place, _end in turn.expired}
    first = turn.place.id if turn.place else None
    return [InLine(one, turn.until if one.id == first else None) for one in queue if one.id not in over]


def requests_of(session: Session, line: Iterable[InLine]) -> Mapping[tuple[int, int], Register]:
    """(item, person) -> the request for it of somebody in line that is under way or granted, as far as it is seen."""
    pairs = {(one.item_id, one.reservation.person_id) for one in line}
    found: dict[tuple[int, int], Register] = {}
    for table in KINDS:
        register = register_named(table)
        theirs = select(register).where(
            register.item_id.in_({item for item, _person in pairs}), register.voided_at.is_(None),
            register.applicant_id.in_({person for _item, person in pairs}),
            register.state.in_((State.SIGNING, State.GRANTED)),
        )  # fmt: skip
        for request in session.scalars(theirs.order_by(register.id)):
            if (key := (request.item_id, request.applicant_id)) in pairs:
                found[key] = request
    return found
