"""What weekly patrols found, and the weeks without one (R-SCOR-01, R-SCOR-07)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from ...guard.session import elevated
from ...models import lines_of, register_named
from ...rules.months import Month
from ...rules.scoring import Kind, Part
from ...texts import say
from .period import Fault, Period

#: what a patrol finds that takes points off, and from which part
_FOUND = {
    Kind.UNTRUE: Part.INFORMATION, Kind.OUTING_MISSING: Part.OUTINGS, Kind.OUTING_INACCURATE: Part.OUTINGS,
    Kind.OUTING_LATE: Part.OUTINGS,
}  # fmt: skip


def patrol_faults(period: Period) -> Iterator[Fault]:
    """One fault of each kind and patrol, with a point for each line that says so."""
    patrol = register_named("weekly_patrol")
    line = lines_of(patrol, patrol.faces["items"])
    for kind, part in _FOUND.items():
        count = func.count(line.id).label("points")
        rows = (
            select(patrol.id, patrol.person_id, patrol.patrolled_on, count)
            .join(line, line.parent_id == patrol.id)
            .where(patrol.voided_at.is_(None), period.holds(patrol.patrolled_on), patrol.person_id.in_(period.people))
            .where(_says(line, kind))
            .group_by(patrol.id, patrol.person_id, patrol.patrolled_on)
            .order_by(patrol.id)
        )
        for row in period.session.execute(rows):
            why = say("巡访发现 {n} 处", n=row.points)
            yield Fault(row.person_id, part, kind, Decimal(row.points), "weekly_patrol", row.id, row.patrolled_on, why)


def _says(line: Any, kind: Kind) -> ColumnElement[bool]:
    if kind is not Kind.UNTRUE:
        return line.fault == kind
    about_records = or_(line.part.is_(None), line.part == Part.INFORMATION)
    return or_(line.untrue, line.fault == kind) & about_records


def patrol_days(session: Session, month: Month) -> dict[int, set[date]]:
    """Person -> the days of their patrols in the weeks of *month* (R-SCOR-07).

    It looks beneath the row rule, or a week would be missing for those who may not read patrols; only days leave.
    """
    patrol, mondays = register_named("weekly_patrol"), month.mondays
    made = select(patrol.person_id, patrol.patrolled_on).where(
        patrol.voided_at.is_(None), patrol.patrolled_on.between(mondays[0], mondays[-1] + timedelta(days=6))
    )
    days: dict[int, set[date]] = {}
    with elevated(session) as beneath:
        for person, day in beneath.execute(made):
            days.setdefault(person, set()).add(day)
    return days
