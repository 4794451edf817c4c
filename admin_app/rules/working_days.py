"""Working days by the Chinese public calendar with its make-up days, and the deadlines counted in them.

Source: rules.md, preamble. Past the published calendar only weekends and fixed holidays count, and screens
say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from .moments import instant

T = TypeVar("T")

#: Monday to Friday
WEEK = frozenset(range(5))
CLOSING = time(18)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@cache
def _public_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The public holidays of *year* and the weekend days worked to make up for them."""
    import holidays  # here, because it costs a quarter of the start-up of programs that count no days

    table = holidays.country_holidays("CN", years=year)
    return frozenset(table), frozenset(day for day in table.weekend_workdays if day.year == year)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of *year* by their English names, which are those of the library."""
    import holidays  # as above

    return dict(holidays.country_holidays("CN", years=year, language="en_US"))


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a company works: the public calendar with its own days, *closed* besides it, *open* in spite of both.

    *weeks* (weekdays worked, Monday 0) and *closings* (local time) hold from a day on, newest first; before the oldest
    the usual week and hour hold.
    """

    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    weeks: tuple[tuple[date, frozenset[int]], ...] = ()
    closings: tuple[tuple[date, time], ...] = ()
    zone: ZoneInfo = SHANGHAI

    def is_working(self, day: date) -> bool:
        """Whether the company works on *day*."""
        if day in self.open:
            return True
        if day in self.closed:
            return False
        off, made_up = _public_days(day.year)
        return day in made_up or (day.weekday() in _holding(self.weeks, day, WEEK) and day not in off)

    def closing(self, day: date) -> datetime:
        """The end of *day* as a working day."""
        return datetime.combine(day, _holding(self.closings, day, CLOSING), self.zone)

    def provisional(self, day: date) -> bool:
        """Whether the make-up days of *day*'s year are not published yet: every published year has some."""
        return not _public_days(day.year)[1]


def _holding(versions: tuple[tuple[date, T], ...], day: date, usual: T) -> T:
    return next((value for since, value in versions if since <= day), usual)


PUBLIC = Calendar()


def deadline(event: datetime, days: int, calendar: Calendar) -> datetime:
    """The closing of the last of *days* working days after *event*, its own day not counted.

    ValueError when *event* has no time zone or *days* is below 1.
    """
    if days < 1:
        raise ValueError(f"a deadline needs at least one working day, not {days}")
    day = instant(event).astimezone(calendar.zone).date()
    left = days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return calendar.closing(day)
