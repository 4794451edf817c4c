"""``sounds_like(column, text)`` in SQL: whether letters spell a part of a stored text, as ``pinyin.sounds_like`` says.

SQLite calls that function; PostgreSQL has no such, and matches a regular expression that names the characters.
"""

from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Boolean, Dialect, Engine, String, event, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

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


@event.listens_for(Engine, "connect")
def _teach(connection: Any, record: Any) -> None:
    if isinstance(connection, SqliteConnection):
        connection.create_function("sounds_like", 2, pinyin.sounds_like, deterministic=True)
