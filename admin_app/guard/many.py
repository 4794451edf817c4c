"""Many rows of a table in one statement, past the unit of work: a month's score writes 25,000, a ledger a million.

On PostgreSQL row by row takes a message each, so the rows go as one array a column, written here where the driver would
take longer for it than the server for the row; on SQLite they go to the driver as they are, since SQLAlchemy's own
parameters cost more there than the row.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, String, Table, TextClause, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

_POSTGRESQL = postgresql.dialect()
_Processor = Callable[[Any], Any]


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert *rows*, each with every column of *table*, in their order."""
    if not rows:
        return
    columns = [_column(connection.dialect, column.type, [row[column.name] for row in rows]) for column in table.c]
    if connection.dialect.name == "postgresql":
        connection.execute(_from_arrays(table), dict(zip(table.c.keys(), map(_array, columns), strict=True)))
    else:
        connection.exec_driver_sql(_one_by_one(table), list(zip(*columns, strict=True)))


def _column(dialect: Dialect, kind: TypeEngine[Any], values: list[Any]) -> list[Any]:
    """*values* as the driver takes them; alike ones, such as the moment of all rows, are worked out once."""
    process: _Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    taken: dict[Any, Any] = {None: None}
    for value in values:
        if value not in taken:
            taken[value] = process(value)
    return [taken[value] for value in values]


def _array(values: list[Any]) -> list[Any] | str:
    """*values* as PostgreSQL writes an array, where all are of one plain type; else they are left to the driver."""
    kinds = set(map(type, values)) - {type(None)}
    write = _WRITERS.get(kinds.pop()) if len(kinds) == 1 else None
    if write is None:
        return values
    return f"{{{','.join(['NULL' if value is None else write(value) for value in values])}}}"


def _quoted(value: str) -> str:
    """Texts alone may hold what an array's own signs are."""
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


#: type -> how its values stand in an array
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    int: str,
    datetime: lambda moment: f'"{moment.isoformat()}"',
    date: date.isoformat,
    bytes: lambda content: f'"\\\\x{content.hex()}"',
}


@cache
def _one_by_one(table: Table) -> str:
    return f"INSERT INTO {table.name} ({_names(table)}) VALUES ({', '.join('?' * len(table.c))})"


@cache
def _from_arrays(table: Table) -> TextClause:
    arrays = ", ".join(f"CAST(:{column.name} AS {_array_of(column.type)})" for column in table.c)
    return text(f"INSERT INTO {table.name} ({_names(table)}) SELECT * FROM unnest({arrays})")


def _names(table: Table) -> str:
    return ", ".join(_POSTGRESQL.identifier_preparer.format_column(column) for column in table.c)


def _array_of(kind: TypeEngine[Any]) -> str:
    """Texts without their length: cast to it, one too long would be cut instead of refused."""
    kept = kind.impl if isinstance(kind, TypeDecorator) else kind
    return "TEXT[]" if isinstance(kept, String) else f"{kind.compile(_POSTGRESQL)}[]"
