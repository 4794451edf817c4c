"""Outings of the month: entered late, without return, or not entered at all (R-SCOR-01)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from ...models import register_named
from ...rules.registering import is_late
from ...rules.scoring import Kind, Part
from ...texts import say
from .as_of import values_before
from .information import handed_in_at
from .period import ONE, Fault, Period


def outing_faults(period: Period) -> Iterator[Fault]:
    """One off per entry without return at the month's end, per entry made late, per day out without any."""
    entered: set[tuple[int, date]] = set()
    before = values_before(period.session, register_named("outing"), ["back_at"], period.end)
    for row in period.session.execute(_entries(period)):
        day = period.day_of(row.out_at)
        entered.add((row.designer_id, day))
        for kind, why in _wrong(period, row, before.get(row.id, {})):
            yield Fault(row.designer_id, Part.OUTINGS, kind, ONE, "outing", row.id, day, why)
    for person, day, table, record in _known(period):
        if (person, day) not in entered:
            entered.add((person, day))  # however many records tell of it, it is one entry that is missing
            yield Fault(person, Part.OUTINGS, Kind.OUTING_MISSING, ONE, table, record, day, say("当日外出未登记"))


def _entries(period: Period) -> Any:
    outing = register_named("outing")
    columns = (outing.id, outing.designer_id, outing.out_at, outing.back_at, handed_in_at(outing).label("entered_at"))
    mine = (outing.voided_at.is_(None), period.holds(outing.out_at), outing.designer_id.in_(period.people))
    return select(*columns).where(*mine).order_by(outing.id)


def _wrong(period: Period, row: Any, before: dict[str, Any]) -> Iterator[tuple[Kind, Any]]:
    if before.get("back_at", row.back_at) is None:
        yield Kind.OUTING_INACCURATE, say("未登记返回时间")
    if row.entered_at is not None and is_late(row.entered_at, row.out_at, False, period.hours):
        yield Kind.OUTING_LATE, say("{at} 才登记", at=f"{row.entered_at.astimezone(period.hours.zone):%m-%d %H:%M}")


def _known(period: Period) -> Iterator[tuple[int, date, str, int]]:
    """Person, day and record of whatever else tells that somebody was out: attendance first, then site visits."""
    attendance, visit = register_named("attendance"), register_named("site_visit")
    told = (
        (attendance, attendance.employee_id, attendance.day, (attendance.state == "out",)),
        (visit, visit.owner_id, visit.visited_on, ()),
    )
    for register, person, day, out in told:
        rows = select(person, day, register.id).where(
            register.voided_at.is_(None), period.holds(day), person.in_(period.people), *out
        )
        for who, when, record in period.session.execute(rows.order_by(register.id)):
            yield who, when, register.__tablename__, record
