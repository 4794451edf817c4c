"""Two people saved one record: what it was when the later one opened it, from the trail (R-LIST-04)."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Register
from ..working.trail import TrailEntry, TrailValue


@dataclass
class Outdated(Exception):
    """The record was saved by somebody else since it was opened; ``before`` maps the fields changed since to what they
    were then, as JSON values."""

    version: int
    before: dict[str, Any]


def check_version(session: Session, record: Register, version: int) -> None:
    """Raise Outdated unless *record* is still at *version*."""
    if record.version != version:
        raise Outdated(record.version, changed_since(session, record, version))


def changed_since(session: Session, record: Register, version: int) -> dict[str, Any]:
    """field -> its JSON value at *version*, for every field changed since."""
    rows = session.execute(
        select(TrailEntry.detail, TrailValue.field, TrailValue.old)
        .join(TrailValue, TrailValue.seq == TrailEntry.seq)
        .where(TrailEntry.table_name == record.__tablename__, TrailEntry.record_id == record.id)
        .order_by(TrailEntry.seq.desc())
    )
    before: dict[str, Any] = {}
    for detail, name, old in rows:
        if json.loads(detail).get("version", 0) <= version:
            break
        before[name] = json.loads(old) if old is not None else None
    return before
