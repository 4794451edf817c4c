"""What a field is worked out of: other fields of the same record, said beside it in its declaration.

``field("欠缴金额", reckoned=difference("due_amount", "amount"))``. Whatever the path, it follows what it is worked out of; where
that is missing it is blank.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The value of *how* at the fields *of*, None where it can't be told."""

    of: tuple[str, ...]
    how: Callable[..., Any]

    def value(self, record: Any) -> Any:
        """Of a record as it stands."""
        return self.how(*(getattr(record, name) for name in self.of))


def _where_given(of: tuple[str, ...], how: Callable[..., Any]) -> Reckoned:
    """Blank where any of the fields is."""
    return Reckoned(of, lambda *values: None if None in values else how(*values))


def total(*of: str) -> Reckoned:
    """The sum of those that are given."""
    return Reckoned(of, lambda *values: sum(given) if (given := [one for one in values if one is not None]) else None)


def difference(of: str, less: str) -> Reckoned:
    return _where_given((of, less), lambda one, other: one - other)


def excess(of: str, over: str) -> Reckoned:
    """By how much the first is more than the second; nothing where it is less."""
    return _where_given((of, over), lambda one, other: max(one - other, type(one)(0)))


def below(of: str, limit: str) -> Reckoned:
    """Whether the first is less than the second."""
    return _where_given((of, limit), lambda one, other: one < other)


def mean(*of: str) -> Reckoned:
    """Of those that are given, to the second place."""

    def how(*values: Any) -> Decimal | None:
        given = [Decimal(one) for one in values if one is not None]
        return (sum(given, Decimal(0)) / len(given)).quantize(Decimal("0.01"), ROUND_HALF_UP) if given else None

    return Reckoned(of, how)


def consumed(start: str, end: str, times: str) -> Reckoned:
    """What a meter counted from *start* to *end*, *times* its factor, one where there is none."""

    def how(first: Any, last: Any, factor: Any) -> Any:
        return None if first is None or last is None else (last - first) * (1 if factor is None else factor)

    return Reckoned((start, end, times), how)


def after(of: str, *, months: int = 0, **span: float) -> Reckoned:
    """So long after a day or moment: *months* of the calendar, whose end is kept, or a ``timedelta``."""
    return _where_given((of,), lambda at: _months_after(at, months) + timedelta(**span))


def _months_after(at: date, months: int) -> date:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
