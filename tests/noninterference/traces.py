"""What stands beside the rows of a twin: who signs or holds a grant, and the trail with all that was changed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from admin_app.fields import Face
from admin_app.guard.trail import as_json
from admin_app.models import register_named
from admin_app.operations.archives.standing import KINDS
from admin_app.working.approvals import ApprovalQuestion, ApprovalStep, RecordParty
from admin_app.working.levels import WAITING, LevelLowering
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.company import PERSON_IDS
from tests.noninterference.rows import SOMEBODY_ELSE, Row, id_of, plain_faces
from tests.noninterference.stances import CATALOGUE, NONE
from tests.noninterference.values import MOMENT

#: ids far from those that a database gives out itself
_FIRST_PROPOSAL = 500_000
_KINDS = {"next": "next", "signed": "signed", "granted": "granted", "lapsed": "granted"}


def write_traces(connection: Connection, rows: list[Row]) -> None:
    """Parties and histories of *rows*, and what is proposed of them."""
    connection.execute(insert(RecordParty), [party for row in rows for party in _parties(row)])
    _write_proposals(connection, rows)
    _write_questions(connection, rows)
    seq = connection.scalar(select(func.max(TrailEntry.seq))) or 0
    entries, values = [], []
    for row in rows:
        held = _held(row)
        for event, actor, faces in _events(row):
            seq += 1
            entry = {"seq": seq, "event": event, "actor_id": actor, "at": MOMENT, "level": 0, "digest": "0" * 64}
            detail = json.dumps({"version": 1, "fields": [face.name for face in faces]})
            entries.append({**entry, "table_name": row.table, "record_id": row.id, "detail": detail})
            values += _changes(seq, {face.name: held[face.name] for face in faces})
    connection.execute(insert(TrailEntry.__table__), entries)
    connection.execute(insert(TrailValue.__table__), values)


def _write_proposals(connection: Connection, rows: list[Row]) -> None:
    """To lower each record that can be; of hidden ones only one twin has any, for a reason of its own."""
    lowered = [row for row in rows if row.level and not (row.sight == NONE and row.version == 0)]
    proposals = [
        {
            "id": number, "public_id": f"low-{row.id}-{row.table[:14]}", "table_name": row.table, "record_id": row.id,
            "version": 1, "level_from": row.level, "level_to": 0, "reason": f"降密理由{'秘' if row.sight == NONE else ''}",
            "proposed_by_id": PERSON_IDS["info_supervisor2"], "proposed_at": MOMENT, "state": WAITING,
        }
        for number, row in enumerate(lowered, _FIRST_PROPOSAL)
    ]  # fmt: skip
    steps = [
        {
            "table_name": "level_lowering",
            "record_id": one["id"],
            "position": 1,
            "step": "service_manager",
            "clearance": 3,
        }
        for one in proposals
    ]
    connection.execute(insert(LevelLowering), proposals)
    connection.execute(insert(ApprovalStep), steps)


def _write_questions(connection: Connection, rows: list[Row]) -> None:
    """Before the signature of requests; of hidden ones only one twin has any, with words of its own."""
    asked = [row for row in rows if row.table in KINDS and not (row.sight == NONE and row.version == 0)]
    questions = [
        {
            "table_name": row.table,
            "record_id": row.id,
            "asked_by_id": PERSON_IDS["info_supervisor2"],
            "asked_at": MOMENT,
            "question": f"追问{'秘' if row.sight == NONE else ''}",
        }
        for row in asked
    ]
    if questions:
        connection.execute(insert(ApprovalQuestion), questions)


def _parties(row: Row) -> Iterator[dict[str, Any]]:
    """The onlooker where the stance says so; of other rows of one twin somebody else."""
    named = {"table_name": row.table, "record_id": row.id}
    if kind := _KINDS.get(row.stance.party):
        until = MOMENT + timedelta(days=-400 if row.stance.party == "lapsed" else 4000)
        yield {**named, "person_id": row.who.id, "kind": kind, "until": until}
    elif row.version and row.register.has_party_table:
        yield {**named, "person_id": SOMEBODY_ELSE[row.who.username], "kind": "signed", "until": None}


def _events(row: Row) -> Iterator[tuple[str, int, list[Face]]]:
    """Each row was added and changed; what the onlooker doesn't read was changed otherwise, and once more often."""
    if row.sight in (NONE, CATALOGUE) and row.version:
        return
    faces = list(plain_faces(row.register).values())
    yield "added", PERSON_IDS["admin"], faces
    yield "changed", id_of(register_named("employee"), "above"), faces
    unread = [face for face in faces if row.reads(face) == "absent"]
    if row.version == 0 and unread:
        yield "changed", SOMEBODY_ELSE[row.who.username], unread


def _held(row: Row) -> dict[str, str | None]:
    """What the trail keeps of each field of *row*."""
    return {name: as_json(row.value(face, row.version_of(face))) for name, face in plain_faces(row.register).items()}


def _changes(seq: int, held: dict[str, str | None]) -> Iterator[dict[str, Any]]:
    for position, (name, value) in enumerate(held.items()):
        values = {"field": name, "old": value, "new": value, "salt": "", "digest": ""}
        yield {"seq": seq, "position": position, **values}
