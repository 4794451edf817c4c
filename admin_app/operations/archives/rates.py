"""How much of a month's archives came in time and complete, by department and kind (R-FINE-05). 003 篇七 8."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from ...guard.jobs import job
from ...guard.session import elevated
from ...models import register_named
from ...permissions import Level
from ...rules.fines import share
from ...rules.months import Month
from ...texts import word
from ..records import bring
from ..today import local_day
from .handovers import kinds_of_types

#: of every department, whatever the level of its files
RATING = job("archive_rates", word("档案及时率"), Level.TOP_SECRET)
ALL = "all"
#: the clock asks every night; a night or a month of them may be missed
_LATELY = timedelta(days=40)
#: what is counted of one department and kind
Counts = Counter[str]
_COUNTED = ("due_count", "in_time_count", "handed_over_count", "complete_count", "missing_items")


def rate_recent(session: Session, now: datetime) -> None:
    """The rates of this month, and of every month that a handover written lately is of; it may be due in an older one."""
    cls = register_named("archive_handover")
    written = select(cls.due_on, cls.handed_on).where(cls.changed_at >= now - _LATELY)
    with elevated(session, RATING) as beneath:
        days = {day for row in beneath.execute(written) for day in row if day is not None}
    for month in sorted({Month.of(day) for day in {*days, local_day(session, now)}}):
        rate_month(session, month, now)


def rate_month(session: Session, month: Month, now: datetime) -> None:
    """Write the rates of *month*; the same again where nothing has changed."""
    with elevated(session, RATING) as beneath:
        counted = _counted(beneath, month)
        register = register_named("archive_rate")
        held = {
            (row.rated_department_id, row.kind): row
            for row in beneath.scalars(
                select(register).where(register.month_on == month.first, register.voided_at.is_(None))
            )
        }
        # what has none left is rated too, or its last rate would stand
        rated = _rated({key: counted.get(key, Counter()) for key in held.keys() | counted.keys()})
        for key in sorted(rated):
            _write(beneath, held.get(key), month, key, rated[key], now)


def _counted(session: Session, month: Month) -> dict[tuple[int, str], Counts]:
    """(department, kind) -> what fell due, came in time, was handed over, was complete, and items missing."""
    cls, kinds = register_named("archive_handover"), kinds_of_types(session)
    of = (cls.department_id, cls.archive_type_id)
    due = select(*of, func.count().label("due_count"), _number_of(cls.on_time).label("in_time_count")).where(
        cls.due_on.between(month.first, month.last)
    )
    handed = select(
        *of, func.count().label("handed_over_count"), _number_of(cls.complete).label("complete_count"),
        func.coalesce(func.sum(cls.missing_count), 0).label("missing_items"),
    ).where(cls.handed_on.between(month.first, month.last))  # fmt: skip
    found: dict[tuple[int, str], Counts] = defaultdict(Counter)
    for asked in (due, handed):
        # papers called in from elsewhere are nobody's delivery (R-ARCH-10)
        known = asked.where(cls.voided_at.is_(None), cls.found_on.is_(None), cls.department_id.is_not(None)).group_by(
            *of
        )
        for department_id, type_id, *_counts in (rows := session.execute(known)):
            names = list(rows.keys())[2:]
            for kind in {ALL, kinds.get(type_id, ALL)}:
                found[department_id, str(kind)].update(dict(zip(names, _counts, strict=True)))
    return found


def _number_of(column: Any) -> Any:
    return func.coalesce(func.sum(case((column.is_(True), 1), else_=0)), 0)


def _rated(counted: Mapping[tuple[int, str], Counts]) -> dict[tuple[int, str], dict[str, Any]]:
    """The fields of each rate: counts, shares and the places among the departments of a kind."""
    rated = {
        key: {
            **{name: counts[name] for name in _COUNTED},
            "timeliness": share(counts["in_time_count"], counts["due_count"]),
            "completeness": share(counts["complete_count"], counts["handed_over_count"]),
        }
        for key, counts in counted.items()
    }  # fmt: skip
    for kind in {kind for _department, kind in rated}:
        of_kind = [values for key, values in rated.items() if key[1] == kind]
        for name in ("timeliness", "completeness"):
            _rank(of_kind, name)
    return rated


def _rank(of_kind: Iterable[dict[str, Any]], name: str) -> None:
    """Equal shares have the same place; what can't be rated has none."""
    of_kind = list(of_kind)
    shares = sorted((values[name] for values in of_kind if values[name] is not None), reverse=True)
    for values in of_kind:
        values[f"{name}_rank"] = None if values[name] is None else shares.index(values[name]) + 1


def _write(
    session: Session, held: Any, month: Month, key: tuple[int, str], values: Mapping[str, Any], now: datetime
) -> None:
    department_id, kind = key
    if held is None:
        register = register_named("archive_rate")
        session.add(register(month_on=month.first, rated_department_id=department_id, department_id=department_id, kind=kind,
                             computed_at=now, **values))  # fmt: skip
        return
    if bring(held, values):
        held.computed_at = now
