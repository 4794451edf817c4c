"""Caches of shared data that end when the data's stamp changes: rights of roles, code lists, settings, stand-ins.

A stamp changes with the transaction whose unit of work writes a table that the cache is read from.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..working.stamps import ChangeStamp
from .prepared import PREPARED
from .session import GuardedSession, state_of

_ALL_STAMPS = select(ChangeStamp.__table__.c.name, ChangeStamp.__table__.c.number).execution_options(**PREPARED)
#: values of one cache, by key; beyond this many all are read anew
_MOST = 2000
#: table -> the stamps of the caches that are read from it
_watched: dict[str, set[str]] = {}


def stamps(session: Session) -> dict[str, int]:
    """All stamps, read once per transaction's worth of work."""
    state = state_of(session)
    if state.stamps is None:
        state.stamps = {name: number for name, number in session.connection().execute(_ALL_STAMPS)}
    return state.stamps


def hold(session: Session, name: str) -> None:
    """Let transactions that change what the stamp *name* stands for come one after another."""
    _change(session.connection(), name)
    state_of(session).stamps = None


def is_watched(table: str) -> bool:
    """Whether what is kept in memory is made of *table*."""
    return table in _watched


@event.listens_for(GuardedSession, "after_flush")
def _renew_watched(session: Session, context: Any) -> None:
    """Whoever reads after the commit reads anew, this transaction at once."""
    for record in (*session.new, *session.dirty, *session.deleted):
        for name in _watched.get(record.__tablename__, ()):
            state_of(session).renewed[name] = {}


@event.listens_for(GuardedSession, "before_commit")
def _write(session: Session) -> None:
    """Write the stamps last and in one order, so that two transactions never wait for each other's."""
    session.flush()
    state = state_of(session)
    if state.beneath or session.in_nested_transaction() or not state.renewed:
        return
    for name in sorted(state.renewed):
        _change(session.connection(), name)
    state.renewed.clear()
    state.stamps = None


def _change(connection: Connection, name: str) -> None:
    """By chance, not counting up: what was read under a number that is then rolled back must not be kept for the next."""
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[connection.dialect.name]
    connection.execute(dialect.insert(ChangeStamp.__table__).values(name=name, number=0).on_conflict_do_nothing())
    another = update(ChangeStamp.__table__).where(ChangeStamp.name == name).values(number=secrets.randbits(31))
    connection.execute(another)


@event.listens_for(GuardedSession, "after_rollback")
def _forget(session: Session) -> None:
    state_of(session).stamps = None


class Stamped:
    """A value per database and key, made by *load* from *tables* and kept while the stamp *name* stands."""

    def __init__(self, name: str, load: Callable[[Session, Any], Any], tables: Iterable[str]):
        self.name, self.load = name, load
        self._kept: WeakKeyDictionary[Engine, tuple[int, dict[Any, Any]]] = WeakKeyDictionary()
        for table in tables:
            _watched.setdefault(table, set()).add(name)

    def get(self, session: Session, key: Any = None) -> Any:
        mine = state_of(session).renewed.get(self.name)
        if mine is not None:
            if (self, key) not in mine:
                mine[self, key] = self.load(session, key)
            return mine[self, key]
        number, engine = stamps(session).get(self.name, 0), session.get_bind().engine
        kept = self._kept.get(engine)
        if kept is None or kept[0] != number or len(kept[1]) >= _MOST:
            kept = self._kept[engine] = (number, {})
        values = kept[1]
        if key not in values:
            values[key] = self.load(session, key)
        return values[key]
