"""Filters of a list: the operators of each kind in words, their values read from the address, the sentence of a chip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...class_words import Due
from ...fields import Face, Fault, Reading
from ...guard.conditions import Condition, filtered, nothing
from ...models import Register
from ...operations.due import overdue
from ...permissions import Person
from ...texts import Several, Text, say, several, word
from ..words import words
from .periods import PERIODS, period

SPACE, YES, NO = word(" "), word("是"), word("否")
#: operator -> words on the screen, how many values it takes
OPERATORS: dict[str, tuple[Any, int]] = {
    "contains": (word("包含"), 1),
    "equals": (word("等于"), 1),
    "starts": (word("开头是"), 1),
    "between": (word("介于"), 2),
    "in": (word("是", "operator"), 1),
    "not_in": (word("不是"), 1),
    "is": (word("是", "operator"), 1),
    "me": (word("是我"), 0),
    "my_store": (word("是本店"), 0),
    "my_department": (word("是本部门"), 0),
    "late": (word("已逾期"), 0),
    "today": (word("今天"), 0),
    "this_week": (word("本周"), 0),
    "this_month": (word("本月"), 0),
    "last_month": (word("上月"), 0),
    "this_year": (word("今年"), 0),
    "last_days": (word("最近几天"), 1),
    "next_days": (word("今后几天"), 1),
    "empty": (word("为空"), 0),
    "filled": (word("已填"), 0),
}
#: of links to these, what is the person's own
MINE: dict[str, tuple[str, Callable[[Person], int | None]]] = {
    "employee": ("me", lambda person: person.id),
    "store": ("my_store", lambda person: person.store_id),
    "department": ("my_department", lambda person: person.department_id),
}
_OWN = {operator: own for operator, own in MINE.values()}


@dataclass(frozen=True)
class Asker:
    """Who asks a list of *register*, and when: what is mine, today and overdue depends on it.

    *find* gives the record that a link's filter means, and its title.
    """

    register: type[Register]
    person: Person
    reading: Reading
    now: datetime
    find: Callable[[Face, str], tuple[int, str]]


@dataclass(frozen=True)
class Filter:
    """One filter set on a list: as typed, and as a condition (which nothing meets when it couldn't be read).

    The conditions of one *group* hold together; of several groups one is enough.
    """

    face: Face
    operator: str
    values: tuple[str, ...]
    condition: Condition
    fault: Text | None = None
    group: int = 1

    @property
    def name(self) -> str:
        """The parameter of the address that carries it."""
        return parameter(self.face, self.group)

    def sentence(self, reading: Reading) -> str:
        """The chip: 顾客来源 是 朋友介绍."""
        return words(self.told(reading))

    def told(self, reading: Reading) -> Text | Several:
        """The same for whoever reads it later, in their language."""
        told = several(
            [word(self.face.label), *self._asked([self._shown(value, reading) for value in self.values])], SPACE
        )
        return say("{text}（{note}）", text=told, note=self.fault) if self.fault else told

    def _asked(self, shown: list[str]) -> list[Any]:
        operator = OPERATORS[self.operator][0]
        if self.operator == "between":
            return [operator, say("{low} 至 {high}", low=self.values[0] or "…", high=(*self.values, "", "")[1] or "…")]
        if self.operator == "last_days":
            return [say("最近 {n} 天", n=shown[0])]
        if self.operator == "next_days":
            return [say("今后 {n} 天", n=shown[0])]
        return [operator, several(shown)] if shown else [operator]

    def _shown(self, value: str, reading: Reading) -> str:
        if self.face.codes:
            return reading.options(self.face.codes).get(value, value)
        return {"yes": YES, "no": NO}.get(value, value) if self.face.kind.name == "yesno" else value


def parameter(face: Face, group: int = 1) -> str:
    """The parameter of the address that carries the filter on *face*: f-name, in the second group f-2-name."""
    return f"f-{face.name}" if group == 1 else f"f-{group}-{face.name}"


def operators_of(register: type[Register], face: Face) -> list[str]:
    """The operators a filter on *face* offers; none where the kind can't be asked for."""
    own = [MINE[face.to][0]] if face.to in MINE else []
    relative = list(PERIODS) if face.kind.name in ("day", "moment") else []
    late = ["late"] if register.due and Due.of(register.due).field == face.name else []
    known = [operator for operator in face.kind.operators if operator in OPERATORS]
    return [*known[:1], *own, *late, *relative, *known[1:]]


def read_filter(asker: Asker, face: Face, operator: str, typed: Sequence[str], group: int = 1) -> Filter | None:
    """The filter set in the address; None where nothing is asked."""
    offered = operators_of(asker.register, face)
    operator = operator if operator in offered else offered[0]
    takes = OPERATORS[operator][1]
    values = tuple(value.strip() for value in typed)
    if takes and not any(values):
        return None
    try:
        if face.to and takes:
            id_, title = asker.find(face, values[0])
            return Filter(face, operator, (title,), filtered(face, operator, [id_]), group=group)
        condition = _condition(asker, face, operator, values)
        return Filter(face, operator, values if takes else (), condition, group=group)
    except Fault as fault:
        return Filter(face, operator, values, nothing, fault.reason, group)


def _condition(asker: Asker, face: Face, operator: str, values: tuple[str, ...]) -> Condition:
    reading = asker.reading
    if operator in PERIODS:
        return filtered(face, "between", period(face, operator, values, reading, asker.now))
    if operator in _OWN:
        mine = _OWN[operator](asker.person)
        return nothing if mine is None else filtered(face, "is", [mine])
    if operator == "late":
        return overdue(asker.register, reading, asker.now)
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
