"""What stands unread on a desk, and ticking it off (R-NOTE-01, R-DESK-01)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...guard.session import acting
from ...permissions import Person
from ...rules.notices import EVENTS
from ...texts import Text
from ...working.notices import Notice
from ..today import local_day
from .telling import is_true, records_of, text_of

#: so many of the newest are looked at
_MOST = 200


@dataclass(frozen=True, slots=True)
class Unread:
    """A notice as a desk shows it; *record* is its record's id in addresses, where the person sees it."""

    public_id: str
    text: Text
    table: str
    record: str | None
    told_at: datetime


def unread(session: Session, person: Person, now: datetime) -> list[Unread]:
    """What *person* was told of and hasn't ticked off, the newest first.

    What isn't so any more is left out at once where they see the record, else when reminders are next looked through.
    """
    mine = select(Notice).where(Notice.person_id == person.id, Notice.read_at.is_(None), Notice.event.in_(EVENTS))
    notices = session.scalars(mine.order_by(Notice.told_at.desc(), Notice.id.desc()).limit(_MOST)).all()
    seen, today = records_of(session, notices), local_day(session, now)
    found = []
    for one in notices:
        event, record = EVENTS[one.event], seen.get((one.table_name, one.record_id))
        if record is None or is_true(event, one, record, today):
            public = record.public_id if record is not None else None
            found.append(Unread(one.public_id, text_of(session, event, one), one.table_name, public, one.told_at))
    return found


def tick_off(session: Session, public_id: str | None, now: datetime) -> None:
    """The acting person has read one of their notices, or all of them where none is named."""
    mine = [Notice.person_id == acting(session).id, Notice.read_at.is_(None)]
    if public_id is not None:
        mine.append(Notice.public_id == public_id)
    session.execute(update(Notice).where(*mine).values(read_at=now))
