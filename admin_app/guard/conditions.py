"""The conditions of a list: filters by kind and operator, and search; each bound to the rows where the field is read."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, true

from ..fields import Face
from ..models import Register
from ..permissions import Person
from .readable import where_read

#: of a column and the values, as they are or bound, the comparison
Match = Callable[[Any, Sequence[Any]], ColumnElement[bool]]


@dataclass(frozen=True)
class Condition:
    """A condition on the entity or bare table of one register, for one person.

    Conditions of one *form* differ in their *values* alone: they count as equal, and lists keep one statement for them,
    in which the values are bound.
    """

    form: Hashable
    values: tuple[Any, ...] = field(compare=False)
    build: Callable[[Any, Person, Sequence[Any]], ColumnElement[bool]] = field(compare=False)

    def __call__(self, cls: Any, person: Person) -> ColumnElement[bool]:
        return self.build(cls, person, self.values)

    def bound(self, cls: Any, person: Person, prefix: str) -> ColumnElement[bool]:
        """The same with every value bound at execution, to the names of ``binds``."""
        names = [bindparam(name, expanding=isinstance(value, list)) for name, value in self.binds(prefix).items()]
        return self.build(cls, person, names)

    def binds(self, prefix: str) -> dict[str, Any]:
        return {f"{prefix}_{number}": value for number, value in enumerate(self.values)}


def filtered(face: Face, operator: str, values: Sequence[Any]) -> Condition:
    """Rows where *face* is read and matches; a masked one matches by its whole value only (R-CONF-06)."""
    how, wanted, match = _MATCHES[operator](values)
    if face.kind.name == "choices" and operator == "in":
        how, wanted, match = _texts([f",{value}," for value in values])

    def build(cls: Any, person: Person, asked: Sequence[Any]) -> ColumnElement[bool]:
        read = where_read(cls, face, person, whole_value=operator == "equals")
        return and_(match(getattr(cls, face.name), asked), read)

    return Condition((face.name, operator, how), tuple(wanted), build)


def nothing(cls: Any, person: Person) -> ColumnElement[bool]:
    """No row at all: a condition that couldn't be read must not widen what a bulk action reaches."""
    return false()


def searched(register: type[Register], text: str) -> Condition:
    """Rows where one of the register's search fields contains *text*; a masked field by its whole value only."""
    asked = [(face, face.kind.search_key(text)) for face in register.faces.values() if face.search]
    matches = [_texts([wanted]) for _face, wanted in asked]

    def build(cls: Any, person: Person, values: Sequence[Any]) -> ColumnElement[bool]:
        left, parts = list(values), []
        for (face, _wanted), (_how, patterns, match) in zip(asked, matches, strict=True):
            column, mine = getattr(cls, face.name), [left.pop(0) for _ in patterns]
            parts.append(and_(match(column, mine), where_read(cls, face, person)))
            if face.mask:
                parts.append(and_(column == left.pop(0), where_read(cls, face, person, whole_value=True)))
        return or_(false(), *parts)

    values = [
        value for (face, wanted), (_how, patterns, _match) in zip(asked, matches, strict=True)
        for value in (*patterns, *([wanted] if face.mask else []))
    ]  # fmt: skip
    return Condition(("search", tuple((face.name, how) for (face, _), (how, _p, _m) in zip(asked, matches, strict=True))),
                     tuple(values), build)  # fmt: skip


#: what tells one form from another, the values, and how they are compared
Matching = tuple[Hashable, Sequence[Any], Match]


def _texts(texts: Sequence[str], before: str = "%") -> Matching:
    """Rows with one of *texts* inside (or, *before* being empty, in front), letters of either case; blank text is in none."""
    texts = [text for text in texts if text]
    lettered = any(text.lower() != text.upper() for text in texts)

    def match(column: Any, patterns: Sequence[Any]) -> ColumnElement[bool]:
        like = column.ilike if lettered else column.like  # thrice as fast, where letters have no case
        return or_(false(), *(like(pattern, escape="\\") for pattern in patterns))

    return (before, lettered, len(texts)), [f"{before}{_escaped(text)}%" for text in texts], match


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _same(values: Sequence[Any]) -> Matching:
    return None, values[:1], lambda column, asked: column == asked[0]


def _between(values: Sequence[Any]) -> Matching:
    ends = tuple(zip((">=", "<="), [*values, None, None][:2], strict=True))
    given = [(sign, value) for sign, value in ends if value is not None]

    def match(column: Any, asked: Sequence[Any]) -> ColumnElement[bool]:
        ends = [
            column >= one if sign == ">=" else column <= one for (sign, _value), one in zip(given, asked, strict=True)
        ]
        return and_(true(), *ends)

    return tuple(sign for sign, _value in given), [value for _sign, value in given], match


def _one_of(values: Sequence[Any]) -> Matching:
    return None, [list(values)], lambda column, asked: column.in_(asked[0])


def _none_of(values: Sequence[Any]) -> Matching:
    return None, [list(values)], lambda column, asked: column.not_in(asked[0]) | column.is_(None)


_MATCHES: dict[str, Callable[[Sequence[Any]], Matching]] = {
    "equals": _same,
    "is": _same,
    "contains": lambda values: _texts(values[:1]),
    "starts": lambda values: _texts(values[:1], before=""),
    "between": _between,
    "in": _one_of,
    "not_in": _none_of,
    "empty": lambda values: (None, (), lambda column, asked: column.is_(None)),
    "filled": lambda values: (None, (), lambda column, asked: column.is_not(None)),
}
