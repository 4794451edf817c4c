"""Pinyin in SQL: ``sounds_like(column, text)``, whether letters spell a part of a stored text, as ``pinyin.sounds_like``
says, and ``by_sound(column)``, the order of a dictionary.

SQLite calls our functions; PostgreSQL has none such: it matches a regular expression that names the characters, and
sorts by a collation, which a migration makes.
"""

from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Boolean, Dialect, Engine, String, event, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from ..models import Register
from . import pinyin


class Spelling(TypeDecorator[str]):
    """Letters as they were typed; for PostgreSQL the expression that they stand for."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return pinyin.pattern(value) if value and dialect.name == "postgresql" else value


class _SoundsLike(FunctionElement[bool]):
    name = "sounds_like"
    type = Boolean()
    inherit_cache = True


def sounds_like(column: Any, text: Any) -> Any:
    """Whether *text*, a value or one bound at execution, spells a part of *column* in pinyin."""
    return _SoundsLike(column, type_coerce(text, Spelling()))


@compiles(_SoundsLike)
def _call(element: Any, compiler: Any, **how: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **how)})"


@compiles(_SoundsLike, "postgresql")
def _match(element: Any, compiler: Any, **how: Any) -> str:
    column, text = element.clauses
    return f"{compiler.process(column, **how)} ~ {compiler.process(text, **how)}"


def put_in_order(record: Register) -> None:
    """Keep beside a name that its register is listed by what it is sorted by, for the list's indexes."""
    if record.sorts_by_sound:
        record.sort_text = pinyin.sort_text(getattr(record, record.sorts_by_sound) or "")


class _BySound(FunctionElement[str]):
    name = "by_sound"
    type = String()
    inherit_cache = True


def by_sound(column: Any) -> Any:
    """What rows are sorted by to have the words of *column* in the order of their pinyin."""
    return _BySound(column)


@compiles(_BySound)
def _sort_text(element: Any, compiler: Any, **how: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **how)})"


@compiles(_BySound, "postgresql")
def _collate(element: Any, compiler: Any, **how: Any) -> str:
    return f"{compiler.process(element.clauses, **how)} COLLATE by_sound"


@event.listens_for(Engine, "connect")
def _teach(connection: Any, record: Any) -> None:
    if isinstance(connection, SqliteConnection):
        connection.create_function("sounds_like", 2, pinyin.sounds_like, deterministic=True)
        connection.create_function("by_sound", 1, _order, deterministic=True)


def _order(value: str | None) -> str | None:
    return None if value is None else pinyin.sort_text(value)
