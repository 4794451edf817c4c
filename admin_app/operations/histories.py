"""A record's history: who changed what and when, from what to what, within the reader's rights (R-AUDT-02)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard.cells import Row
from ..models import Register, register_named
from ..permissions import Sight, View
from ..working.trail import TrailEntry, TrailValue

_EVENTS = {
    "added": "新增", "changed": "修改", "voided": "作废", "restored": "恢复", "imported": "导入", "revealed": "查看隐藏内容",
    "approved": "签批", "refused_step": "不批准", "issued": "借出", "returned": "归还",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field's change as its reader gets it; old and new are texts, masked where the field is."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One entry of a record's history."""

    seq: int
    at: datetime
    who: str
    event: str
    changes: tuple[Change, ...]


def history(session: Session, row: Row, limit: int = 100) -> list[Entry]:
    """The newest entries of the record of *row*, newest first; views are in the trail only.

    The catalogue right shows none of it (R-CONF-04), and a change of nothing but fields that the reader doesn't get is none
    to them (R-CONF-02).
    """
    if row.sight < Sight.PARTY:
        return []
    mine = (TrailEntry.table_name == row.register.__tablename__, TrailEntry.record_id == row.record.id)
    found = session.scalars(select(TrailEntry).where(*mine, TrailEntry.event.in_(_EVENTS)).order_by(TrailEntry.seq.desc())).all()
    values = _values(session, [entry.seq for entry in found])
    entries = [entry for entry in found if entry.event != "changed" or _told(row, values.get(entry.seq, []))][:limit]
    names = _names(session, {entry.actor_id for entry in entries})
    return [
        Entry(entry.seq, entry.at, names[entry.actor_id], _EVENTS[entry.event], _shown(row, values.get(entry.seq, [])))
        for entry in entries
    ]


def state_before(session: Session, row: Row, seq: int, faces: Mapping[str, Face]) -> dict[str, Any]:
    """field -> its value before entry *seq* of this record, for those of *faces* that it or a later entry changed."""
    changes = session.execute(
        select(TrailValue.field, TrailValue.old)
        .join(TrailEntry, TrailEntry.seq == TrailValue.seq)
        .where(TrailEntry.table_name == row.register.__tablename__, TrailEntry.record_id == row.record.id)
        .where(TrailEntry.event == "changed", TrailEntry.seq >= seq)
        .order_by(TrailEntry.seq.desc())
    )
    before = {name: from_json(faces[name], old) for name, old in changes if name in faces}
    return {name: value for name, value in before.items() if value != getattr(row.record, name)}


def _told(row: Row, values: list[TrailValue]) -> bool:
    """Whether a change is the reader's business: one of its fields is shown or masked, or it is of level or child lines."""
    faces = row.register.faces
    return any(value.field not in faces or row.view(faces[value.field]) is not View.ABSENT for value in values)


def _values(session: Session, seqs: list[int]) -> dict[int, list[TrailValue]]:
    found: dict[int, list[TrailValue]] = {}
    ordered = select(TrailValue).where(TrailValue.seq.in_(seqs)).order_by(TrailValue.seq, TrailValue.position)
    for value in session.scalars(ordered):
        found.setdefault(value.seq, []).append(value)
    return found


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Who acted, under the row rule: a colleague whose record is hidden from the reader has a number only."""
    employee = register_named("employee")
    known = {id_: f"№{id_}" if id_ else "系统" for id_ in ids}
    rows = session.execute(select(employee.id, employee.name).where(employee.id.in_([id_ for id_ in known if id_])))
    return known | {row.id: row.name for row in rows}


def _shown(row: Row, values: list[TrailValue]) -> tuple[Change, ...]:
    changes = []
    for value in values:
        face = row.register.faces.get(value.field)
        if face is None:
            continue
        view = row.view(face)
        if view is not View.ABSENT:
            old, new = (_text(row, face, view, side) for side in (value.old, value.new))
            changes.append(Change(face.label, old, new))
    return tuple(changes)


def _text(row: Row, face: Face, view: View, stored: str | None) -> str:
    value = from_json(face, stored)
    if value is None:
        return ""
    if face.to:
        return row.titles.get((face.to, value), (f"№{value}", None))[0] if view is View.SHOWN else "***"
    return face.kind.text(value, row.reading) if view is View.SHOWN else face.kind.mask(value, row.reading)


def from_json(face: Face, stored: str | None) -> Any:
    """The value of *face* that the trail keeps as JSON text."""
    if stored is None:
        return None
    value = json.loads(stored)
    readers = {"day": date.fromisoformat, "moment": datetime.fromisoformat, "choices": tuple}
    if face.kind.name in readers:
        return readers[face.kind.name](value)
    return Decimal(value) if face.kind.name in ("amount", "decimal", "percentage") else value


def linked_in_history(session: Session, register: type[Register], record_id: int) -> dict[str, set[int]]:
    """table -> ids of records that the history of links names, so that their titles can be fetched at once."""
    found: dict[str, set[int]] = {}
    rows = session.execute(
        select(TrailValue.field, TrailValue.old, TrailValue.new)
        .join(TrailEntry, TrailEntry.seq == TrailValue.seq)
        .where(TrailEntry.table_name == register.__tablename__, TrailEntry.record_id == record_id)
    )
    for name, *sides in rows:
        face = register.faces.get(name)
        if face is not None and face.to:
            found.setdefault(face.to, set()).update(json.loads(side) for side in sides if side is not None)
    return found


