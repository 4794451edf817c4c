"""What the keeper's desk looks at: who has what, what waits to be fetched, today's acts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.states import State
from ...working.trail import TrailEntry
from ..today import end_of_day, local_day
from .standing import KINDS

#: so much of what is out stands on a page
PAGE = 50
_OUT = (State.ON_LOAN, State.READING)


@dataclass(frozen=True)
class Act:
    """One issue or return of today: the request it concerned, by table and internal id."""

    at: datetime
    event: str
    table: str
    request_id: int
    keeper_id: int | None


def ready(session: Session, now: datetime, borrower: int | None = None) -> list[Register]:
    """Granted requests that may still be used (*borrower*'s), the one that lapses first on top; few, as they soon lapse."""
    found = _requests(session, lambda one: (one.state == State.GRANTED, one.lapses_at >= now, *_theirs(one, borrower)))
    return sorted(found, key=lambda request: (request.lapses_at, request.number))


def out(session: Session, borrower: int | None = None, first: int = 0, most: int | None = None) -> list[Register]:
    """What is in somebody's hands (in *borrower*'s), by due moment; what is read on the premises, and has none, last.

    All of it, or *most* from the *first* on.
    """
    found: list[Register] = []
    for register in _registers():
        wanted = select(register).where(*_is_out(register), *_theirs(register, borrower)).order_by(*_by_due(register))
        found += session.scalars(wanted.offset(first).limit(None if most is None else most - len(found)))
        first = max(0, first - _count(session, register, *_is_out(register))) if first else 0
    return found


def count_out(session: Session) -> int:
    """How much is in somebody's hands."""
    return sum(_count(session, register, *_is_out(register)) for register in _registers())


def overdue(session: Session, now: datetime, most: int) -> list[Register]:
    """*most* of the loans that are past their due moment, the longest overdue on top."""
    loan = register_named("archive_loan")
    late = select(loan).where(*_is_out(loan), loan.due_at < now).order_by(*_by_due(loan))
    return list(session.scalars(late.limit(most)))


def count_overdue(session: Session, now: datetime) -> int:
    """How many loans are past their due moment."""
    loan = register_named("archive_loan")
    return _count(session, loan, *_is_out(loan), loan.due_at < now)


def _registers() -> list[type[Register]]:
    return [register_named(table) for table in KINDS]


def _is_out(register: type[Register]) -> tuple:
    return register.issued_at.is_not(None), register.returned_at.is_(None), register.voided_at.is_(None)


def _by_due(register: type[Register]) -> tuple:
    return getattr(register, "due_at", register.issued_at), register.number


def _count(session: Session, register: type[Register], *conditions: Any) -> int:
    return session.scalar(select(func.count(register.id)).where(*conditions)) or 0


def _theirs(register: type[Register], borrower: int | None) -> tuple:
    return () if borrower is None else (register.applicant_id == borrower,)


def _requests(session: Session, conditions: Callable[[type[Register]], tuple]) -> list[Register]:
    """The requests of both kinds for which *conditions* hold."""
    found: list[Register] = []
    for register in _registers():
        found += session.scalars(select(register).where(*conditions(register), register.voided_at.is_(None)))
    return found


def by_public_id(session: Session, public_id: str) -> Register | None:
    """The request with that id in addresses, of whichever kind."""
    for register in _registers():
        if found := session.scalars(select(register).where(register.public_id == public_id)).first():
            return found
    return None


def matters(session: Session, item_ids: Collection[int], now: datetime) -> list[Register]:
    """The requests that the desk has to do with for these items: of each its open loan, else the grants to be used."""

    def matter(one: type[Register]) -> tuple:
        usable = (one.state == State.GRANTED) & (one.lapses_at >= now)
        return (one.item_id.in_(item_ids), or_(one.state.in_(_OUT), usable))

    found = _requests(session, matter)
    out = {one.item_id for one in found if one.state in _OUT}
    return sorted(
        (one for one in found if one.state in _OUT or one.item_id not in out), key=lambda one: (one.item_id, one.number)
    )


def todays_acts(session: Session, now: datetime, limit: int = 20) -> list[Act]:
    """Today's issues and returns, the latest first."""
    morning = end_of_day(session, local_day(session, now)) - timedelta(days=1)
    rows = session.scalars(
        select(TrailEntry)
        .where(TrailEntry.table_name.in_(KINDS), TrailEntry.event.in_(("issued", "returned")), TrailEntry.at >= morning)
        .order_by(TrailEntry.seq.desc())
        .limit(limit)
    )
    return [Act(row.at, row.event, row.table_name, row.record_id, row.actor_id) for row in rows]
