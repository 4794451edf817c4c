"""Checks of the rooms: when each is due, what was found, faults until they are settled (R-ARCH-06)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import acting
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Action
from ...rules.figures import STORAGE_CHECK_DAYS
from ...rules.inspection import is_not_to_come
from ...rules.rights import may_do
from ...rules.storage import POINTS, check_due, may_note_check, may_settle
from ...verdicts import require
from .. import records
from ..figures import value_on
from ..followups import after_changing, before_adding
from ..today import local_day


class Room(NamedTuple):
    """A room with places in it: when it was checked last, by when it is again, and the faults still open."""

    name: str
    last: date | None
    due: date
    faults: Sequence[Register]


def rooms(session: Session, now: datetime) -> list[Room]:
    """The rooms as the acting person sees their places, the one due first on top; three queries."""
    place, check = register_named("archive_place"), register_named("storage_check")
    today, every = local_day(session, now), value_on(session, STORAGE_CHECK_DAYS, now)
    names = session.scalars(select(place.room).where(place.voided_at.is_(None)).distinct()).all()
    asked = select(check.room, func.max(check.checked_on).label("last")).where(check.voided_at.is_(None))
    last = {row.room: row.last for row in session.execute(asked.group_by(check.room))}
    waiting = faults(session)
    found = [
        Room(
            name, last.get(name), check_due(last.get(name), today, every), [one for one in waiting if one.room == name]
        )
        for name in names
    ]
    return sorted(found, key=lambda room: (room.due, room.name))


def faults(session: Session) -> Sequence[Register]:
    """The checks whose faults aren't settled yet, the oldest first."""
    check = register_named("storage_check")
    open_ones = or_(check.problems_found.is_(True), check.result == "unfit"), check.handled_on.is_(None)
    asked = select(check).where(*open_ones, check.voided_at.is_(None)).order_by(check.checked_on, check.id)
    return session.scalars(asked).all()


def check_room(
    session: Session, room: str, points: Mapping[str, bool | None], problems: str, now: datetime
) -> Register:
    """Note a check of *room* as the acting person's word; raises Refused: no_right, incomplete, no_reason."""
    register, person, today = register_named("storage_check"), acting(session), local_day(session, now)
    require(may_do(person, Action.ADD, register))
    require(may_note_check(points, problems))
    bad = not all(points[name] for name in POINTS)
    values: dict[str, Any] = {
        **{name: points[name] for name in POINTS}, "checked_on": today, "room": room, "result": "unfit" if bad else "fit",
        "problems_found": bad, "problems": problems.strip()[:2000] if bad else None, "handler_id": person.id if bad else None,
        "next_on": today + timedelta(days=value_on(session, STORAGE_CHECK_DAYS, now)),
        "checked_by_id": person.id, "checked_at": now,
    }  # fmt: skip
    with operating(session):
        return records.create(session, register, values)


def settle(session: Session, check: Register, measure: str, now: datetime) -> None:
    """A fault has been put right; raises Refused: no_right, wrong_state, no_reason."""
    require(may_settle(check.handled_on is not None, measure))
    values = {"handled_on": local_day(session, now), "measure": measure.strip()[:2000], "result": "mended"}
    records.change(session, check, values)


@before_adding("storage_check")
def is_noted_in_time(session: Session, check: Register) -> None:
    """Whoever writes it and how: a check of a day to come would leave its room unchecked until then."""
    require(is_not_to_come(check.checked_on, local_day(session, clock.now())))


@after_changing("storage_check")
def stays_in_time(session: Session, check: Register, before: Mapping[str, Any]) -> None:
    if "checked_on" in before:
        is_noted_in_time(session, check)
