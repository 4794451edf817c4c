"""Reading the three don'ts: once a day, kept in the trail, on whichever machine one signs in (R-CONF-11)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import state_of
from ..working.trail import TrailEntry
from .today import local_day, midnight

_READ = "donts_read"


def read_donts(session: Session) -> None:
    """Note that whoever sits there has read them; the caller writes the note."""
    trail.note(session, _READ)


def donts_read_on(session: Session, now: datetime) -> date | None:
    """Today, where whoever sits there has read them today; looking on as somebody else, too, one reads for oneself."""
    actor = state_of(session).actor
    today = local_day(session, now)
    read = select(TrailEntry.seq).where(
        TrailEntry.actor_id == (actor.id if actor else None),
        TrailEntry.at >= midnight(session, today),
        TrailEntry.event == _READ,
    )
    return today if session.scalar(read.limit(1)) is not None else None
