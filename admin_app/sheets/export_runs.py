"""A claimed export made: asked and noted as a direct one, its rows read, encrypted and stored as they come (R-CONF-12)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from .. import clock
from ..background import Claim
from ..fields import Face, Reading
from ..guard import trail, writing
from ..guard.listing import ListQuery
from ..guard.session import acting
from ..operations.archives.making import held_copy
from ..operations.export_queue import note, patiently, ready
from ..operations.exports import powers
from ..storage import ExportFiles
from ..working.exports import ExportRun
from .export_files import csv_chunks, workbook
from .exporting import Export, prepare


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
    asked: Sequence[str], store: ExportFiles, claim: Claim,
) -> None:  # fmt: skip
    """Make the file of *run*, whose owner *session* acts as; *claim* tells how far it is.

    Raises Refused as ``prepare`` does, and Stopped or GoneMeanwhileError once the export was cancelled; what is stored by
    then is left to the caller.
    """

    def begin() -> Export:
        with writing(session):
            held = held_copy(session, run.copy_number) if run.copy_number else None
            export = prepare(
                session, query, columns, reading, now=clock.now(), reason=run.reason, asked=asked, copy=held
            )
            secret, held_powers = trail.shows_classified(session), powers(acting(session), run.table_name)
            note(session, run, total=len(export.ids), classified=secret, powers=held_powers)
        return export

    def wait() -> None:
        claim.report("waiting")

    export = patiently(wait, begin)
    export = replace(export, passed=_counting(len(export.ids), claim))
    size = store.put_pieces(run.stored or "", _pieces(export, run.kind))
    patiently(wait, lambda: ready(session, run, size, clock.now()))


def _pieces(export: Export, kind: str) -> Iterable[bytes]:
    return csv_chunks(export) if kind == "csv" else workbook(export)


def _counting(total: int, claim: Claim) -> Callable[[int], None]:
    """What counts the rows that passed and tells how far it is."""
    done = 0

    def passed(rows: int) -> None:
        nonlocal done
        done += rows
        claim.report("making", done, total)

    claim.report("making", 0, total)
    return passed
