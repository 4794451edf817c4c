"""What somebody signed or decided lately, and what they began and where that stands now (R-DESK-01).

Only of records that they still see (R-CONF-02). The queries grow with the registers among these, not with the records.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.cells import Row
from ..guard.shown import rows_of, titles_of
from ..guard.titles import linked
from ..models import Register, all_registers, register_named
from ..permissions import Person, View
from ..rules.leaks import may_know_who_acted
from ..rules.states import State
from ..texts import Text, say, several
from ..working import levels
from ..working.levels import LevelLowering
from ..working.people import PowerRequest
from ..working.trail import TrailEntry
from .archives.naming import item_names
from .archives.standing import KINDS
from .closing import is_closed
from .desk import Entry, Group, lowering_words, power_words
from .histories import EVENTS
from .power_requests import GRANTED, REFUSED, WAITING, WITHDRAWN, power_of

#: so far back it is told
LATELY = timedelta(days=30)
_MOST = 50
_SIGNING = ("signed", "approved", "refused_step", "lowering_granted", "lowering_refused")
_OF_POWERS = {
    WAITING: ("open", say("待批")), GRANTED: ("done", say("已批准")), REFUSED: ("late", say("不批准")),
    WITHDRAWN: ("off", say("已撤回")),
}  # fmt: skip
_OF_LOWERINGS = {
    levels.WAITING: ("open", say("待批")), levels.GRANTED: ("done", say("已批准")), levels.REFUSED: ("late", say("不批准")),
    levels.WITHDRAWN: ("off", say("已撤回")), levels.LAPSED: ("off", say("已失效（记录有改动）")),
}  # fmt: skip
_OF_REQUESTS = {
    State.SIGNING: "open", State.GRANTED: "done", State.REFUSED: "late", State.ON_LOAN: "due", State.READING: "due",
    State.RETURNED: "done",
}  # fmt: skip


def done(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """What they signed or decided, newest first."""
    decided = PowerRequest.decided_by_id == person.id, PowerRequest.decided_at >= now - LATELY
    powers = session.scalars(select(PowerRequest).where(*decided).order_by(PowerRequest.decided_at.desc()).limit(_MOST))
    return [
        _group(say("签批与签字"), _signed(session, person, reading, now)),
        _group(say("岗位与密级审批"), _powers(session, powers.all(), person, reading)),
    ]


def begun(session: Session, person: Person, reading: Reading, now: datetime) -> list[Group]:
    """What they asked for or filled in to be signed, newest first, and where it stands."""
    asked = PowerRequest.asked_by_id == person.id, PowerRequest.asked_at >= now - LATELY
    powers = session.scalars(select(PowerRequest).where(*asked).order_by(PowerRequest.asked_at.desc()).limit(_MOST))
    return [
        _group(say("借阅与查阅申请"), _requests(session, person, reading, now)),
        _group(say("待签的表单"), _forms(session, person, reading, now)),
        _group(say("岗位与密级申请"), _powers(session, powers.all(), person, reading)),
        _group(say("降密申请"), _lowerings(session, person, reading, now)),
    ]


def _group(title: Text, entries: list[Entry]) -> Group:
    return Group(title, len(entries), entries)


def _acts(
    session: Session, person: Person, events: Iterable[str], now: datetime, tables: Iterable[str]
) -> Sequence[SqlRow[Any]]:
    """The newest of *events* that the trail has of *person* on records of *tables*; to who looks on as them it doesn't tell
    of those whose author is secret (R-CONF-10)."""
    if (viewer := person.seen_by) is not None:
        tables = [table for table in tables if may_know_who_acted(viewer.clearance, register_named(table).actors_level)]
    columns = (TrailEntry.table_name, TrailEntry.record_id, TrailEntry.event, TrailEntry.detail, TrailEntry.at)
    theirs = TrailEntry.actor_id == person.id, TrailEntry.at >= now - LATELY
    asked = select(*columns).where(*theirs, TrailEntry.event.in_(events), TrailEntry.table_name.in_(tables))
    return session.execute(asked.order_by(TrailEntry.at.desc(), TrailEntry.seq.desc()).limit(_MOST)).all()


def _signed(session: Session, person: Person, reading: Reading, now: datetime) -> list[Entry]:
    acts = _acts(session, person, _SIGNING, now, all_registers())
    titles = titles_of(session, ((act.table_name, act.record_id) for act in acts), reading)
    entries = []
    for act in acts:
        register, (title, public_id) = register_named(act.table_name), titles[act.table_name, act.record_id]
        if public_id is None:
            continue
        what = register.faces.get(json.loads(act.detail).get("field", ""))
        said = Text(what.label if what else EVENTS[act.event])
        state = "late" if act.event in ("refused_step", "lowering_refused") else "done"
        of = Text(register.declaration.title)
        entries.append(Entry(act.table_name, public_id, title, of, act.at, state, said))
    return entries


def _requests(session: Session, person: Person, reading: Reading, now: datetime) -> list[Entry]:
    found: list[Register] = []
    for table in KINDS:
        register = register_named(table)
        mine = register.applicant_id == person.id, register.created_at >= now - LATELY
        found += session.scalars(select(register).where(*mine).order_by(register.created_at.desc()).limit(_MOST))
    items = item_names(session, [one for one in found if one.item_id is not None], person, reading)
    return [
        Entry(one.__tablename__, one.public_id, items.get(one.item_id, one.number), one.number,
              one.submitted_at or one.created_at, _OF_REQUESTS.get(State(one.state), "off"), State(one.state).title)
        for one in sorted(found, key=lambda one: one.created_at, reverse=True)
    ]  # fmt: skip


def _forms(session: Session, person: Person, reading: Reading, now: datetime) -> list[Entry]:
    """Forms that are signed on their own page; what the trail has of their being added says who filled them in."""
    signed = {
        table
        for table, register in all_registers().items()
        if any(face.signed_with for face in register.faces.values())
    }
    acts = _acts(session, person, ["added"], now, signed)
    titles = titles_of(session, ((act.table_name, act.record_id) for act in acts), reading)
    rows = _rows(session, acts, reading)
    return [
        Entry(act.table_name, row.record.public_id, titles[act.table_name, act.record_id][0],
              Text(row.register.declaration.title), act.at, *_standing(row))
        for act in acts if (row := rows.get((act.table_name, act.record_id)))
    ]  # fmt: skip


def _rows(session: Session, acts: Iterable[Any], reading: Reading) -> dict[tuple[str, int], Row]:
    """(table, id) -> the record of each act as the person gets it now; those they see no longer are left out."""
    wanted: dict[str, set[int]] = {}
    for act in acts:
        wanted.setdefault(act.table_name, set()).add(act.record_id)
    rows: dict[tuple[str, int], Row] = {}
    for table, ids in wanted.items():
        register = register_named(table)
        found = session.scalars(select(register).where(register.id.in_(ids))).all()
        rows |= {(table, row.record.id): row for row in rows_of(session, register, found, (), reading)}
    return rows


def _standing(row: Row) -> tuple[str, Text]:
    """Whose signatures a form still waits for, as far as the person gets to know."""
    record = row.record
    if record.voided_at is not None:
        return "off", say("已作废")
    waits = [
        face.label for face in row.register.faces.values()
        if face.signed_with and getattr(record, face.name) is None and row.view(face) is View.SHOWN
    ]  # fmt: skip
    if is_closed(record) or not waits:
        return "done", say("已签完")
    return "open", say("待签：{names}", names=several(waits))


def _lowerings(session: Session, person: Person, reading: Reading, now: datetime) -> list[Entry]:
    """Proposals to lower levels, of records that they still see; not for who looks on as somebody else."""
    if person.seen_by is not None:
        return []
    mine = LevelLowering.proposed_by_id == person.id, LevelLowering.proposed_at >= now - LATELY
    asked = select(LevelLowering).where(*mine).order_by(LevelLowering.proposed_at.desc()).limit(_MOST)
    proposals = session.scalars(asked).all()
    titles = titles_of(session, ((one.table_name, one.record_id) for one in proposals), reading)
    seen = ((one, *titles[one.table_name, one.record_id]) for one in proposals)
    return [
        Entry(one.table_name, one.public_id, title, lowering_words(one), one.proposed_at, *_OF_LOWERINGS[one.state],
              page="lowering.show")
        for one, title, public_id in seen if public_id is not None
    ]  # fmt: skip


def _powers(session: Session, requests: Sequence[PowerRequest], person: Person, reading: Reading) -> list[Entry]:
    """Not for who looks on as somebody else: what is asked of roles stands under rules of its own."""
    if person.seen_by is not None:
        return []
    names = linked(session, "employee", {one.employee_id for one in requests}, person, reading)
    return [
        Entry("employee", names[one.employee_id][1], power_words(power_of(one)), names[one.employee_id][0],
              one.decided_at or one.asked_at, *_OF_POWERS[one.state])
        for one in requests
    ]  # fmt: skip
