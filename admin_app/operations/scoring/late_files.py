"""Files handed in after their own day, or not at all: they cost points in the month of that day (R-CUST-12).

Which registers, their declarations say (``late_costs``). What was told when the month ended counts: who is scored may still
change it. A file that a ledger brought in says nothing of when it was written, and without a day of handing in it isn't late.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select

from ...class_words import LateCost
from ...models import Register, all_registers
from ...rules.filing import is_filed_late
from ...rules.scoring import Kind, Part
from ...texts import Text, say
from ..today import end_of_day
from .as_of import changed_since, held_at, newest_before, values_before
from .in_charge import parent_of
from .information import handed_in_at
from .period import Fault, Period


def late_files(period: Period) -> Iterator[Fault]:
    """One fault for each file that is late, of who had charge of it when its day was over."""
    for register in all_registers().values():
        if register.late_costs:
            yield from _of_register(period, register, LateCost.of(register.late_costs))


def _of_register(period: Period, register: type[Register], told: LateCost) -> Iterator[Fault]:
    before = values_before(period.session, register, (told.due, *told.handed_in), period.end)
    late = [one for row in _asked(period, register, told) if (one := _late(period, told, row, before.get(row.id, {})))]
    ends = [(row.followed, end_of_day(period.session, due)) for row, due, _why in late]
    then = held_at(period.session, _followed(register, told.person)[0], told.person, ends)
    for (row, due, why), end in zip(late, ends, strict=True):
        if (person := then.get(end, row.person)) in period.people:
            fault = Part.INFORMATION, Kind.LATE, period.late_file, register.__tablename__, row.id, due, why
            yield Fault(person, *fault)


def _followed(register: type[Register], person: str) -> tuple[type[Register], str]:
    """Where the trail tells whose a record was, and by which field of it: what it belongs to, else itself."""
    return parent_of(register, person) or (register, "id")


def _asked(period: Period, register: Any, told: LateCost) -> list[Any]:
    """The files due in the month, and those that have become due on another day since."""
    due, entered = getattr(register, told.due), handed_in_at(register)
    moved = changed_since(register, [told.due], newest_before(period.session, period.end)).subquery()
    days = [getattr(register, name) for name in told.handed_in]
    person, followed = getattr(register, told.person), getattr(register, _followed(register, told.person)[1])
    labelled = person.label("person"), followed.label("followed"), entered.label("entered")
    asked: Select[Any] = select(register.id, due, *days, *labelled)
    asked = asked.where(
        register.voided_at.is_(None), or_(period.holds(due), register.id.in_(select(moved.c.record_id)))
    )
    return list(period.session.execute(asked.order_by(register.id)))


def _late(period: Period, told: LateCost, row: Any, before: dict[str, Any]) -> tuple[Any, date, Text] | None:
    """The row, its day and what was wrong; None where nothing was, or the day is in no day of this month."""
    held = {name: getattr(row, name) for name in (told.due, *told.handed_in)} | before
    due = _day(period, held[told.due])
    if due is None or not period.month.first <= due <= period.month.last:
        return None
    handed_in = next((day for name in told.handed_in if (day := _day(period, held[name]))), None)
    from_ledger = row.entered is None
    if (handed_in is None and from_ledger) or not is_filed_late(due, handed_in, period.month.next.first):
        return None
    return row, due, _why(due, handed_in)


def _why(due: date, handed_in: date | None) -> Text:
    if handed_in is None:
        return say("应在 {due} 前交档，月末未交", due=f"{due:%m-%d}")
    return say("应在 {due} 前交档，{handed_in} 才交", due=f"{due:%m-%d}", handed_in=f"{handed_in:%m-%d}")


def _day(period: Period, value: date | datetime | str | None) -> date | None:
    """The local day of what a record holds, or of what the trail says that it held."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return None if value is None else period.day_of(value)
