"""A record's history: who changed what and when, from what to what, within the reader's rights (R-AUDT-02)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import Session

from ..fields import Face
from ..guard.cells import Row, Titles
from ..guard.chain import by_field
from ..guard.jobs import job_of
from ..guard.line_cells import line_faces, line_links, line_text
from ..guard.shown import titles_of
from ..models import lines_of, register_named
from ..permissions import Level, Sight, View
from ..rules.leaks import may_know_who_acted
from ..texts import word
from ..working.trail import TrailEntry, TrailValue

#: event of the trail that a history tells of -> its words
EVENTS = {
    "added": word("新增"), "changed": word("修改"), "voided": word("作废"), "restored": word("恢复"),
    "imported": word("导入"), "revealed": word("查看隐藏内容"), "submitted": word("提交申请"), "withdrawn": word("撤回申请"),
    "approved": word("签批"), "refused_step": word("不批准"), "question_asked": word("追问"),
    "question_answered": word("回答追问"), "nudged": word("催办"), "issued": word("借出"), "returned": word("归还"),
    "signed": word("签字"), "held": word("封存"), "lifted": word("解除封存"), "destroyed": word("销毁"), "moved": word("改放"),
    "merged": word("合并"), "merge_undone": word("撤销合并"), "lowering_proposed": word("申请降密"),
    "lowering_withdrawn": word("撤回降密申请"), "lowering_granted": word("批准降密"), "lowering_refused": word("不批准降密"),
    "lowering_lapsed": word("降密申请失效"),
}  # fmt: skip


#: stands in the place of a name that the reader isn't told (R-CONF-10)
UNTOLD = word("不公开")

#: events about a record that stand in the trail only: who looked, who waits for it, and what a change of roles, clearance
#: or presence is told by
ELSEWHERE = frozenset(
    {"file_opened", "viewing_begun", "viewing_ended", "account_opened", "left", "role_given", "role_taken"}
    | {"clearance_lowered"}
    | {"reserved", "reservation_told", "reservation_ended", "urged"}
    | {"power_asked", "power_withdrawn", "power_granted", "power_refused"}
)


@dataclass(frozen=True)
class Change:
    """One field's change as its reader gets it; old and new are texts, masked where the field is."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One entry of a record's history.

    ``number`` counts from the oldest that the reader is told of: the trail's own would tell how much they are not
    (R-CONF-02).
    """

    number: int
    at: datetime
    who: str
    event: str
    changes: tuple[Change, ...]


class Kept(NamedTuple):
    """One field's change as the trail keeps it, JSON texts."""

    field: str
    old: str | None
    new: str | None


def history(session: Session, row: Row, limit: int = 100) -> list[Entry]:
    """The newest entries of the record of *row*, newest first; views are in the trail only.

    The catalogue right shows none of it (R-CONF-04), and a change of nothing but fields that the reader doesn't get
    is none to them (R-CONF-02).
    """
    told = _told(row)
    total = session.scalar(select(func.count()).select_from(told.subquery())) or 0
    found = session.scalars(told.order_by(TrailEntry.seq.desc()).limit(limit)).all()
    values = _values(session, [entry.seq for entry in found])
    titles = titles_of(session, _links(row, (one for some in values.values() for one in some)), row.reading)
    names = _names(session, {entry.actor_id for entry in found})
    if not may_know_who_acted(row.person.clearance, row.register.actors_level):
        names = dict.fromkeys(names, UNTOLD)
    return [
        Entry(total - place, entry.at, job_of(entry.detail) or names[entry.actor_id], entry.event,
              tuple(_shown(row, values.get(entry.seq, []), titles)))
        for place, entry in enumerate(found)
    ]  # fmt: skip


def state_before(session: Session, row: Row, number: int, faces: Mapping[str, Face]) -> dict[str, Any]:
    """field -> its value before entry *number* of this history, for what of *faces* it or a later entry changed."""
    told = _told(row).order_by(TrailEntry.seq)
    entry = session.scalars(told.offset(number - 1).limit(1)).first() if number > 0 else None
    if entry is None:
        return {}
    changes = session.execute(
        select(TrailValue.field, TrailValue.old)
        .join(TrailEntry, TrailEntry.seq == TrailValue.seq)
        .where(*_of(row), TrailEntry.event == "changed", TrailEntry.seq >= entry.seq)
        .order_by(TrailEntry.seq.desc())
    )
    before = {name: from_json(faces[name], old) for name, old in changes if name in faces}
    return {name: value for name, value in before.items() if value != getattr(row.record, name)}


def _of(row: Row) -> tuple[ColumnElement[bool], ...]:
    """The entries of the record of *row*."""
    return TrailEntry.table_name == row.register.__tablename__, TrailEntry.record_id == row.record.id


def _told(row: Row) -> Select[tuple[TrailEntry]]:
    """What of the record's trail is the reader's business: of changes, those of the level or of a field they get.

    Lines count where the reader gets every column: a change of the others would be told by nothing but its entry.
    """
    if row.sight < Sight.PARTY:
        return select(TrailEntry).where(false())
    fields = [face.name for face in row.register.faces.values() if row.view(face) is not View.ABSENT]
    whole = [table for table, face in _rows_faces(row).items() if _whole(row, face)]
    of_theirs = select(TrailValue.seq).where(
        TrailValue.seq == TrailEntry.seq, TrailValue.field.in_(["level", *fields, *whole])
    )
    return select(TrailEntry).where(
        *_of(row), TrailEntry.event.in_(EVENTS), or_(TrailEntry.event != "changed", exists(of_theirs))
    )


def _whole(row: Row, lines: Face) -> bool:
    return len(line_faces(row, lines)) == len(lines_of(row.register, lines).faces)


def _rows_faces(row: Row) -> dict[str, Face]:
    """Child table -> the field whose lines it holds, of those that the reader gets."""
    rows = (face for face in row.register.faces.values() if face.kind.name == "rows" and line_faces(row, face))
    return {lines_of(row.register, face).__tablename__: face for face in rows}


def _values(session: Session, seqs: list[int]) -> dict[int, list[Kept]]:
    columns = TrailValue.seq, TrailValue.field, TrailValue.old, TrailValue.new
    ordered = select(*columns).where(TrailValue.seq.in_(seqs)).order_by(TrailValue.seq, TrailValue.position)
    found: dict[int, list[Kept]] = {}
    for seq, *value in session.execute(ordered):
        found.setdefault(seq, []).extend(Kept(*one) for one in by_field(*value))
    return found


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Who acted, under the row rule: a colleague whose record is hidden from the reader has a number only."""
    employee = register_named("employee")
    known = {id_: f"№{id_}" if id_ else word("系统") for id_ in ids}
    rows = session.execute(select(employee.id, employee.name).where(employee.id.in_([id_ for id_ in known if id_])))
    return known | {row.id: row.name for row in rows}


def _links(row: Row, values: Iterable[Kept]) -> Iterator[tuple[str, int]]:
    """What the old and new values of links lead to, those of child lines among them."""
    rows_faces = _rows_faces(row)
    for value in values:
        face, lines = row.register.faces.get(value.field), rows_faces.get(value.field)
        if face is not None and face.to:
            yield from ((face.to, json.loads(side)) for side in (value.old, value.new) if side is not None)
        elif lines is not None:
            for side in (value.old, value.new):
                yield from line_links(row.register, lines, line_values(row, lines, side))


def _shown(row: Row, values: list[Kept], titles: Titles) -> Iterator[Change]:
    """The changes of one entry as the reader gets them; of child lines those in which they see a difference."""
    rows_faces = _rows_faces(row)
    for value in values:
        face, lines = row.register.faces.get(value.field), rows_faces.get(value.field)
        if value.field == "level":
            yield Change(
                word("密级"), *(Level(json.loads(side)).label if side else "" for side in (value.old, value.new))
            )
        elif lines is not None:
            sides = (line_values(row, lines, side) for side in (value.old, value.new))
            old, new = (line_text(row, lines, side, titles) for side in sides)
            if old != new:
                yield Change(lines.label, old, new)
        elif face is not None and (view := row.view(face)) is not View.ABSENT:
            yield Change(face.label, *(_text(row, face, view, side, titles) for side in (value.old, value.new)))


def _text(row: Row, face: Face, view: View, stored: str | None, titles: Titles) -> str:
    value = from_json(face, stored)
    if value is None:
        return ""
    if face.to:
        return titles.get((face.to, value), (f"№{value}", None))[0] if view is View.SHOWN else "***"
    return face.kind.text(value, row.reading) if view is View.SHOWN else face.kind.mask(value, row.reading)


def line_values(row: Row, lines: Face, stored: str | None) -> dict[str, Any]:
    """column -> value of a child line of *lines* that the trail keeps as JSON text; nothing for no line."""
    faces = lines_of(row.register, lines).faces
    kept = json.loads(stored) if stored else {}
    return {name: from_plain(faces[name], value) for name, value in kept.items() if name in faces}


def from_json(face: Face, stored: str | None) -> Any:
    """The value of *face* that the trail keeps as JSON text."""
    return None if stored is None else from_plain(face, json.loads(stored))


def from_plain(face: Face, value: Any) -> Any:
    """The value of *face* that JSON has as *value*."""
    readers = {"day": date.fromisoformat, "moment": datetime.fromisoformat, "choices": tuple}
    if value is None:
        return None
    if face.kind.name in readers:
        return readers[face.kind.name](value)
    return Decimal(value) if face.kind.name in ("amount", "decimal", "percentage") else value
