"""The trail's listener: every change of a register in the same transaction as the change itself (R-AUDT-01).

Writers need not remember it. What is no change (a sign-in, a view, an export, a refusal) is handed in with ``note``.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction
from sqlalchemy.util import IdentitySet

from .. import clock
from ..models import Lines, Register, register_named, register_of
from ..permissions import Level
from . import anchor, appending, chain
from .packed import Packed, Waiting, packed, unpacked
from .session import GuardedSession, state_of

#: views of records from this level up are noted (R-AUDT-01)
NOTED_FROM = Level.SECRET
_VIEWED = "viewed"
_OWN = ("level", "voided_at", "void_reason")


def note(session: Session, what: str, record: Register | None = None, **detail: Any) -> None:
    """Put an event that is no change into the trail, at the end of the running transaction."""
    one = _event(session, what, record)
    one.detail.update(detail)
    _waiting(session).append(one)


@contextmanager
def part_of(session: Session, **detail: Any) -> Iterator[None]:
    """Inside, every change of a record bears *detail* in the trail, too."""
    state = state_of(session)
    before, state.part_of = state.part_of, detail
    try:
        yield
        session.flush()
    finally:
        state.part_of = before


def note_views(session: Session, table: str, records: Iterable[tuple[int, int]], via: str, **detail: Any) -> None:
    """One entry for the records (id, level) from 秘密 up that a page shows, *detail* of what; nothing where there is none."""
    ids = [(id_, level) for id_, level in records if level >= NOTED_FROM]
    if ids:
        one = _event(session, _VIEWED)
        one.table_name, one.level = table, max(level for _, level in ids)
        one.record_id = ids[0][0] if len(ids) == 1 else None
        one.detail.update(via=via, ids=[id_ for id_, _ in ids], **detail)
        _waiting(session).append(one)


def shows_classified(session: Session) -> bool:
    """Whether a record of 机密 or 绝密 is among the views that wait to be written."""
    views = (one for one in _waiting(session) if not isinstance(one, Packed) and one.event == _VIEWED)
    return any(Level(one.level).classified for one in views)


def forget(session: Session) -> None:
    """Drop what waits: the answer that it tells of doesn't leave."""
    _waiting(session).clear()


def write_notes(session: Session) -> None:
    """Write what waits as a short transaction of its own; for a session that has only read, which it ends.

    Nearly every page does this, so it does without the unit of work.
    """
    state = state_of(session)
    notes = list(unpacked(state.trail))
    if not notes:
        return
    session.rollback()
    _keep_anchor(appending.append_alone(session.get_bind().engine, notes), state.anchor)


def _waiting(session: Session) -> list[Waiting]:
    return state_of(session).trail


def _event(session: Session, what: str, record: Register | None = None) -> chain.Event:
    state = state_of(session)
    one = chain.Event(what, clock.now(), state.actor.id if state.actor else None, address=state.address)
    if state.actor and state.actor.job:
        one.detail["job"] = state.actor.username
    one.detail.update(state.part_of)
    if state.viewing_as is not None:
        one.detail["viewing_as"] = state.viewing_as
    if record is not None:
        one.table_name, one.record_id, one.level = record.__tablename__, record.id, record.level
    return one


@event.listens_for(GuardedSession, "after_flush")
def _collect(session: Session, context: Any) -> None:
    changed: dict[tuple[str, int], chain.Event] = {}
    new = session.new
    for record in [*session.new, *session.dirty]:
        if not isinstance(record, Register):
            continue
        if record in new:
            one = changed[record.__tablename__, record.id] = _event(session, "added", record)
            one.changes = (_whole(record),)
            one.detail["version"] = record.version
        elif changes := _changes(record):
            one = changed[record.__tablename__, record.id] = _event(session, _what(record), record)
            one.changes = changes
            one.detail["version"] = record.version
    gone = _removed_lines(context)
    for line in [*new, *(kept for kept in session.dirty if kept not in gone), *gone]:
        if isinstance(line, Lines) and (change := _line_change(line, line in new, line in gone)):
            one = changed.get((line.parent_table, line.parent_id)) or _event_of_lines(session, line)
            one.changes = [*one.changes, change]
            changed[line.parent_table, line.parent_id] = one
    _waiting(session).extend(changed.values())


@event.listens_for(GuardedSession, "before_flush")
def _keep_records(session: Session, context: Any, instances: Any) -> None:
    """Records are voided, never deleted (R-LIST-03)."""
    for record in session.deleted:
        if isinstance(record, Register):
            raise RuntimeError(f"a record of {record.__tablename__} would be deleted")


def _what(record: Register) -> str:
    if inspect(record).attrs.voided_at.history.has_changes():
        return "voided" if record.voided_at else "restored"
    return "changed"


def note_added(session: Session, records: Iterable[Any]) -> None:
    """Put new *records*, which no flush has written, into the trail."""
    like, details, added = _event(session, "added"), {}, []
    for record in records:
        detail = details.setdefault(record.version, {**like.detail, "version": record.version})
        place = record.__tablename__, record.id, record.level
        added.append(chain.Event(like.event, like.at, like.actor_id, *place, like.address, detail, (_whole(record),)))
    _waiting(session).extend(packed(added))


def _changes(record: Register) -> list[chain.Change]:
    attributes = inspect(record).attrs
    changes = []
    for name in _kept(type(record)):
        history = attributes[name].history
        old, new = (history.deleted or [None])[0], (history.added or [None])[0]
        if history.has_changes() and (old is not None or new is not None):
            changes.append(chain.Change(name, as_json(old), as_json(new)))
    return changes


def _whole(record: Any) -> chain.Change:
    """All that a new record holds."""
    values = {name: value for name in _kept(register_of(record)) if (value := getattr(record, name)) is not None}
    return chain.Change(chain.WHOLE, None, _json_in_order(values), fields=_once(tuple(values)))


@lru_cache(maxsize=1000)
def _once(fields: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all records of a ledger that fill the same fields."""
    return fields


@lru_cache(maxsize=1000)
def _kept(register: type[Register]) -> tuple[str, ...]:
    """The columns of *register* whose changes are kept."""
    return (*(name for name in register.faces if name in register.__table__.c), *_OWN)


def _removed_lines(context: UOWTransaction) -> IdentitySet:
    """Lines that this flush deletes; those taken out of their record's list are not in ``session.deleted``."""
    deleted = (state.obj() for state, (gone, _listed) in context.states.items() if gone)
    return IdentitySet(line for line in deleted if isinstance(line, Lines))


def _line_change(line: Lines, is_new: bool, is_gone: bool) -> chain.Change | None:
    """A child line's change, under its table's name."""
    old = None if is_new else as_json(_line_values(line, before=True))
    new = None if is_gone else as_json(_line_values(line))
    return chain.Change(line.__tablename__, old, new) if old != new else None


def _event_of_lines(session: Session, line: Lines) -> chain.Event:
    one = _event(session, "changed")
    parent = register_named(line.parent_table)
    one.table_name, one.record_id = line.parent_table, line.parent_id
    record = session.identity_map.get(parent.__mapper__.identity_key_from_primary_key((line.parent_id,)))
    one.level = record.level if record is not None else int(parent.declaration.level)
    if record is not None:
        one.detail["version"] = record.version
    return one


def _line_values(line: Lines, before: bool = False) -> dict[str, Any]:
    values = {}
    for name in line.faces:
        history = inspect(line).attrs[name].history
        values[name] = history.deleted[0] if before and history.deleted else getattr(line, name)
    return values


def as_json(value: Any) -> str | None:
    """A value as canonical JSON text; None stays None."""
    return None if value is None else _canonical_json(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


_canonical_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain).encode
#: fields of a record stand as they do in its form
_json_in_order = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


@event.listens_for(GuardedSession, "before_commit")
def _write(session: Session) -> None:
    """Chain what happened, last thing before the commit; a session beneath leaves it to the one above."""
    session.flush()
    state = state_of(session)
    if state.beneath or session.in_nested_transaction():
        return
    if state.trail:
        # that something was refused is noted all the same
        events, now = unpacked(state.trail), clock.of_machine()
        state.trail_head = chain.append(session.connection(), events, now, in_any_case=state.noting)
        state.trail = []


@event.listens_for(GuardedSession, "after_commit")
def _anchor(session: Session) -> None:
    state = state_of(session)
    head, state.trail_head = state.trail_head, None
    if head is not None:
        appending.remember(session.get_bind().engine, head)
        _keep_anchor(head, state.anchor)


def _keep_anchor(head: chain.Head | None, path: Path | None) -> None:
    if head is None or path is None:
        return
    try:
        anchor.keep(head, path)
    except OSError:
        # what is committed is committed; the next entry anchors it too
        logging.getLogger("strongroom").exception("anchor not written")


@event.listens_for(GuardedSession, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        state_of(session).marks[transaction] = len(_waiting(session))


@event.listens_for(GuardedSession, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was rolled back didn't happen: a savepoint's events, or all of them."""
    state = state_of(session)
    if state.beneath:
        return
    if transaction.nested:
        del state.trail[state.marks.pop(transaction) :]
    elif transaction.parent is None:
        state.forget()
