"""Caches of shared data that end when the data's stamp changes: rights of roles, code lists, settings."""

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..working.stamps import ChangeStamp
from .session import GuardedSession, state_of


def stamps(session: Session) -> dict[str, int]:
    """All stamps, read once per transaction's worth of work."""
    state = state_of(session)
    if state.stamps is None:
        rows = session.connection().execute(select(ChangeStamp.name, ChangeStamp.number))
        state.stamps = {row.name: row.number for row in rows}
    return state.stamps


def renew(session: Session, name: str) -> None:
    """Change the stamp *name*: whoever reads from now on reads anew.

    By chance, not counting up: what was read under a number that is then rolled back must not be kept for the next.
    """
    connection = session.connection()
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[connection.dialect.name]
    first = dialect.insert(ChangeStamp.__table__).values(name=name, number=0).on_conflict_do_nothing()
    connection.execute(first)
    another = update(ChangeStamp.__table__).where(ChangeStamp.name == name).values(number=secrets.randbits(31))
    connection.execute(another)
    state_of(session).stamps = None


@event.listens_for(GuardedSession, "after_rollback")
def _forget(session: Session) -> None:
    state_of(session).stamps = None


class Stamped:
    """A value per database and key, made by *load* and kept while the stamp *name* stands."""

    def __init__(self, name: str, load: Callable[..., Any]):
        self.name, self.load = name, load
        self._kept: dict[tuple[str, Any], tuple[int, Any]] = {}

    def get(self, session: Session, key: Any = None) -> Any:
        number = stamps(session).get(self.name, 0)
        place = (str(session.get_bind().engine.url), key)
        kept = self._kept.get(place)
        if kept is None or kept[0] != number:
            kept = self._kept[place] = (number, self.load(session, key))
        return kept[1]
