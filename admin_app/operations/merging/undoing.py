"""A merge undone: what was moved goes back by id, the record that went up in the other is in use again (R-CUST-07)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...guard.trail import as_json
from ...models import Base, Register, register_named
from ...rules.merging import is_no_merged, may_undo
from ...verdicts import ALLOWED, Verdict, require
from ...working.merges import RecordMerge
from ...working.trail import TrailEntry, TrailValue
from ..followups import follow_merge, keep_true, prepare_merge
from ..histories import from_json
from .merging import may_merge_these


class Undone(NamedTuple):
    """How many rows went back and how many lead elsewhere by now; the fields that somebody has changed since."""

    back: int
    elsewhere: int
    kept_fields: list[str]


def merges_of(session: Session, record: Register) -> list[RecordMerge]:
    """The standing merges that *record* has a part in, the newest first."""
    one = RecordMerge
    part = or_(one.kept_id == record.id, one.gone_id == record.id)
    asked = select(one).where(one.table_name == record.__tablename__, part, one.undone_at.is_(None))
    return list(session.scalars(asked.order_by(one.id.desc())))


def may_restore_merged(session: Session, record: Register) -> Verdict:
    """What went up in another is restored by undoing that alone; asked of every record that is changed or restored."""
    if record.voided_at is None:
        return ALLOWED
    return is_no_merged(any(one.gone_id == record.id for one in merges_of(session, record)))


def undo(session: Session, public_id: str, now: datetime) -> Undone:
    """Undo the merge with that id. Raises Refused: role, no_right, wrong_state; LookupError for none.

    A level that was raised stays raised (R-CONF-05); what was added to the kept record since stays with it.
    """
    table = session.scalar(select(RecordMerge.table_name).where(RecordMerge.public_id == public_id))
    if table is None:
        raise LookupError(public_id)
    prepare_merge(session, register_named(table))
    with trail.part_of(session, unmerges=public_id), elevated(session) as beneath:
        done = beneath.scalars(select(RecordMerge).where(RecordMerge.public_id == public_id).with_for_update()).one()
        register = register_named(done.table_name)
        both = select(register).where(register.id.in_([done.kept_id, done.gone_id])).order_by(register.id)
        held = {one.id: one for one in beneath.scalars(both.with_for_update())}
        kept, gone = held[done.kept_id], held[done.gone_id]
        may_merge_these(session, session.get_one(register, kept.id), session.get_one(register, gone.id))
        merged_on = any(one.gone_id == kept.id for one in merges_of(beneath, kept))
        require(may_undo(done.undone_at, kept.voided_at is not None, gone.voided_at is not None, merged_on))
        before = {"voided_at": gone.voided_at}
        gone.voided_at = gone.voided_by_id = gone.void_reason = None
        done.undone_at, done.undone_by_id = now, acting(session).id
        beneath.flush()
        back, elsewhere = _move_back(beneath, json.loads(done.moved), kept, gone)
        stuck = list(_fields_back(beneath, kept, done))
        beneath.flush()
        keep_true(beneath, gone, before)
        follow_merge(beneath, (kept, gone))
        trail.note(beneath, "merge_undone", kept, merge=public_id, back=back, elsewhere=elsewhere)
    return Undone(back, elsewhere, stuck)


def _move_back(session: Session, moved: list[list[Any]], kept: Any, gone: Any) -> tuple[int, int]:
    """A row that leads to a third by now stays there; one that goes back has again what it took over from *kept*."""
    classes = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    back = 0
    for table, id_, name, *scope in moved:  # merges of before kept no scope
        row = session.get(classes[table], id_)
        if row is None or getattr(row, name) != kept.id:
            continue
        setattr(row, name, gone.id)
        for column, held in (scope[0] if scope else {}).items():
            if getattr(row, column) == getattr(kept, column):  # else somebody has changed it since
                setattr(row, column, held)
        back += 1
    session.flush()
    return back, len(moved) - back


def _fields_back(session: Session, kept: Any, done: RecordMerge) -> Iterator[str]:
    """Put back what the kept record held, as the trail tells it, where nobody has changed it since; gives the others."""
    entries = select(TrailEntry.seq).where(
        TrailEntry.table_name == done.table_name, TrailEntry.record_id == kept.id, TrailEntry.event == "changed",
        TrailEntry.detail.contains(done.public_id),
    )  # fmt: skip
    for value in session.scalars(select(TrailValue).where(TrailValue.seq.in_(entries))):
        face = kept.faces.get(value.field)
        if face is None or face.computed:
            continue
        if as_json(getattr(kept, face.name)) == value.new and (value.old is not None or not face.required):
            setattr(kept, face.name, from_json(face, value.old))
        else:
            yield face.name
