"""The session that knows who acts. With nobody named it returns nothing and writes nothing (R-CONF-03)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ..fields.kind import SHANGHAI
from ..permissions import Level, Person
from ..texts import say, word
from ..verdicts import Refused, refuse
from .state import State

#: the program itself, for steps that must look or write beneath a person's rights; named in the trail as such
SYSTEM = Person(id=0, username="system", name=word("系统"), clearance=Level.TOP_SECRET, profile="system")
#: what is refused while looking on as somebody else
READ_ONLY = refuse("R-ROLE-01", "viewing_as", say("正在以他人身份查看，只能看，不能办理"))
#: what is told to whoever wrote a record that somebody else had written since it was read
OVERTAKEN = refuse("R-LIST-04", "outdated", say("别人刚刚改了同一条记录，这一次没有保存；请看过现在的内容再办一次"))


class GuardedSession(Session):
    """A session of one person; the listeners of this package sit on this class."""

    def __init__(self, *args: Any, anchor: Path | None = None, zone: ZoneInfo = SHANGHAI, **options: Any):
        super().__init__(*args, **options)
        self.state = State(anchor=anchor, zone=zone)

    @property
    def person(self) -> Person | None:
        """Whose rights hold."""
        return self.state.person


def state_of(session: Session) -> State:
    """What *session* keeps; only guarded sessions keep anything."""
    return cast(GuardedSession, session).state


def act_as(session: Session, person: Person | None, address: str | None = None) -> None:
    """From now on *session* is *person*'s; what another person loaded is forgotten.

    Where somebody looks on as *person* (``Person.seen_as``), the trail names who looks on.
    """
    session.expunge_all()
    state, viewer = state_of(session), person.seen_by if person else None
    state.person, state.actor, state.address = person, viewer or person, address
    state.viewing_as = person.id if person and viewer else None


def acting(session: Session) -> Person:
    """The person of *session*; LookupError when nobody is named."""
    person = state_of(session).person
    if person is None:
        raise LookupError("nobody is named on this session")
    return person


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """One writing transaction: it takes SQLite's write lock at once, commits at the end, and rolls back on any error.

    Raises Refused: "viewing_as" for who looks on as somebody else (``guard.viewing``); "outdated" where a record that
    nobody held was written by somebody else since it was read here, the last wall against lost updates (R-LIST-04).
    """
    if state_of(session).viewing_as is not None:
        raise Refused(READ_ONLY)
    with transaction(session):
        yield


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """``writing``, and ``viewing.noting`` as well: whoever may write is asked there."""
    state = state_of(session)
    if state.writing:
        raise RuntimeError("already writing: the outer transaction would be lost")
    session.rollback()
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    state.writing = True
    try:
        yield
        session.commit()
    except StaleDataError as stale:
        session.rollback()
        raise Refused(OVERTAKEN) from stale
    except BaseException:
        session.rollback()
        raise
    finally:
        state.writing = False


@contextmanager
def elevated(session: Session, job: Person | None = None) -> Iterator[GuardedSession]:
    """A second session in the same transaction that sees everything; what it writes bears the actor's name.

    A *job* sees what its clearance allows, and what it writes bears its own name. An error inside undoes all of the
    block and nothing else.
    """
    session.flush()
    connection, mine = session.connection(), state_of(session)
    trail = mine.trail
    before = len(trail)
    beneath = GuardedSession(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False)
    beneath.state = replace(
        mine, person=job or SYSTEM, actor=job or mine.actor, beneath=True, marks={}, trail_head=None, follow=[]
    )
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
