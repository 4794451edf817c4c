"""The conditions of a list: filters by kind and operator, and search; each bound to the rows where the field is read."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from ..fields import Face
from ..models import Register
from ..permissions import Person
from .readable import where_read

#: a condition: given the entity or bare table and the person, the SQL expression
Condition = Callable[[Any, Person], ColumnElement[bool]]


def _like(column: Any, text: str, before: str = "%") -> ColumnElement[bool]:
    """Rows with *text* inside (or, *before* being empty, in front), letters of either case; blank text is in none."""
    if not text:
        return false()
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = column.like if text.lower() == text.upper() else column.ilike  # thrice as fast, where letters have no case
    return like(f"{before}{plain}%", escape="\\")


def _between(column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    low, high = [*values, None, None][:2]
    parts = [*([column >= low] if low is not None else []), *([column <= high] if high is not None else [])]
    return and_(*parts)


_OPERATORS: dict[str, Callable[[Any, Sequence[Any]], ColumnElement[bool]]] = {
    "equals": lambda column, values: column == values[0],
    "is": lambda column, values: column == values[0],
    "contains": lambda column, values: _like(column, values[0]),
    "starts": lambda column, values: _like(column, values[0], before=""),
    "between": _between,
    "in": lambda column, values: column.in_(values),
    "not_in": lambda column, values: column.not_in(values) | column.is_(None),
    "empty": lambda column, values: column.is_(None),
    "filled": lambda column, values: column.is_not(None),
}


def filtered(face: Face, operator: str, values: Sequence[Any]) -> Condition:
    """Rows where *face* is read and matches; a masked one matches by its whole value only (R-CONF-06)."""

    def condition(cls: Any, person: Person) -> ColumnElement[bool]:
        column = getattr(cls, face.name)
        if face.kind.name == "choices" and operator == "in":
            matches = or_(*(_like(column, f",{value},") for value in values))
        else:
            matches = _OPERATORS[operator](column, values)
        return and_(matches, where_read(cls, face, person, whole_value=operator == "equals"))

    return condition


def nothing(cls: Any, person: Person) -> ColumnElement[bool]:
    """No row at all: a condition that couldn't be read must not widen what a bulk action reaches."""
    return false()


def searched(register: type[Register], text: str) -> Condition:
    """Rows where one of the register's search fields contains *text*; a masked field by its whole value only."""

    def condition(cls: Any, person: Person) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = []
        for face in register.faces.values():
            if not face.search:
                continue
            column, wanted = getattr(cls, face.name), face.kind.search_key(text)
            parts.append(and_(_like(column, wanted), where_read(cls, face, person)))
            if face.mask:
                parts.append(and_(column == wanted, where_read(cls, face, person, whole_value=True)))
        return or_(false(), *parts)

    return condition
