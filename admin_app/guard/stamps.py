"""What every write of a record carries: level, author, times, scope, version; and what no write may do.

Beneath every screen: a level below the floor, a changed fixed field, a computed row typed by hand are refused here
whatever the path (R-CONF-01, R-LOAN-05).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from .. import clock
from ..declaration import SCOPE_FIELDS
from ..models import Register, all_registers, register_named
from ..permissions import Scope
from ..texts import say
from ..verdicts import Refused, refuse
from .session import SYSTEM, GuardedSession, elevated


@contextmanager
def operating(session: Session) -> Iterator[None]:
    """Inside, registers that only operations write may be written, and computed fields set."""
    before = session.info.get("operating", False)
    session.info["operating"] = True
    try:
        yield
        session.flush()
    finally:
        session.info["operating"] = before


@event.listens_for(GuardedSession, "before_flush")
def _stamp(session: Session, context: Any, instances: Any) -> None:
    person, new = session.info.get("person"), session.new
    for record in [*new, *session.dirty]:
        if not isinstance(record, Register) or not (record in new or session.is_modified(record)):
            continue
        if person is None:
            raise LookupError("nobody is named on this session")
        _check_writer(session, record)
        if record in new:
            _stamp_new(session, record)
        else:
            _check_fixed(record)
        record.changed_at = clock.now()
        _belong(session, record)


def _check_writer(session: Session, record: Register) -> None:
    if not record.operations_only or session.info.get("operating") or session.info.get("beneath") or _only_voided(record):
        return
    raise Refused(refuse("R-LOAN-02", "operation_only", say("这类记录只能按规定的步骤产生，不能直接填写或修改")))


def _only_voided(record: Register) -> bool:
    changed = {attribute.key for attribute in inspect(record).attrs if attribute.history.has_changes()}
    return bool(changed) and changed <= {"voided_at", "voided_by_id", "void_reason"}


def _stamp_new(session: Session, record: Register) -> None:
    actor = session.info.get("actor") or SYSTEM
    if record.created_at is None:
        record.created_at = clock.now()
    if record.created_by_id is None:
        record.created_by_id = actor.id or None
    floor = int(record.declaration.level)
    record.level = floor if record.level is None else max(int(record.level), floor)
    mine = {"store": actor.store_id, "department": actor.department_id, "owner": _owner(record, actor)}
    for scope in record.declaration.scopes:
        column = SCOPE_FIELDS[scope][0]
        if getattr(record, column) is None:
            setattr(record, column, mine[scope])


def _owner(record: Register, actor: Any) -> int | None:
    """Who can only see their own records owns what they add; others leave the owner open."""
    from_add = actor.rights.get(record.__tablename__, {})
    return actor.id if any(scope == Scope.OWN for scope in from_add.values()) else None


def _check_fixed(record: Register) -> None:
    for face in record.faces.values():
        if not face.fixed:
            continue
        history = inspect(record).attrs[face.name].history
        if history.has_changes() and history.deleted and history.deleted[0] is not None:
            raise Refused(refuse("R-LOAN-05", "fixed", say("{field}一经写定，任何人都不能更改", field=face.label)))


def _belong(session: Session, record: Register) -> None:
    """Level floor and inherited fields from the record this one belongs to, read beneath the row rule (R-CONF-01)."""
    for face in record.faces.values():
        if not face.belongs or (parent_id := getattr(record, face.name)) is None:
            continue
        parent_table = register_named(face.to).__table__
        inherited = [f.name for f in record.faces.values() if f.inherited and f.name in parent_table.c]
        scopes = [c for c in record.declaration.scope_columns() if c in parent_table.c]
        names = list(dict.fromkeys(["level", *inherited, *scopes]))
        parent = session.connection().execute(
            select(*(parent_table.c[name] for name in names)).where(parent_table.c.id == parent_id)
        ).mappings().first()  # fmt: skip
        if parent is None:
            continue
        record.level = max(record.level, parent["level"])
        for name in names[1:]:
            if parent[name] is not None:
                setattr(record, name, parent[name])


@event.listens_for(GuardedSession, "after_flush")
def _note_raised(session: Session, context: Any) -> None:
    for record in session.dirty:
        if isinstance(record, Register) and inspect(record).attrs.level.history.has_changes():
            session.info.setdefault("raised", []).append(record)


@event.listens_for(GuardedSession, "before_commit")
def _raise_what_belongs(session: Session) -> None:
    """What belongs to a record follows its level up at once, also where the writer doesn't see it (R-CONF-01/05)."""
    session.flush()
    while raised := session.info.pop("raised", None):
        with elevated(session) as beneath:
            for record in raised:
                _raise_children(beneath, record.__tablename__, record.id, record.level)


def _raise_children(session: Session, table: str, record_id: int, level: int) -> None:
    for register in all_registers().values():
        for face in register.faces.values():
            if face.belongs and face.to == table:
                mine = select(register).where(getattr(register, face.name) == record_id, register.level < level)
                for child in session.scalars(mine):
                    child.level = level
