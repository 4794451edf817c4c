"""A claimed export made: asked and noted as a direct one, its rows read, encrypted and stored as they come (R-CONF-12)."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from .. import clock
from ..fields import Face, Reading
from ..guard import trail, writing
from ..guard.busy import is_busy
from ..guard.listing import ListQuery
from ..guard.session import acting
from ..operations.archives.making import held_copy
from ..operations.export_queue import beat, ready
from ..operations.exports import powers
from ..storage import ExportFiles
from ..working.exports import ExportRun
from .export_files import csv_chunks, workbook
from .exporting import Export, prepare

#: seconds from one beat to the next
_EACH = 1.0


def rehearse(
    session: Session, query: ListQuery, columns: Sequence[Face], reading: Reading, reason: str, copy: str, now: datetime
) -> None:
    """Raise Refused now for what would be refused when it is made; nothing is written, no copy used up.

    Without a copy it only reads, and keeps nobody from writing.
    """
    if not copy:
        prepare(session, query, columns, reading, now=now, reason=reason)
        trail.forget(session)
        return
    try:
        with writing(session):
            prepare(session, query, columns, reading, now=now, reason=reason, copy=held_copy(session, copy))
            raise _OverError
    except _OverError:
        return


class _OverError(Exception):
    """A rehearsal came to its end; the transaction is rolled back."""


def make_file(
    session: Session, run: ExportRun, query: ListQuery, columns: Sequence[Face], reading: Reading,
    asked: Sequence[str], store: ExportFiles,
) -> None:  # fmt: skip
    """Make the file of *run*, whose owner *session* acts as.

    Raises Refused as ``prepare`` does, and GoneMeanwhileError once the export was cancelled; what is stored by then is left
    to whoever clears up.
    """
    with writing(session):
        now = clock.now()
        held = held_copy(session, run.copy_number) if run.copy_number else None
        export = prepare(session, query, columns, reading, now=now, reason=run.reason, asked=asked, copy=held)
        held_powers = powers(acting(session), run.table_name)
        secret = trail.shows_classified(session)
        beat(session, run, now, total=len(export.ids), classified=secret, powers=held_powers)
    export = replace(export, passed=_beating(session, run))
    size = store.put_pieces(run.stored or "", _pieces(export, run.kind))
    ready(session, run, size, clock.now())


def _pieces(export: Export, kind: str) -> Iterable[bytes]:
    return csv_chunks(export) if kind == "csv" else workbook(export)


def _beating(session: Session, run: ExportRun) -> Callable[[int], None]:
    """What counts the rows that passed and tells of them each second, so that the list shows them and nobody takes over."""
    done, last = 0, time.monotonic()

    def passed(rows: int) -> None:
        nonlocal done, last
        done += rows
        if time.monotonic() - last >= _EACH:
            try:
                with writing(session):
                    beat(session, run, clock.now(), done=done)
            except OperationalError as error:
                if not is_busy(error):  # a big ledger goes in: what is told may lag, the rows go on
                    raise
            last = time.monotonic()

    return passed
