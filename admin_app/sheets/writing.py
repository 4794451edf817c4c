"""Writing a checked file: all in one transaction, the good lines as a person would write them (R-IMPT-04, R-IMPT-06).

Killed at any moment it leaves nothing in the register; every change bears the batch's id in the trail, for ``undoing``.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ..background import Report, silent
from ..guard import trail, writing
from ..guard.busy import surely_undone
from ..guard.many import add_rows
from ..models import Register
from ..operations import records
from ..operations.intakes import Intake
from ..storage import FileStore, Seal, let_go
from ..texts import say
from ..verdicts import Refused, refuse
from ..working.imports import ImportBatch, ImportLine
from .batches import UPLOADED, WRITTEN, check_batch, remember
from .cells import STATE_SECRET
from .choices import Choices
from .meanings import remember_meanings
from .outcome import REFUSED, Check, Line, Target
from .reading import Table
from .refused_file import refused_file
from .work import Work

#: of PostgreSQL's transaction locks, those of imports; the second number is the register
_LOCK = 7_203_412
ALL, GOOD = "all", "good"
_CHUNK = 500
#: made once for all lines
_as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Writer:
    """Writes one batch. *table* is its file as it was read; *how*: all lines or none, or the good ones.

    *expected*: the fingerprint of the check that the person saw, if one was shown.
    """

    work: Work
    files: FileStore
    how: str = GOOD
    expected: str | None = None

    def write(self, batch: ImportBatch, table: Table) -> Check:
        """Check again and write, in a transaction of its own.

        Raises Refused, with nothing written: "wrong_state" for a second time, "changed" when a verdict has moved since
        the check, "refused_lines" for all or none with bad lines.
        """
        original, refused_key = batch.stored, None
        try:
            with writing(self.work.session):
                _alone(self.work.session, self.work.register)
                self.work.session.refresh(batch, with_for_update=True)
                check = self._check(batch, table)
                if check.equation.refused:
                    refused_key = batch.refused_stored = self.files.put(refused_file(table, check).content)
                self._write(batch, table, check)
        except Exception as error:
            if refused_key and surely_undone(error):
                let_go(self.files, refused_key)
            raise
        if not batch.stored:
            let_go(self.files, original)
        return check

    def _check(self, batch: ImportBatch, table: Table) -> Check:
        if batch.state != UPLOADED:
            raise Refused(refuse("R-IMPT-05", "wrong_state", say("这批已经导入过了")))
        choices = Choices.from_json(batch.choices)
        check = check_batch(self.work, table, choices)
        if self.expected is not None and check.fingerprint != self.expected:
            raise Refused(
                refuse("R-IMPT-03", "changed", say("检查之后登记有了变动，没有写入任何数据，请再看一遍检查结果"))
            )
        if self.how == ALL and check.equation.refused:
            raise Refused(refuse("R-IMPT-04", "refused_lines", say("有拒收的行，没有写入任何数据")))
        return check

    def _write(self, batch: ImportBatch, table: Table, check: Check) -> None:
        equation = check.equation.as_dict()
        with trail.part_of(self.work.session, batch=batch.public_id):
            ids = write_targets(self.work.session, self.work.intake, check.targets, self.work.progress)
        remember(self.work, table, check.mapping, check.key)
        remember_meanings(self.work, check.words, Choices.from_json(batch.choices).meanings)
        self._keep_lines(batch, table, check, ids)
        batch.state, batch.written_at, batch.equation = WRITTEN, self.work.now, json.dumps(equation)
        if any(map(_is_secret, check.lines)):
            batch.stored = ""
        trail.note(
            self.work.session,
            "imported",
            batch=batch.public_id,
            table=batch.table_name,
            file=batch.file_digest,
            **equation,
        )

    def _keep_lines(self, batch: ImportBatch, table: Table, check: Check, ids: dict[int, int]) -> None:
        raw = {record.line: record.cells for record in table.records}
        for chunk in _chunks(check.lines, self.work.progress, "keeping"):
            rows = [line_row(batch, line, raw[line.number], ids, self.files.seal) for line in chunk]
            add_rows(self.work.session.connection(), ImportLine.__table__, rows)


def _alone(session: Session, register: type[Register]) -> None:
    """Ledgers of one register enter one after another until the transaction ends: whoever comes second finds the first's
    records and doesn't double them (R-IMPT-05). SQLite has one writer as it is.

    So do ledgers of contacts and of the customers whose cards they write: each locks cards in the order of its file.
    """
    table = register.faces["customer_id"].to if register.contacted else register.__tablename__
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(table))))


def write_targets(
    session: Session, intake: Intake, targets: Sequence[Target], progress: Report = silent
) -> dict[int, int]:
    """Write each record once; id() of the target -> id of the record."""
    ids: dict[int, int] = {}
    try:
        for chunk in _chunks(targets, progress, "writing"):
            ids |= _add(session, intake, [target for target in chunk if target.row is None])
            ids |= _change(session, intake.register, [target for target in chunk if target.row is not None])
    except (IntegrityError, StaleDataError):
        reason = say("写入时与登记中的其他数据冲突，没有写入任何数据，请重新检查")
        raise Refused(refuse("R-IMPT-06", "changed", reason)) from None
    return ids


def _add(session: Session, intake: Intake, targets: Sequence[Target]) -> dict[int, int]:
    added = intake.add(session, [target.written for target in targets])
    return {id(target): record.id for target, record in zip(targets, added, strict=True)}


def _change(session: Session, register: type[Register], targets: Sequence[Target]) -> dict[int, int]:
    wanted = [target.row.record.id for target in targets if target.row]
    found = session.scalars(select(register).where(register.id.in_(wanted))) if wanted else ()
    existing = {record.id: record for record in found}
    for target, id_ in zip(targets, wanted, strict=True):
        records.change(session, existing[id_], target.changes)
    return {id(target): id_ for target, id_ in zip(targets, wanted, strict=True)}


def line_row(batch: ImportBatch, line: Line, cells: Sequence[str], ids: dict[int, int], seal: Seal) -> dict[str, Any]:
    """The row that keeps *line*; raw cells are encrypted, and not kept where they carry a state-secret mark."""
    record_id = None
    if line.target is not None:
        record_id = ids.get(id(line.target)) or (line.target.row.record.id if line.target.row else None)
    faults = [[fault.column, fault.field, fault.code] for fault in line.faults]
    content = _as_json(cells).encode()
    return {
        "batch_id": batch.id, "line": line.number, "verdict": line.verdict, "table_name": batch.table_name,
        "faults": _as_json(faults) if faults else None, "record_id": record_id,
        "cells": None if _is_secret(line) else seal.close(content, f"{batch.public_id}:{line.number}"),
    }  # fmt: skip


def _is_secret(line: Line) -> bool:
    return line.verdict == REFUSED and any(fault.code == STATE_SECRET.code for fault in line.faults)


def _chunks(items: Sequence[Any], progress: Report, stage: str) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        progress(stage, start, len(items))
        yield items[start : start + _CHUNK]
