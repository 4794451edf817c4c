"""The index of fragments, written with the records in one transaction.

Tokens of each field are its own, so that a search asks for those fields alone that the person may read
(``guard.searching``); those of a value go when the value goes. What it is built of is noted by register.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

from sqlalchemy import Connection, Engine, event, insert, inspect, select, text
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register, register_of
from ..working.search import SearchBuilt
from . import grams
from .session import GuardedSession

#: records of one register have keys of one range: its number above these bits, the record's id below
ID_BITS, _REGISTERS = 40, 1 << 22
_ADD_ON_SQLITE = "INSERT OR REPLACE INTO search_gram (rowid, grams) VALUES (?, ?)"
_ADD_ON_POSTGRESQL = text(
    "INSERT INTO search_gram (key, grams) SELECT one.key, CAST(one.grams AS integer[]) "
    "FROM unnest(CAST(:keys AS bigint[]), CAST(:grams AS text[])) AS one (key, grams) "
    "ON CONFLICT (key) DO UPDATE SET grams = excluded.grams"
)
#: of so many values what is written is kept: a ledger says the same of many records
_KEPT = 5000
#: of a record, those of each field that holds something
Tokens = Sequence[frozenset[int]]
_built = SearchBuilt.__table__
#: registers whose index is known to be built of what is declared
_known: WeakKeyDictionary[Engine, set[str]] = WeakKeyDictionary()


@lru_cache(maxsize=1000)
def search_faces(register: type[Register]) -> tuple[Face, ...]:
    """The fields that a search of *register* goes through."""
    return tuple(face for face in register.faces.values() if face.search)


def first_key(register: type[Register]) -> int:
    """Where the keys of *register* begin; the next ``1 << 40`` are its own."""
    return crc32(register.__tablename__.encode()) % _REGISTERS << ID_BITS


def key_after(register: type[Register]) -> int:
    """Where the keys of *register* end."""
    return first_key(register) + (1 << ID_BITS)


def made_of(register: type[Register]) -> int:
    """What the tokens of *register* depend on, as one number."""
    fields = [(face.name, face.kind.words, face.mask) for face in search_faces(register)]
    return crc32(repr((grams.VERSION, fields)).encode())


def tokens(register: type[Register], values: Mapping[str, Any]) -> Tokens:
    """The tokens of a record of which *values* has the fields, field by field."""
    found = (
        grams.tokens(place, value, words, masked)
        for name, place, words, masked in _searched(register)
        if (value := values[name])
    )
    return [of_field for of_field in found if of_field]


@lru_cache(maxsize=1000)
def _searched(register: type[Register]) -> tuple[tuple[str, int, bool, bool], ...]:
    """What ``grams.tokens`` asks of each field."""
    table = register.__tablename__
    return tuple(
        (face.name, grams.place(table, face.name), face.kind.words, bool(face.mask)) for face in search_faces(register)
    )


@event.listens_for(GuardedSession, "after_flush")
def _index(session: Session, context: Any) -> None:
    """What was written is found from now on, and what it replaced no longer."""
    written = [record for record in (*session.new, *session.dirty) if isinstance(record, Register)]
    index(session, [one for one in written if one in session.new or _changed(one, search_faces(type(one)))])


def index(session: Session, records: Iterable[Any]) -> None:
    """Let *records*, which have been written, be found by what they hold."""
    entries = {}
    for record in records:
        register = register_of(record)
        if faces := search_faces(register):
            values = {face.name: getattr(record, face.name) for face in faces}
            entries[first_key(register) + record.id] = tokens(register, values)
    write(session.connection(), entries)


def _changed(record: Register, faces: Iterable[Face]) -> bool:
    attributes = inspect(record).attrs
    return any(attributes[face.name].history.has_changes() for face in faces)


def write(connection: Connection, entries: Mapping[int, Tokens]) -> None:
    """Put the tokens of records by key into the index, in the place of those they had; one statement on PostgreSQL."""
    if not entries:
        return
    if connection.dialect.name == "sqlite":
        rows = [(key, " ".join(map(_words, entries[key]))) for key in sorted(entries)]
        connection.exec_driver_sql(_ADD_ON_SQLITE, rows)
        return
    arrays = [f'"{{{",".join(map(_numbers, entries[key]))}}}"' for key in sorted(entries)]
    values = {"keys": f"{{{','.join(map(str, sorted(entries)))}}}", "grams": f"{{{','.join(arrays)}}}"}
    connection.execute(_ADD_ON_POSTGRESQL, values)


@lru_cache(maxsize=_KEPT)
def _words(of_field: frozenset[int]) -> str:
    return " ".join(map(word, sorted(of_field)))


@lru_cache(maxsize=_KEPT)
def _numbers(of_field: frozenset[int]) -> str:
    return ",".join(str(signed(one)) for one in sorted(of_field))


def word(number: int) -> str:
    """A token in FTS5."""
    return f"{number:x}"


def signed(number: int) -> int:
    """A token in PostgreSQL."""
    return number - (1 << 32) if number >> 31 else number


def is_built(session: Session, register: type[Register]) -> bool:
    """Whether the index of *register* is of what is declared; if so, it stays so as long as the process runs."""
    known = _known.setdefault(session.get_bind().engine, set())
    if register.__tablename__ not in known:
        if not is_marked(session.connection(), register):
            return False
        known.add(register.__tablename__)
    return True


def is_marked(connection: Connection, register: type[Register]) -> bool:
    """Whether the index of *register* is noted as built of what is declared now."""
    made = connection.scalar(select(_built.c.made_of).where(_built.c.table_name == register.__tablename__))
    return made == made_of(register)


def mark_built(connection: Connection, register: type[Register]) -> None:
    """Note it."""
    table = register.__tablename__
    connection.execute(_built.delete().where(_built.c.table_name == table))
    connection.execute(insert(_built).values(table_name=table, made_of=made_of(register)))
