"""Faults of the records that a register counts in the score: incomplete, late, untrue (R-SCOR-01, R-CUST-05).

Which registers and which of their fields, their declarations say (``scored``). What has an hour of its own is late by that;
else by when it was entered, except for what came in as a ledger: that says nothing of when it was written.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, null, or_, select

from ...class_words import Scored
from ...fields.columns import UtcMoment
from ...models import Register, all_registers
from ...rules.registering import due_at, is_late
from ...rules.scoring import Kind, Part
from ...texts import Text, say, several
from ...working.imports import ImportLine
from .as_of import values_before
from .in_charge import InCharge
from .period import ONE, Fault, Period

#: the list by which a source is found right or wrong, and what is wrong in it
_VERDICTS, _WRONG = "source_verdict", "wrong"


def information_faults(period: Period) -> Iterator[Fault]:
    """What is incomplete, late or has a wrong source, once per kind and record."""
    for register in all_registers().values():
        if register.scored:
            yield from _of_register(period, register)
        elif _verdicts(register):
            yield from _unlinked(period, register)


def _of_register(period: Period, register: type[Register]) -> Iterator[Fault]:
    scored = Scored.of(register.scored)
    told = (*scored.expects, *filter(None, (scored.handed_in, scored.leave)))
    changed = values_before(period.session, register, told, period.end)
    for row in period.session.execute(_suspects(period, register, scored, list(changed))):
        before = changed.get(row.id, {})
        found = {
            Kind.INCOMPLETE: _empty(register, scored, row, before),
            Kind.LATE: _late(period, scored, row, before),
            Kind.UNTRUE: say("来源核对有误") if row.wrong else None,
        }
        for kind, why in found.items():
            if why is not None:
                day = period.day_of(row.happened)
                yield Fault(row.person, Part.INFORMATION, kind, ONE, register.__tablename__, row.id, day, why)


def _suspects(period: Period, register: type[Register], scored: Scored, changed: list[int]) -> Any:
    """The month's rows in which something may be wrong: the others, nearly all, never leave the database."""
    happened = getattr(register, scored.day)
    whose = InCharge(period, register, scored.person)
    leave = getattr(register, scored.leave) if scored.leave else literal(False)
    wrong, handed_in = _is_wrong(register), handed_in_at(register, scored.handed_in)
    due = [literal(due_at(day, False, period.hours), UtcMoment()) for day in period.month.days]
    expected = [getattr(register, name) for name in scored.expects]
    columns = [register.id, whose.person.label("person"), happened.label("happened"), handed_in.label("handed_in")]
    columns.append(handed_in_at(register).label("entered"))
    asked = select(*columns, func.coalesce(leave, False).label("leave"), wrong.label("wrong"), *expected)
    return (
        whose.joined(asked)
        .where(register.voided_at.is_(None), period.holds(happened), whose.person.in_(period.people))
        .where(
            or_(
                wrong,
                handed_in > period.by_day(happened, due),
                register.id.in_(changed),
                *(one.is_(None) for one in expected),
            )
        )
        .order_by(register.id)
    )


def handed_in_at(register: type[Register], name: str = "") -> ColumnElement[Any]:
    """When a record was handed in: by its own field *name*, else when it was entered; NULL where only a ledger tells."""
    from_ledger = exists().where(
        ImportLine.table_name == register.__tablename__,
        ImportLine.record_id == register.id,
        ImportLine.verdict == "added",
    )
    entered = case((from_ledger, null()), else_=register.created_at)
    return func.coalesce(getattr(register, name), entered) if name else entered


def _empty(register: type[Register], scored: Scored, row: Any, before: dict[str, Any]) -> Text | None:
    """The expected fields that were empty when the month ended, in words."""
    values = {name: before.get(name, getattr(row, name)) for name in scored.expects}
    empty = [register.faces[name].label for name, value in values.items() if value in (None, "", [], ())]
    return say("月末未填：{fields}", fields=several(empty)) if empty else None


def _late(period: Period, scored: Scored, row: Any, before: dict[str, Any]) -> Text | None:
    """By hour and leave as they stood when the month ended: who is scored may still change them (R-CUST-05)."""
    handed_in, leave = _handed_in(scored, row, before), bool(before.get(scored.leave, row.leave))
    if handed_in is None or not is_late(handed_in, row.happened, leave, period.hours):
        return None
    handed_in, due = handed_in.astimezone(period.hours.zone), due_at(row.happened, leave, period.hours)
    return say("应在 {due} 前上交，{handed_in} 才上交", due=f"{due:%m-%d %H:%M}", handed_in=f"{handed_in:%m-%d %H:%M}")


def _handed_in(scored: Scored, row: Any, before: dict[str, Any]) -> datetime | None:
    if scored.handed_in not in before:
        return row.handed_in
    hour = before[scored.handed_in]
    return row.entered if hour is None else datetime.fromisoformat(hour)


def _verdicts(register: type[Register]) -> list[str]:
    """The fields in which a source is found right or wrong."""
    return [face.name for face in register.faces.values() if face.codes == _VERDICTS]


def _links(register: type[Register], to: type[Register]) -> list[str]:
    return [face.name for face in register.faces.values() if face.to == to.__tablename__]


def _says_wrong(register: type[Register]) -> ColumnElement[bool]:
    return or_(*(getattr(register, name) == _WRONG for name in _verdicts(register)))


def _is_wrong(register: type[Register]) -> ColumnElement[bool]:
    """Rows of *register* whose source was found wrong: by themselves, or by a check that names them."""
    found: list[ColumnElement[bool]] = [getattr(register, name) == _WRONG for name in _verdicts(register)]
    for check in all_registers().values():
        if _verdicts(check) and not check.scored:
            for name in _links(check, register):
                wrong = select(getattr(check, name)).where(check.voided_at.is_(None), _says_wrong(check))
                found.append(register.id.in_(wrong.where(getattr(check, name).is_not(None))))
    return func.coalesce(or_(*found), False) if found else literal(False)


def _unlinked(period: Period, check: type[Register]) -> Iterator[Fault]:
    """Wrong sources found by a check that names no record of those scored: then the check itself is the evidence."""
    links = [name for other in all_registers().values() if other.scored for name in _links(check, other)]
    day = getattr(check, check.declaration.sort)
    alone = and_(*(getattr(check, name).is_(None) for name in links))
    whose = InCharge(period, check, "owner_id")
    rows = whose.joined(select(check.id, whose.person.label("person"), day.label("day"))).where(
        check.voided_at.is_(None), _says_wrong(check), alone, period.holds(day), whose.person.in_(period.people)
    )
    for row in period.session.execute(rows.order_by(check.id)):
        found = Part.INFORMATION, Kind.UNTRUE, ONE, check.__tablename__, row.id, period.day_of(row.day)
        yield Fault(row.person, *found, say("来源核对有误"))
