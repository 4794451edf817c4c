"""The month that is scored, as everything that is asked of its records needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal
from sqlalchemy.orm import Session

from ...fields.columns import UtcMoment
from ...rules.figures import CONTACTS, LATE_FILE
from ...rules.months import Month
from ...rules.registering import Hours
from ...rules.scoring import Kind, Part
from ...texts import Text
from ..figures import value_on
from ..hand_in import hand_in_hours
from ..today import end_of_day, midnight, zone_of

#: what most faults take off
ONE = Decimal(1)


class Fault(NamedTuple):
    """Something that takes points off somebody: how many at most, which record shows it, since which day, why."""

    person: int
    part: Part
    kind: Kind
    points: Decimal
    table: str
    record: int
    noted_on: date
    why: Text


@dataclass(frozen=True)
class Period:
    """*month* of these *people*; *session* sees beneath the row rule. Figures are those of the month's last day (R-SCOR-04)."""

    session: Session
    month: Month
    people: frozenset[int]

    @property
    def begin(self) -> datetime:
        return midnight(self.session, self.month.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(self.session, self.month.next.first)

    def day_of(self, happened: datetime | date) -> date:
        return happened.astimezone(zone_of(self.session)).date() if isinstance(happened, datetime) else happened

    def holds(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether a day or moment lies in the month."""
        if isinstance(column.type, UtcMoment):
            return (column >= self.begin) & (column < self.end)
        return column.between(self.month.first, self.month.last)

    def by_day(self, moment: SQLColumnExpression[Any], values: Iterable[Any]) -> ColumnElement[Any]:
        """The one of *values*, one for each day of the month, that goes with the local day of *moment*."""
        ends = [end_of_day(self.session, day) for day in self.month.days]
        *earlier, last = zip(ends, values, strict=True)
        return case(*((moment < end, value) for end, value in earlier), else_=last[1])

    def local_day(self, moment: SQLColumnExpression[Any]) -> ColumnElement[Any]:
        """The local day of *moment*, for counting days.

        SQLite knows no zones: there the offset at the month's beginning stands for all of it, which is exact in China.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            return func.date(func.timezone(str(zone_of(self.session)), moment))
        offset = self.begin.utcoffset() or timedelta(0)
        return func.date(moment, literal(f"{offset.total_seconds():+.0f} seconds"))

    @property
    def hours(self) -> Hours:
        """By when a day's records were to be handed in."""
        return hand_in_hours(self.session, self._last_moment)

    @property
    def needs(self) -> dict[str, int]:
        """Grade -> contacts of a whole month (R-FOLL-01)."""
        return {grade: self._figure(figure) for grade, figure in CONTACTS.items()}

    @property
    def late_file(self) -> Decimal:
        """The points that one file handed in late costs (R-CUST-12)."""
        return Decimal(self._figure(LATE_FILE))

    def _figure(self, figure: Any) -> Any:
        return value_on(self.session, figure, self._last_moment)

    @property
    def _last_moment(self) -> datetime:
        return self.end - timedelta(seconds=1)
