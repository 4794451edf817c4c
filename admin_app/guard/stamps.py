"""What every write of a record carries (level, author, times, scope) and what no write may do, whatever the path.

Refused here beneath every screen: a register that only operations write, written otherwise; a computed field set by
hand; a fixed field changed; a field blank or filled against what another holds. The declaration names the rule.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from .. import clock
from ..declaration import SCOPE_FIELDS
from ..models import Register
from ..permissions import Action, Person, Scope
from ..texts import say
from ..verdicts import Refused, refuse
from .belonging import Known, parents_of, take_over
from .conditional import check_conditionals
from .order import check_order
from .session import SYSTEM, GuardedSession, state_of
from .sounding import put_in_order
from .under import check_under
from .withdrawn import check_withdrawn

_VOID = frozenset({"voided_at", "voided_by_id", "void_reason", "changed_at"})


@contextmanager
def operating(session: Session) -> Iterator[None]:
    """Inside, registers that only operations write may be written, and computed fields set."""
    state = state_of(session)
    before, state.operating = state.operating, True
    try:
        yield
        session.flush()
    finally:
        state.operating = before


@event.listens_for(GuardedSession, "before_flush")
def _stamp(session: Session, context: Any, instances: Any) -> None:
    stamp_added(session, [record for record in session.new if isinstance(record, Register)])
    changed = [record for record in session.dirty if isinstance(record, Register) and session.is_modified(record)]
    known: Known = parents_of(session, changed) if len(changed) > 1 else {}
    now = clock.now()
    for record in changed:
        _stamp_one(session, record, False, known, now)
    check_under(session, changed, False)
    check_withdrawn(session, changed, False)


def stamp_added(session: Session, records: Sequence[Any]) -> None:
    """Stamp new records on their way in, and refuse those that may not be; what they belong to is asked for together.

    All bear one moment, as what is written at once happened at once.
    """
    known = parents_of(session, records) if len(records) > 1 else {}
    now = clock.now()
    for record in records:
        _stamp_one(session, record, True, known, now)
    check_under(session, records, True)
    check_withdrawn(session, records, True)


def _stamp_one(session: Session, record: Any, new: bool, known: Known, now: datetime) -> None:
    state = state_of(session)
    if state.person is None:
        raise LookupError("nobody is named on this session")
    if not (state.operating or state.beneath):
        _check_by_hand(record, new)
    if new:
        _stamp_new(session, record, now)
    else:
        _check_fixed(record)
    record.changed_at = now
    put_in_order(record)
    take_over(session, record, known)
    check_conditionals(session, record, new)
    check_order(record, new)


def _check_by_hand(record: Register, new: bool) -> None:
    """What is left to operations isn't written otherwise; voiding is open to who has the right."""
    changed = set() if new else {one.key for one in inspect(record).attrs if one.history.has_changes()}
    if record.operations_only and (new or not changed <= _VOID):
        reason = say("这类记录只能按规定的步骤产生，不能直接填写或修改")
        raise Refused(refuse(record.operations_only, "operation_only", reason))
    if not new and _was_closed(record) and (not changed <= _VOID or record.voided_at is not None):
        raise Refused(refuse("R-ROLE-05", "locked", say("已签字完结，不能再修改或作废")))
    for name in changed & record.faces.keys():
        if record.faces[name].computed:
            reason = say("{field}由程序填写，不能直接修改", field=record.faces[name].label)
            raise Refused(refuse("R-ROLE-01", "operation_only", reason))


def _was_closed(record: Register) -> bool:
    """Whether the signature that closes the record stood before this write."""
    if not record.closes_with:
        return False
    history = inspect(record).attrs[record.closes_with].history
    return any(value is not None for value in (*history.unchanged, *history.deleted))


def _stamp_new(session: Session, record: Register, now: datetime) -> None:
    actor = state_of(session).actor or SYSTEM
    if record.created_at is None:
        record.created_at = now
    if record.created_by_id is None:
        record.created_by_id = actor.id or None
    floor = int(record.declaration.level)
    record.level = floor if record.level is None else max(int(record.level), floor)
    mine = {"store": actor.store_id, "department": actor.department_id, "owner": _owner(record, actor)}
    for scope in record.declaration.scopes:
        column = SCOPE_FIELDS[scope][0]
        if getattr(record, column) is None:
            setattr(record, column, mine[scope])


def _owner(record: Register, actor: Person) -> int | None:
    """Who may edit their own records only owns what they add; others leave the owner open."""
    return actor.id if actor.reach(Action.EDIT, record.__tablename__) == Scope.OWN else None


def _check_fixed(record: Register) -> None:
    for face in record.faces.values():
        if not face.fixed:
            continue
        history = inspect(record).attrs[face.name].history
        if history.has_changes() and history.deleted and history.deleted[0] is not None:
            reason = say("{field}一经写定，任何人都不能更改", field=face.label)
            raise Refused(refuse(face.fixed, "fixed", reason))
