"""Building the index of fragments anew from the records: after a migration, or where it is thought to be wrong.

Runs as the owner, beneath every rule: nothing of the records leaves here but their tokens.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from ..models import Register, all_registers
from ..working.search import SearchGram
from .search_index import first_key, is_marked, key_after, mark_built, search_faces, tokens, write

_AT_ONCE = 5000


def stale(connection: Connection) -> list[type[Register]]:
    """The registers whose index is not built of what is declared now."""
    return [one for one in searched(connection) if not is_marked(connection, one)]


def searched(connection: Connection) -> list[type[Register]]:
    """The registers that have fields to search, and a table."""
    there = set(inspect(connection).get_table_names())
    return [one for table, one in all_registers().items() if table in there and search_faces(one)]


def rebuild(connection: Connection, registers: Sequence[type[Register]]) -> int:
    """Index every record of *registers* anew, in the running transaction; how many there are.

    Whoever writes a record meanwhile waits for the end, and then adds its own tokens.
    """
    chosen = [register for register in registers if search_faces(register)]
    if not chosen:
        return 0
    everything = set(chosen) >= set(searched(connection))
    many = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    with many(connection, everything):
        for register in () if everything else chosen:
            _clear(connection, register)
        return sum(_rebuild(connection, register) for register in chosen)


@contextmanager
def _on_sqlite(connection: Connection, everything: bool) -> Iterator[None]:
    """Many entries at once: what was written bit by bit is joined afterwards, and what was deleted let go."""
    if everything:
        made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'search_gram'"))
        connection.execute(text("DROP TABLE search_gram"))
        connection.execute(text(made))
    yield
    connection.execute(text("INSERT INTO search_gram (search_gram) VALUES ('optimize')"))


@contextmanager
def _on_postgresql(connection: Connection, everything: bool) -> Iterator[None]:
    """Many entries at once, while nobody else writes any: if they are all there are, the index is made after them."""
    connection.execute(text("LOCK TABLE search_gram IN SHARE ROW EXCLUSIVE MODE"))
    indexes = SearchGram.__table__.indexes if everything else ()
    for index in indexes:
        index.drop(connection)
        connection.execute(text("DELETE FROM search_gram"))
    yield
    for index in indexes:
        index.create(connection)


def _rebuild(connection: Connection, register: type[Register]) -> int:
    number = 0
    for rows in _rows(connection, register):
        write(connection, {first_key(register) + row["id"]: tokens(register, row) for row in rows})
        number += len(rows)
    mark_built(connection, register)
    return number


def _clear(connection: Connection, register: type[Register]) -> None:
    column = "rowid" if connection.dialect.name == "sqlite" else SearchGram.key.name
    condition = text(f"DELETE FROM search_gram WHERE {column} >= :first AND {column} < :after")
    connection.execute(condition, {"first": first_key(register), "after": key_after(register)})


def _rows(connection: Connection, register: type[Register]) -> Iterator[Sequence[Any]]:
    """Id and searched fields of all records, so many at once."""
    columns, last = register.__table__.c, 0
    wanted = select(columns.id, *(columns[face.name] for face in search_faces(register))).order_by(columns.id)
    while rows := connection.execute(wanted.where(columns.id > last).limit(_AT_ONCE)).mappings().all():
        yield rows
        last = rows[-1]["id"]
