"""Filters of a list: the operators of each kind in words, their values read from the address, the sentence of a chip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from ...fields import Face, Fault, Reading
from ...guard.conditions import Condition, filtered, nothing
from ...texts import Text
from ..input import whole
from ..words import words

#: operator -> words on the screen, how many values it takes
OPERATORS: dict[str, tuple[Any, int]] = {
    "contains": (_l("包含"), 1),
    "equals": (_l("等于"), 1),
    "starts": (_l("开头是"), 1),
    "between": (_l("介于"), 2),
    "in": (_lp("operator", "是"), 1),
    "not_in": (_l("不是"), 1),
    "is": (_lp("operator", "是"), 1),
    "today": (_l("今天"), 0),
    "this_week": (_l("本周"), 0),
    "this_month": (_l("本月"), 0),
    "last_days": (_l("最近几天"), 1),
    "empty": (_l("为空"), 0),
    "filled": (_l("已填"), 0),
}
_RELATIVE = ("today", "this_week", "this_month", "last_days")


@dataclass(frozen=True)
class Filter:
    """One filter set on a list: as typed, and as a condition (which nothing meets when it couldn't be read)."""

    face: Face
    operator: str
    values: tuple[str, ...]
    condition: Condition
    fault: Text | None = None

    def sentence(self, reading: Reading) -> str:
        """The chip: 顾客来源 是 朋友介绍."""
        label, operator = words(self.face.label), str(OPERATORS[self.operator][0])
        shown = _("、").join(self._shown(value, reading) for value in self.values)
        if self.operator == "between":
            shown = _("%(low)s 至 %(high)s", low=self.values[0] or "…", high=(*self.values, "", "")[1] or "…")
        text = f"{label} {operator} {shown}".strip()
        return _("%(text)s（%(note)s）", text=text, note=words(self.fault)) if self.fault else text

    def _shown(self, value: str, reading: Reading) -> str:
        if self.face.codes:
            return reading.options(self.face.codes).get(value, value)
        return {"yes": _("是"), "no": _("否")}.get(value, value) if self.face.kind.name == "yesno" else value


def operators_of(face: Face) -> list[str]:
    """The operators a filter on *face* offers."""
    relative = _RELATIVE if face.kind.name in ("day", "moment") else ()
    known = [operator for operator in face.kind.operators if operator in OPERATORS]
    return [*known[:1], *relative, *known[1:]]


def read_filter(
    face: Face,
    operator: str,
    typed: Sequence[str],
    reading: Reading,
    now: datetime,
    find: Callable[[Face, str], tuple[int, str]],
) -> Filter | None:
    """The filter set in the address; None where nothing is asked. *find* gives the record of a link, and its title."""
    operator = operator if operator in operators_of(face) else operators_of(face)[0]
    takes = OPERATORS[operator][1]
    values = tuple(value.strip() for value in typed)
    if takes and not any(values):
        return None
    try:
        if face.to and takes:
            id_, title = find(face, values[0])
            return Filter(face, operator, (title,), filtered(face, operator, [id_]))
        return Filter(face, operator, values if takes else (), _condition(face, operator, values, reading, now))
    except Fault as fault:
        return Filter(face, operator, values, nothing, fault.reason)


def _condition(face: Face, operator: str, values: tuple[str, ...], reading: Reading, now: datetime) -> Condition:
    if operator in _RELATIVE:
        return filtered(face, "between", _period(face, operator, values, reading, now))
    if operator in ("contains", "starts"):
        return filtered(face, operator, [face.kind.search_key(values[0])])
    if operator in ("empty", "filled"):
        return filtered(face, operator, [])
    # a filter may ask for retired codes, as records still have them
    reading = reading.allowing(reading.retired(face.codes)) if face.codes else reading
    if operator == "between":
        low, high = ((value and face.kind.span(value, reading)) for value in (*values, "")[:2])
        return filtered(face, operator, [low[0] if low else None, high[1] if high else None])
    if operator == "equals":
        first, last = face.kind.span(values[0], reading)
        return filtered(face, "equals", [first]) if first == last else filtered(face, "between", [first, last])
    read = [face.kind.parse(value, reading) for value in values if value]
    if face.kind.name == "choices":
        read = [code for codes in read for code in codes]
    return filtered(face, operator, read)


def _period(face: Face, operator: str, values: tuple[str, ...], reading: Reading, now: datetime) -> list[Any]:
    today = now.astimezone(reading.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = today, today + timedelta(days=1)
    if operator == "this_week":
        first = today - timedelta(days=today.weekday())
        last = first + timedelta(days=7)
    elif operator == "this_month":
        first = today.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1)
    elif operator == "last_days":
        days = (whole(values[0]) if values else None) or 7
        first = today - timedelta(days=min(days, 36500) - 1)
    if face.kind.name == "day":
        return [first.date(), (last - timedelta(days=1)).date()]
    return [first, last - timedelta(microseconds=1)]
