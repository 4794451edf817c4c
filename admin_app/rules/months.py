"""Calendar months, in which customer managers are scored (R-SCOR-01, R-FOLL-01)."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

#: of a thousand years, so that each has a month before and after it; in plain digits
_WRITTEN = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])", re.ASCII)
_WEEK = timedelta(days=7)


class Month(NamedTuple):
    """A month of a year, ``Month(2026, 10)``; written 2026-10."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """The month written as "2026-10"; None for what is none, or not of the years 2000 to 2999."""
        found = _WRITTEN.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, self.length)

    @property
    def length(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.number)[1]

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(self.length)]

    @property
    def next(self) -> "Month":
        return Month.of(self.last + timedelta(days=1))

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def mondays(self) -> list[date]:
        """The first days of the weeks that begin in it: each week belongs to one month."""
        first = self.first + timedelta(days=-self.first.weekday() % 7)
        return [day for n in range(5) if (day := first + n * _WEEK) <= self.last]
