"""Appending to the trail by itself, as nearly every page does that shows classified records (R-AUDT-01).

A transaction that takes the lock, reads the head and writes is five round trips on PostgreSQL. Where nobody has written
since this process last did, it knows the head: then one statement adds the entry, on condition that the head is still
the newest, which the number's uniqueness and the lock see to. Otherwise the entry is added the long way.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from .. import clock
from ..working.trail import TrailEntry
from .chain import APPEND_LOCK, Event, Head, append, next_entry
from .prepared import PREPARED

_entry = TrailEntry.__table__
#: the newest entry that this process has committed, of each database
_known: WeakKeyDictionary[Engine, Head] = WeakKeyDictionary()


def remember(engine: Engine, head: Head) -> None:
    """*head* is committed."""
    _known[engine] = head


def append_alone(engine: Engine, events: Sequence[Event]) -> Head | None:
    """Chain *events* to the trail in a transaction of their own; the new head, None when there was nothing."""
    known, now = _known.get(engine), clock.of_machine()
    in_step = known is not None and (now is None or clock.may_write(now, known.at))
    if known is not None and in_step and len(events) == 1 and not events[0].changes:
        new = _append_after(engine, known, events[0])
        if new is not None:
            remember(engine, new)
            return new
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        new = append(connection, events, now, in_any_case=True)
    if new is not None:
        remember(engine, new)
    return new


def _append_after(engine: Engine, known: Head, event: Event) -> Head | None:
    """The new head; None where *known* is not the newest entry, or not there any more."""
    entry = next_entry(known, event)
    values = {**entry, "known_seq": known.seq, "known_digest": known.digest}
    with _alone(engine) as connection, connection.begin():
        try:
            added = connection.execute(_add_after(engine.dialect.name), values).rowcount
        except IntegrityError:
            return None
    return Head(entry["seq"], entry["digest"], entry["at"]) if added == 1 else None


def _alone(engine: Engine) -> Connection:
    """A connection for one statement: on PostgreSQL without BEGIN and COMMIT, a round trip each."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    return engine.connect().execution_options(sqlite_begin="IMMEDIATE")


@cache
def _add_after(dialect: str) -> Any:
    names, later = [column.name for column in _entry.c], _entry.alias()
    before = select(_entry.c.seq).where(
        _entry.c.seq == bindparam("known_seq", type_=_entry.c.seq.type),
        _entry.c.digest == bindparam("known_digest", type_=_entry.c.digest.type),
    )
    follower = select(later.c.seq).where(later.c.seq == bindparam("known_seq", type_=_entry.c.seq.type) + 1)
    row = select(*(bindparam(name, type_=_entry.c[name].type) for name in names)).where(
        exists(before), ~exists(follower)
    )
    if dialect == "postgresql":
        row = row.select_from(select(func.pg_advisory_xact_lock(APPEND_LOCK)).subquery())
    return insert(_entry).from_select(names, row).execution_options(preserve_rowcount=True, **PREPARED)
