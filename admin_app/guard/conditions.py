"""The conditions of a list: filters by kind and operator, and search; each bound to the rows where the field is read."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    String,
    and_,
    any_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine

from ..fields import Face
from ..models import Register
from ..permissions import Person
from .pinyin import spelled
from .readable import where_read
from .sounding import sounds_like

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
    #: of some rows alone, found sooner: enough where one counts to a limit and they reach it
    sample: "Condition | None" = field(default=None, compare=False)

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


#: no row at all: a condition that couldn't be read must not widen what a bulk action reaches
nothing = Condition("nothing", (), lambda cls, person, values: false())


def either(groups: Sequence[Sequence[Condition]]) -> Condition:
    """Rows that meet every condition of at least one of *groups*."""

    def build(cls: Any, person: Person, values: Sequence[Any]) -> ColumnElement[bool]:
        left = iter(values)
        return or_(
            *(and_(*(one.build(cls, person, list(islice(left, len(one.values)))) for one in group)) for group in groups)
        )

    form = ("either", tuple(tuple(one.form for one in group) for group in groups))
    return Condition(form, tuple(value for group in groups for one in group for value in one.values), build)


class IdList(TypeDecorator[str]):
    """Ids as a database has listed them; PostgreSQL gets an array, since it would read a text anew for every row."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return [int(id_) for id_ in value[1:-1].split(",")] if value and dialect.name == "postgresql" else value


@dataclass(frozen=True)
class Proposed:
    """Ids of records that a search may find, and the fields it may find them by; no other finds any.

    However many the ids are, they are one value, and each is looked up once, whatever field proposes it.
    """

    dialect: str
    fields: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()

    def some(self, number: int) -> "Proposed | None":
        """So many of them; None where there are no more than that."""
        return replace(self, ids=self.ids[:number]) if len(self.ids) > number else None

    def value(self) -> str:
        """The ids as they are bound: a list as the database writes it."""
        start, end = "{}" if self.dialect == "postgresql" else "[]"
        return f"{start}{','.join(self.ids)}{end}"

    def among(self, column: Any, ids: Any) -> ColumnElement[bool]:
        """Whether *column* is one of *ids*, a value or one bound at execution."""
        ids = type_coerce(ids, IdList())
        if self.dialect == "sqlite":
            return column.in_(select(func.json_each(ids).table_valued("value").c.value))
        return column == any_(ids)


def searched(register: type[Register], text: str, proposed: Proposed | None = None) -> Condition:
    """Rows where one of the register's search fields contains *text*, or words that it spells; a masked field by its whole
    value only. With what an index has *proposed* only those rows are looked at (``guard.searching``)."""
    sought = [_Sought.of(face, text) for face in register.faces.values() if face.search]
    if proposed is not None:
        sought = [one for one in sought if one.face.name in proposed.fields]
    ids = [proposed.value()] if proposed and sought else []

    def build(cls: Any, person: Person, values: Sequence[Any]) -> ColumnElement[bool]:
        left = iter(values)
        among = [proposed.among(cls.id, next(left)) for _ in ids if proposed]
        return and_(*among, or_(false(), *(one.condition(cls, person, left) for one in sought)))

    form = ("search", proposed and proposed.dialect, tuple(one.form() for one in sought))
    return Condition(form, tuple(ids + [value for one in sought for value in one.values()]), build)


@dataclass(frozen=True)
class _Sought:
    """How one field is searched: for a text in the form in which the field keeps it, and if it is letters, as pinyin."""

    face: Face
    wanted: str
    how: Hashable
    patterns: Sequence[str]
    match: Match
    spelled: str

    @classmethod
    def of(cls, face: Face, text: str) -> "_Sought":
        wanted = face.kind.search_key(text)
        return cls(face, wanted, *_texts([wanted]), text if face.kind.words and spelled(text) else "")

    def form(self) -> Hashable:
        return self.face.name, self.how, bool(self.spelled)

    def values(self) -> Iterator[str]:
        """In the order in which ``condition`` takes them."""
        if self.spelled:
            yield self.spelled
        yield from self.patterns
        if self.face.mask:
            yield self.wanted

    def condition(self, cls: Any, person: Person, values: Iterator[Any]) -> ColumnElement[bool]:
        column = getattr(cls, self.face.name)
        spelled = [sounds_like(column, next(values))] if self.spelled else []
        matching = or_(*spelled, self.match(column, [next(values) for _ in self.patterns]))
        found = and_(matching, where_read(cls, self.face, person))
        if self.face.mask:
            whole = and_(column == next(values), where_read(cls, self.face, person, whole_value=True))
            found = or_(found, whole)
        return found


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
