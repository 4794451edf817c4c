"""What the keeper's desk looks at: who has what, what waits to be fetched, what a code means, today's acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...fields import Fault, Reading
from ...models import Register, register_named
from ...rules.states import State
from ...working.trail import TrailEntry
from .. import links
from ..today import end_of_day, local_day
from .standing import KINDS

_SHOWN = 200


@dataclass(frozen=True)
class Act:
    """One issue or return of today: the request it concerned, by table and internal id."""

    at: datetime
    event: str
    table: str
    request_id: int
    keeper_id: int | None


def ready(session: Session, now: datetime) -> list[Register]:
    """Granted requests that may still be used, the one that lapses first on top."""
    found = _requests(session, lambda one: (one.state == State.GRANTED, one.lapses_at >= now))
    return sorted(found, key=lambda request: (request.lapses_at, request.number))


def out(session: Session, borrower: int | None = None) -> list[Register]:
    """Everything in somebody's hands (in *borrower*'s), by due moment; what is read on the premises last."""

    def in_hands(one: type[Register]) -> tuple:
        theirs = (one.applicant_id == borrower,) if borrower is not None else ()
        return (one.issued_at.is_not(None), one.returned_at.is_(None), *theirs)

    found = _requests(session, in_hands)
    return sorted(
        found, key=lambda request: (_due(request) is None, _due(request) or request.issued_at, request.number)
    )


def _due(request: Register) -> datetime | None:
    return getattr(request, "due_at", None)


def _requests(session: Session, conditions: object) -> list[Register]:
    found: list[Register] = []
    for table in KINDS:
        register = register_named(table)
        found += session.scalars(
            select(register).where(*conditions(register), register.voided_at.is_(None)).limit(_SHOWN)
        )
    return found


def by_public_id(session: Session, public_id: str) -> Register | None:
    """The request with that id in addresses, of whichever kind."""
    for table in KINDS:
        register = register_named(table)
        if found := session.scalars(select(register).where(register.public_id == public_id)).first():
            return found
    return None


def scanned(session: Session, code: str, reading: Reading, now: datetime) -> tuple[Sequence[Register], int | None]:
    """What a code at the desk means: the requests it leads to, or a person (employee id); nothing found gives neither.

    The code is the number of a request or of an item (its open loan, else the grants for it), or names a person.
    """
    code = code.strip()
    if named := _requests(session, lambda one: (one.number == code,)):
        return named, None
    item = register_named("archive_item")
    item_id = session.scalar(select(item.id).where(item.number == code))
    if item_id is not None:
        return _of_item(session, item_id, now), None
    try:
        return (), links.by_text(session, "employee", code, reading)
    except Fault:
        return (), None


def _of_item(session: Session, item_id: int, now: datetime) -> list[Register]:
    def matter(one: type[Register]) -> tuple:
        usable = (one.state == State.GRANTED) & (one.lapses_at >= now)
        return (one.item_id == item_id, or_(one.state.in_((State.ON_LOAN, State.READING)), usable))

    found = _requests(session, matter)
    return [one for one in found if one.state != State.GRANTED] or found


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
