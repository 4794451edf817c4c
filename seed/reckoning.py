"""The words that formulas know besides a row's own fields."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType, SimpleNamespace
from typing import Any

from admin_app.models import Register
from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .figures import Missing
from .invented import ZONE, Invention, local_day
from .known import Facts, Known
from .people import Company

_CENT = Decimal("0.01")


class The:
    """``the.customer.name``: what the row is about, by table; else the customer's last record of before there."""

    def __init__(self, facts: Facts, moment: datetime, line: Mapping[str, Register] = MappingProxyType({})):
        self._facts, self._moment, self._line = facts, moment, line

    def __getattr__(self, table: str) -> Register:
        if record := self._line.get(table) or self._facts.get(table):
            return record
        if theirs := self._facts.tied(table, self._moment):
            return theirs[-1]
        raise Missing(table)


def words(
    company: Company, known: Known, facts: Facts, written_at: datetime, author: Employee, person: Any
) -> Mapping[str, Any]:
    """What a formula of a row that is about *facts* may say."""
    invent = company.invent
    customer = facts.get("customer")
    journey = company.journeys.get(customer.id, _NOTHING) if customer else _NOTHING
    return _PLAIN | {
        "the": The(facts, written_at),
        "life": journey,
        "author": author,
        "person": person,
        "written": written_at,
        "now": invent.now,
        "today": local_day(invent.now),
        "num": invent.random.randint,
        "pick": lambda *options: invent.random.choice(options),
        "chance": invent.chance,
        "phone": invent.phone,
        "someone": invent.name,
        "shop": invent.in_shop_hours,
        "of": lambda table, **equal: _of(known, table, equal),
        "within": lambda table, name, since, until, **equal: [
            one
            for one in _of(known, table, equal)
            if getattr(one, name) is not None and since <= day(getattr(one, name)) <= until
        ],
        "staff": lambda role: company.of_role(Role(role)),
        "named": lambda username: company.people[username],
        "get": lambda table, id_: _get(known, table, id_),
        "one": lambda found: _one(invent, found),
        "serial": lambda prefix, at: _serial(company, prefix, day(at).year),
    }


_NOTHING = SimpleNamespace(agreed_at=None, signed_at=None, started_at=None, finished_at=None, consulted_at=None)


def _of(known: Known, table: str, equal: Mapping[str, Any]) -> list[Register]:
    return [one for one in known.of(table) if all(getattr(one, name) == value for name, value in equal.items())]


def _get(known: Known, table: str, id_: int | None) -> Register:
    if id_ is None:
        raise Missing(table)
    return known.get(table, id_)


def _one(invent: Invention, found: Sequence[Any]) -> Any:
    if not found:
        raise Missing("one of nothing")
    return invent.random.choice(found)


def _serial(company: Company, prefix: str, year: int) -> str:
    """The next number of a paper pad: gone through in the order of writing."""
    company.pads[prefix, year] += 1
    return f"{prefix}-{year}-{company.pads[prefix, year]:04}"


def day(moment: date | datetime | None) -> date:
    if moment is None:
        raise Missing("day")
    return local_day(moment) if isinstance(moment, datetime) else moment


def _at(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute), ZONE)


def _last(on: date) -> date:
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def _quarter_from(on: date) -> date:
    return on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)


def _total(lines: Iterable[Any] | None, name: str) -> Any:
    figures = [line[name] if isinstance(line, dict) else getattr(line, name) for line in lines or ()]
    return sum(figure for figure in figures if figure is not None)


def _percent(part: Any, whole: Any) -> Decimal | None:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_CENT, ROUND_HALF_UP) if whole else None


def _ago(earlier: date | datetime | None, later: date | datetime | None) -> int:
    return (day(later) - day(earlier)).days


_PLAIN: Mapping[str, Any] = {
    "day": day,
    "at": _at,
    "days": lambda number: timedelta(days=number),
    "minutes": lambda number: timedelta(minutes=number),
    "between": _ago,
    "first": lambda on: day(on).replace(day=1),
    "last": lambda on: _last(day(on)),
    "monday": lambda on: day(on) - timedelta(days=day(on).weekday()),
    "quarter_from": lambda on: _quarter_from(day(on)),
    "quarter": lambda on: f"{day(on).year}年第{'一二三四'[(day(on).month - 1) // 3]}季度",
    "total": _total,
    "percent": _percent,
    "money": lambda figure: Decimal(figure).quantize(_CENT, ROUND_HALF_UP),
    "min": min,
    "max": max,
    "Decimal": Decimal,
}
