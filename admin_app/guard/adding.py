"""New records of one register written together, past the unit of work, as a ledger brings them.

What a flush does to each new record is done here by the same functions in the same order: it is stamped, takes over what
it belongs to, is asked for order and conditions, leads to no merged record, stands in the trail and in the search index.
Registers of which a flush asks more than that say so (``by_flush``), and their records go the ordinary way.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, get_origin

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.orm import Session

from ..models import Register
from . import search_index, stamps, trail
from .many import add_rows
from .merged_away import keep_links_standing, links_to_merged
from .stamped import is_watched
from .viewing import refuse_writing

_by_flush: set[str] = set()
#: what the class of a register says of all its records
_DECLARED = (
    "__tablename__",
    *(name for name, kind in Register.__annotations__.items() if get_origin(kind) is ClassVar),
)


class NewRecord:
    """A record on its way in: its columns as plain attributes, None where nothing is set, and what its register declares."""

    id: int

    def __init__(self, values: Mapping[str, Any]):
        self.__dict__.update(values)


def by_flush(*tables: str) -> None:
    """Keep records of *tables* to the ordinary way: a listener of the session guards them."""
    _by_flush.update(tables)


def goes_together(register: type[Register]) -> bool:
    """Whether new records of *register* may be written here."""
    return register.__tablename__ not in _by_flush and not is_watched(register.__tablename__)


def new_record(register: type[Register], values: Mapping[str, Any]) -> NewRecord:
    """A record of *register* with these *values* of its fields, not written yet; TypeError for what is no column."""
    if strange := values.keys() - _blank(register.__table__).keys():
        raise TypeError(f"{register.__name__} has no column {', '.join(sorted(strange))}")
    return _kind(register)(values)


def add_together(session: Session, register: type[Register], records: Sequence[NewRecord]) -> None:
    """Write *records* of *register*, and all that a flush would; raises as a flush does. Each then has its id."""
    refuse_writing(session)
    session.flush()
    table = register.__table__
    stamps.stamp_added(session, records)
    links = links_to_merged(register)
    keep_links_standing(
        session, ((f, to) for one in records for f in links if (to := getattr(one, f.name)) is not None)
    )
    for record, id_ in zip(records, _ids(session.connection(), table, len(records)), strict=True):
        record.id = id_
    _complete(records, table)
    add_rows(session.connection(), table, [vars(record) for record in records])
    trail.note_added(session, records)
    search_index.index(session, records)


@cache
def _kind(register: type[Register]) -> type[NewRecord]:
    declared = {name: getattr(register, name) for name in _DECLARED if hasattr(register, name)}
    return type(f"New{register.__name__}", (NewRecord,), {**_blank(register.__table__), **declared})


def _complete(records: Iterable[NewRecord], table: Table) -> None:
    """Every column of each, with what the table gives where nothing is set."""
    blank = _blank(table)
    given = [(column.key, column.default) for column in table.c if column.default is not None]
    for record in records:
        held = vars(record)
        for name, default in given:
            if name not in held:
                held[name] = default.arg(None) if default.is_callable else default.arg
        record.__dict__ = {**blank, **held}


@cache
def _blank(table: Table) -> Mapping[str, None]:
    """Every column, with nothing in it; asked of the table once, not for each record."""
    return dict.fromkeys(table.c.keys())


def _ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Ids for *count* new rows: of the sequence, or on SQLite, where nobody else writes now, the next."""
    if connection.dialect.name == "postgresql":
        drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return connection.scalars(drawn, {"name": table.name, "count": count}).all()
    last = connection.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + count)
