"""Exports in the background as the program makes them: claimed by one process, kept alive by its beat, cleared away.

A claim is a mark that whoever comes first sets, and each later step asks for it: who was cancelled, or taken for dead and
comes late, changes nothing any more.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from ..guard import writing
from ..guard.jobs import job
from ..permissions import Level, Person
from ..rules.exporting import OPEN, SILENT, Stage
from ..rules.figures import EXPORT_DAYS
from ..storage import ExportFiles
from ..texts import Text, kept, word
from ..working.exports import FAILURE_LENGTH, ExportRun
from ..working.people import Account
from .archives.making import unmake
from .figures import value_on
from .people import load_person

#: it moves exports along, and sees nothing of their contents
EXPORTS = job("exports", word("后台导出"), Level.OPEN)
#: an export that is over is forgotten after so long; the trail keeps it
_KEPT = timedelta(days=90)


class GoneMeanwhileError(Exception):
    """The export was cancelled, or is no longer this process's to make."""


def claim(session: Session, store: ExportFiles, now: datetime) -> ExportRun | None:
    """The export that waits longest, if nobody else has taken it; its claim and the key of its file are set."""
    oldest = select(ExportRun.id).where(ExportRun.stage == Stage.WAITING).order_by(ExportRun.asked_at, ExportRun.id)
    id_ = session.scalar(oldest.limit(1))
    if id_ is None:
        return None
    mark = secrets.token_urlsafe(12)
    values = {"stage": Stage.MAKING.value, "claim": mark, "beat_at": now, "stored": store.new_key()}
    with writing(session):
        waiting = update(ExportRun).where(ExportRun.id == id_, ExportRun.stage == Stage.WAITING).values(**values)
        session.execute(waiting.execution_options(synchronize_session=False))
        run = session.scalars(select(ExportRun).where(ExportRun.claim == mark)).one_or_none()
        if run is not None:
            session.expunge(run)
    return run


def owner_of(session: Session, run: ExportRun) -> Person | None:
    """Whose export it is, with the rights they hold now; None for who has left or whose account is closed."""
    closed = session.scalar(select(Account.disabled).where(Account.employee_id == run.person_id))
    return None if closed is not False else load_person(session, run.person_id)


def beat(session: Session, run: ExportRun, now: datetime, **values: Any) -> None:
    """Within a transaction: still at it, and *values* of it. Raises GoneMeanwhileError."""
    mine = update(ExportRun).where(ExportRun.claim == run.claim, ExportRun.stage == Stage.MAKING)
    done = session.execute(mine.values(beat_at=now, **values).execution_options(synchronize_session=False))
    if done.rowcount != 1:
        raise GoneMeanwhileError


def ready(session: Session, run: ExportRun, size: int, now: datetime) -> None:
    """The file lies in its place, of *size* bytes; its days begin."""
    expires = now + timedelta(days=value_on(session, EXPORT_DAYS, now))
    with writing(session):
        beat(session, run, now, stage=Stage.READY.value, size=size, expires_at=expires)


def failed(session: Session, run: ExportRun, failure: Text, now: datetime) -> None:
    """There will be no file, for that reason; the copy it was to leave as may be used again."""
    told = kept(failure)
    told = told if len(told) <= FAILURE_LENGTH else str(failure)[:FAILURE_LENGTH]
    with writing(session):
        beat(session, run, now, stage=Stage.FAILED.value, failure=told)
        _give_back(session, run.id)


def clear_up(session: Session, store: ExportFiles, now: datetime) -> int:
    """Note as interrupted what a killed process left, and remove the files of whatever has none to give; how many."""
    silent = and_(ExportRun.stage == Stage.MAKING, ExportRun.beat_at <= now - SILENT)
    cancelled = ExportRun.stage == Stage.CANCELLED
    # this is asked every few seconds: the lock to write is taken for something only
    there = select(ExportRun.id).where(or_(silent, cancelled), ExportRun.stored.is_not(None)).limit(1)
    if session.scalar(there) is None:
        return 0
    with writing(session):
        cut, left = _moved(session, Stage.INTERRUPTED, silent), _moved(session, Stage.CANCELLED, cancelled)
    for key in (*cut, *left):
        store.delete(key)
    return len(cut)


def expire(session: Session, store: ExportFiles, now: datetime) -> int:
    """Remove the files whose days are over, and what has long been over; how many files."""
    with writing(session):
        keys = _moved(session, Stage.EXPIRED, ExportRun.stage == Stage.READY, ExportRun.expires_at <= now)
        old = delete(ExportRun).where(ExportRun.asked_at < now - _KEPT, ExportRun.stage.not_in((*OPEN, Stage.READY)))
        session.execute(old.execution_options(synchronize_session=False))
    for key in keys:
        store.delete(key)
    return len(keys)


def _moved(session: Session, stage: Stage, *which: ColumnElement[bool]) -> list[str]:
    """Bring those that still have a place for a file to *stage*, and take it; the keys. What was ready used its copy up."""
    runs = session.scalars(select(ExportRun).where(*which, ExportRun.stored.is_not(None)).with_for_update()).all()
    keys = []
    for run in runs:
        keys.append(run.stored or "")
        if stage is not Stage.EXPIRED:
            _give_back(session, run.id)
        run.stage, run.stored = stage.value, None
    return keys


def _give_back(session: Session, id_: int) -> None:
    number, total = session.execute(select(ExportRun.copy_number, ExportRun.total).where(ExportRun.id == id_)).one()
    if number and total is not None:
        unmake(session, number)
