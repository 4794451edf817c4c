"""Two people saved one record: what it was when the later one opened it, from the trail (R-LIST-04)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Register
from ..working.trail import TrailEntry, TrailValue


@dataclass(frozen=True)
class Since:
    """One change since the record was opened: a field's, or under its table's name a child line's; JSON texts."""

    field: str
    old: str | None
    new: str | None
    by_job: bool = False


@dataclass
class Outdated(Exception):
    """The record was saved by somebody else since it was opened; ``changes`` are theirs, newest first."""

    version: int
    changes: list[Since]

    @property
    def before(self) -> dict[str, str | None]:
        """field -> the JSON text of what it was when the record was opened."""
        return {change.field: change.old for change in self.changes}


def hold(session: Session, record: Register) -> None:
    """Let nobody else save *record* until this transaction ends, and know it as they left it."""
    session.refresh(record, with_for_update=True)


def check_version(session: Session, record: Register, version: int) -> None:
    """Hold *record*; raises Outdated if anybody has changed it since *version*.

    What a job has worked out meanwhile (a fine) is nobody's work that could be lost.
    """
    hold(session, record)
    if record.version == version:
        return
    changes = changes_since(session, record, version)
    computed = {face.name for face in record.faces.values() if face.computed}
    if not changes or not all(change.by_job and change.field in computed for change in changes):
        raise Outdated(record.version, changes)


def changes_since(session: Session, record: Register, version: int) -> list[Since]:
    """All changes of *record* and its child lines after *version*, newest first."""
    rows = session.execute(
        select(TrailEntry.detail, TrailValue.field, TrailValue.old, TrailValue.new)
        .join(TrailValue, TrailValue.seq == TrailEntry.seq)
        .where(TrailEntry.table_name == record.__tablename__, TrailEntry.record_id == record.id)
        .order_by(TrailEntry.seq.desc(), TrailValue.position.desc())
    )
    changes = []
    for detail, *change in rows:
        told = json.loads(detail)
        if told.get("version", 0) <= version:
            break
        changes.append(Since(*change, by_job="job" in told))
    return changes


def lines_before(lines: Sequence[str], changes: Iterable[Since]) -> list[str]:
    """The child lines of one table before *changes* (newest first), *lines* being what they are now; JSON texts.

    A line taken out since stands at the end, as the trail doesn't say where it stood.
    """
    before: list[Any] = list(lines)
    for change in changes:
        place = before.index(change.new) if change.new in before else len(before)
        before[place : place + 1] = [] if change.old is None else [change.old]
    return before
