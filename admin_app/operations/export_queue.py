"""Exports in the background as the program makes them: claimed by one process, made, cleared away.

Whoever makes one holds its lock (``background``), which goes with the process however that ends: an export that is being
made and whose lock nobody holds was cut off. Each step asks for its stage, so that nothing comes of what was cancelled.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..background import Claim, Workplace
from ..guard import writing
from ..guard.busy import is_busy
from ..guard.jobs import job
from ..permissions import Level, Person
from ..rules.exporting import OPEN, Stage
from ..rules.figures import EXPORT_DAYS
from ..storage import ExportFiles
from ..texts import Text, kept, word
from ..working.exports import FAILURE_LENGTH, ExportRun
from ..working.people import Account
from .archives.making import unmake
from .exports import work_name
from .figures import value_on
from .people import load_person

T = TypeVar("T")
#: it moves exports along, and sees nothing of their contents
EXPORTS = job("exports", word("后台导出"), Level.OPEN)
#: an export that is over is forgotten after so long; the trail keeps it
_KEPT = timedelta(days=90)


class GoneMeanwhileError(Exception):
    """The export was cancelled."""


def claim(session: Session, store: ExportFiles, place: Workplace) -> tuple[ExportRun, Claim] | None:
    """The export that waits longest, if nobody else has taken it, with the key of its file; who makes it releases the claim."""
    oldest = select(ExportRun).where(ExportRun.stage == Stage.WAITING).order_by(ExportRun.asked_at, ExportRun.id)
    run = session.scalar(oldest.limit(1))
    held = place.claim(work_name(run)) if run is not None else None
    if run is None or held is None:
        return None
    try:
        with writing(session):
            session.refresh(run, with_for_update=True)
            taken = run.stage == Stage.WAITING
            if taken:
                run.stage, run.stored = Stage.MAKING.value, store.new_key()
    except BaseException:
        held.release()
        raise
    if not taken:
        held.release()
        return None
    session.refresh(run)
    session.expunge(run)
    return run, held


def patiently(waiting: Callable[[], None], work: Callable[[], T]) -> T:
    """Do *work*, a transaction of its own, as often as somebody else's writing is in its way: on SQLite a large ledger is in
    everybody's for minutes. *waiting* is called before each new attempt; what it raises ends the wait."""
    while True:
        try:
            return work()
        except Exception as error:
            if not is_busy(error):
                raise
        waiting()


def owner_of(session: Session, run: ExportRun) -> Person | None:
    """Whose export it is, with the rights they hold now; None for who has left or whose account is closed."""
    closed = session.scalar(select(Account.disabled).where(Account.employee_id == run.person_id))
    return None if closed is not False else load_person(session, run.person_id)


def note(session: Session, run: ExportRun, **values: Any) -> None:
    """Within a transaction: *values* of an export that is being made. Raises GoneMeanwhileError."""
    mine = update(ExportRun).where(ExportRun.id == run.id, ExportRun.stage == Stage.MAKING)
    done = session.execute(mine.values(**values).execution_options(synchronize_session=False))
    if done.rowcount != 1:
        raise GoneMeanwhileError


def ready(session: Session, run: ExportRun, size: int, now: datetime) -> None:
    """The file lies in its place, of *size* bytes; its days begin."""
    expires = now + timedelta(days=value_on(session, EXPORT_DAYS, now))
    with writing(session):
        note(session, run, stage=Stage.READY.value, size=size, expires_at=expires)


def failed(session: Session, run: ExportRun, failure: Text) -> None:
    """There will be no file, for that reason; the copy it was to leave as may be used again."""
    told = kept(failure)
    told = told if len(told) <= FAILURE_LENGTH else str(failure)[:FAILURE_LENGTH]
    with writing(session):
        note(session, run, stage=Stage.FAILED.value, failure=told)
        _give_back(session, run.id)


def clear_up(session: Session, store: ExportFiles, place: Workplace) -> int:
    """Note as interrupted what a killed process left, and remove the files of whatever has none to give; how many were cut."""
    over = ExportRun.stage.in_((Stage.MAKING, Stage.CANCELLED)), ExportRun.stored.is_not(None)
    cut = 0
    for run in session.scalars(select(ExportRun).where(*over)).all():
        held = None if place.look(work_name(run)) else place.claim(work_name(run))
        if held is None:  # somebody is about it
            continue
        try:
            cut += _clear(session, store, run)
        finally:
            held.release()
    return cut


def _clear(session: Session, store: ExportFiles, run: ExportRun) -> bool:
    """What became of *run*, read again now that nobody is about it; whether it was cut off."""
    with writing(session):
        session.refresh(run, with_for_update=True)
        if run.stage not in (Stage.MAKING, Stage.CANCELLED):
            return False
        cut = run.stage == Stage.MAKING
        _give_back(session, run.id)
        store.delete(run.stored or "")
        run.stored = None
        if cut:
            run.stage = Stage.INTERRUPTED.value
    return cut


def expire(session: Session, store: ExportFiles, now: datetime) -> int:
    """Remove the files whose days are over, and what has long been over; how many files."""
    over = ExportRun.stage == Stage.READY, ExportRun.expires_at <= now, ExportRun.stored.is_not(None)
    with writing(session):
        runs = session.scalars(select(ExportRun).where(*over).with_for_update()).all()
        keys = [run.stored or "" for run in runs]
        for run in runs:
            run.stage, run.stored = Stage.EXPIRED.value, None
        old = delete(ExportRun).where(ExportRun.asked_at < now - _KEPT, ExportRun.stage.not_in((*OPEN, Stage.READY)))
        session.execute(old.execution_options(synchronize_session=False))
    for key in keys:
        store.delete(key)
    return len(keys)


def _give_back(session: Session, id_: int) -> None:
    number, total = session.execute(select(ExportRun.copy_number, ExportRun.total).where(ExportRun.id == id_)).one()
    if number and total is not None:
        unmake(session, number)
