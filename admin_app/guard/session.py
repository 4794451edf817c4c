"""The session that knows who acts. With nobody named it returns nothing and writes nothing (R-CONF-03)."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from ..permissions import Level, Person

#: the program itself, for steps that must look or write beneath a person's rights; named in the trail as such
SYSTEM = Person(id=0, username="system", name="系统", clearance=Level.TOP_SECRET, profile="system")


class GuardedSession(Session):
    """A session of one person; the listeners of this package sit on this class."""

    @property
    def person(self) -> Person | None:
        """Whose rights hold."""
        return self.info.get("person")

    @property
    def actor(self) -> Person | None:
        """Whose name stands in the trail: the person, also where the system looks beneath their rights."""
        return self.info.get("actor") or self.person


def act_as(session: Session, person: Person | None, address: str | None = None) -> None:
    """From now on *session* is *person*'s; what another person loaded is forgotten."""
    session.expunge_all()
    session.info.update(person=person, actor=person, address=address)


def acting(session: Session) -> Person:
    """The person of *session*; LookupError when nobody is named."""
    person = session.info.get("person")
    if person is None:
        raise LookupError("nobody is named on this session")
    return person


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """One writing transaction: it takes SQLite's write lock at once, commits at the end, and rolls back on any error."""
    if session.info.get("writing"):
        raise RuntimeError("already writing: the outer transaction would be lost")
    session.rollback()
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    session.info["writing"] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


@contextmanager
def elevated(session: Session) -> Iterator[GuardedSession]:
    """A second session in the same transaction that sees everything; what it writes bears the actor's name.

    An error inside undoes all of the block and nothing else.
    """
    session.flush()
    connection, trail = session.connection(), session.info.setdefault("trail", [])
    before = len(trail)
    beneath = GuardedSession(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False)
    beneath.info.update(session.info, person=SYSTEM, beneath=True, trail=trail)
    try:
        with connection.begin_nested():
            yield beneath
            beneath.commit()
    except BaseException:
        del trail[before:]
        raise
    finally:
        beneath.close()
    session.flush()
    session.expire_all()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: Any, record: Any) -> None:
    """Foreign keys on, WAL, a patient lock; transactions are begun by us, not by the driver."""
    if not isinstance(connection, SqliteConnection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Writers begin IMMEDIATE, readers deferred: with the driver's own mode two writers could both believe they won."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")
