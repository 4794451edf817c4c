"""Relative days of a filter: this week, last month, the next few days, as they are when somebody looks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ...fields import Face, Reading
from ..input import whole

_DAY = timedelta(days=1)
#: where the number of days isn't said, or is none
_A_WEEK = 7


def _days(values: Sequence[str]) -> timedelta:
    return min((whole(values[0]) if values else None) or _A_WEEK, 36500) * _DAY


def _next_month(first: datetime) -> datetime:
    return (first + 32 * _DAY).replace(day=1)


def _this_week(today: datetime, _values: Sequence[str]) -> tuple[datetime, datetime]:
    monday = today - today.weekday() * _DAY
    return monday, monday + 7 * _DAY


def _this_month(today: datetime, _values: Sequence[str]) -> tuple[datetime, datetime]:
    first = today.replace(day=1)
    return first, _next_month(first)


def _last_month(today: datetime, _values: Sequence[str]) -> tuple[datetime, datetime]:
    first = today.replace(day=1)
    return (first - _DAY).replace(day=1), first


#: operator -> of today's midnight and what was typed, where the period begins and where the next begins
PERIODS: dict[str, Callable[[datetime, Sequence[str]], tuple[datetime, datetime]]] = {
    "today": lambda today, _values: (today, today + _DAY),
    "this_week": _this_week,
    "this_month": _this_month,
    "last_month": _last_month,
    "this_year": lambda today, _values: (today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)),
    "last_days": lambda today, values: (today + _DAY - _days(values), today + _DAY),
    "next_days": lambda today, values: (today, today + _days(values)),
}  # fmt: skip


def period(face: Face, operator: str, values: Sequence[str], reading: Reading, now: datetime) -> list[Any]:
    """The first and the last value of *face* in the period that *operator* means at *now*."""
    today = now.astimezone(reading.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    begins, ends = PERIODS[operator](today, values)
    if face.kind.name == "day":
        return [begins.date(), (ends - _DAY).date()]
    return [begins, ends - datetime.resolution]
