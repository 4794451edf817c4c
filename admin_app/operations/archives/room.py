"""What the keeper's desk looks at: who has what, what waits to be fetched, today's acts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.states import State
from ...working.trail import TrailEntry
from ..today import end_of_day, local_day
from .standing import KINDS

_SHOWN = 200
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
    """Granted requests that may still be used (*borrower*'s), the one that lapses first on top."""
    found = _requests(session, lambda one: (one.state == State.GRANTED, one.lapses_at >= now, *_theirs(one, borrower)))
    return sorted(found, key=lambda request: (request.lapses_at, request.number))


def out(session: Session, borrower: int | None = None) -> list[Register]:
    """Everything in somebody's hands (in *borrower*'s), by due moment; what is read on the premises last."""
    found = _requests(
        session, lambda one: (one.issued_at.is_not(None), one.returned_at.is_(None), *_theirs(one, borrower))
    )
    return sorted(
        found, key=lambda request: (_due(request) is None, _due(request) or request.issued_at, request.number)
    )


def _theirs(register: type[Register], borrower: int | None) -> tuple:
    return () if borrower is None else (register.applicant_id == borrower,)


def _due(request: Register) -> datetime | None:
    return getattr(request, "due_at", None)


def _requests(session: Session, conditions: Callable[[type[Register]], tuple]) -> list[Register]:
    """The requests of both kinds for which *conditions* hold; where there are too many, those issued or granted first."""
    found: list[Register] = []
    for table in KINDS:
        register = register_named(table)
        wanted = select(register).where(*conditions(register), register.voided_at.is_(None))
        found += session.scalars(wanted.order_by(register.issued_at, register.granted_at).limit(_SHOWN))
    return found


def by_public_id(session: Session, public_id: str) -> Register | None:
    """The request with that id in addresses, of whichever kind."""
    for table in KINDS:
        register = register_named(table)
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
