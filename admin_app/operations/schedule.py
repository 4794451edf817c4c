"""The works of the clock, each claimed before it is begun, so that of any number of processes one does it (R-NOTE-01).

A claim is a row that whoever comes first changes; a work that was cut is begun again after a while.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..guard import writing
from ..rules.clock import may_write
from ..rules.figures import REMIND_FROM
from ..working.schedule import ScheduledWork
from ..working.trail import TrailEntry
from .figures import value_on
from .today import local_day, zone_of
from .working_time import working_time

#: a work begun so long ago and not done was cut
_CUT = timedelta(minutes=30)
NIGHT, REMINDING = "nightly", "reminders"
#: how often reminders are looked through
EVERY = timedelta(minutes=4)


def night_is_due(session: Session, now: datetime) -> bool:
    """Claim the night's work of the company's day, if nobody has done it yet or is about it."""
    return _runs_forward(session, now) and _claim(session, NIGHT, now, ScheduledWork.done_for < local_day(session, now))


def reminding_is_due(session: Session, now: datetime) -> bool:
    """Claim the next look at the reminders, in the hours in which people are told things."""
    forward = _runs_forward(session, now)
    return forward and in_hours(session, now) and _claim(session, REMINDING, now, ScheduledWork.done_at <= now - EVERY)


def _runs_forward(session: Session, now: datetime) -> bool:
    """By a clock that has been set back nothing falls due (R-LOAN-09)."""
    newest = session.scalar(select(TrailEntry.at).order_by(TrailEntry.seq.desc()).limit(1))
    return bool(may_write(now, newest))


def in_hours(session: Session, now: datetime) -> bool:
    """Whether it is late enough in the company's morning, and not yet closing time."""
    local = now.astimezone(zone_of(session))
    return value_on(session, REMIND_FROM, now) <= local.hour and local < working_time(session).closing(local.date())


def done(session: Session, name: str, now: datetime) -> None:
    """The work that was claimed at *now* is done, for the company's day."""
    with writing(session):
        _settle(session, name, now, done_at=now, done_for=local_day(session, now))


def give_back(session: Session, name: str, now: datetime) -> None:
    """The work that was claimed at *now* failed and may be begun again."""
    with writing(session):
        _settle(session, name, now)


def _settle(session: Session, name: str, begun_at: datetime, **values: Any) -> None:
    """Only one's own claim: whoever was taken for cut and comes late leaves the next one's alone."""
    mine = update(ScheduledWork).where(ScheduledWork.name == name, ScheduledWork.begun_at == begun_at)
    session.execute(mine.values(begun_at=None, **values).execution_options(synchronize_session=False))


def works(session: Session) -> dict[str, datetime | None]:
    """Each work and when it was done last."""
    return {name: row.done_at if (row := session.get(ScheduledWork, name)) else None for name in (NIGHT, REMINDING)}


def _claim(session: Session, name: str, now: datetime, due: ColumnElement[bool]) -> bool:
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[session.get_bind().dialect.name]
    with writing(session):
        session.execute(dialect.insert(ScheduledWork).values(name=name).on_conflict_do_nothing())
        free = or_(ScheduledWork.begun_at.is_(None), ScheduledWork.begun_at <= now - _CUT)
        never = ScheduledWork.done_at.is_(None)
        mine = update(ScheduledWork).where(ScheduledWork.name == name, free, or_(never, due)).values(begun_at=now)
        return session.execute(mine.execution_options(synchronize_session=False)).rowcount == 1
