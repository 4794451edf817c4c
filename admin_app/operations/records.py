"""Adding, changing, voiding and restoring a record of any register, within the acting person's rights.

The caller holds the transaction (``guard.writing``); every way in (form, ledger, bulk action, command) ends here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from .. import clock
from ..fields import Face
from ..guard.adding import NewRecord, add_together, goes_together, new_record
from ..guard.facts import facts_of, granted_ids, signed_ids
from ..guard.numbers import next_numbers
from ..guard.prepared import PREPARED
from ..guard.rows import kept
from ..guard.session import acting, state_of
from ..models import Register
from ..permissions import Action, Facts
from ..rules.archives import archive_number
from ..rules.combining import first_refusal
from ..rules.figures import KEPT_YEARS
from ..rules.keeping import may_drop
from ..rules.rights import is_in_use, may_do, may_restore, may_set_level, may_void
from ..rules.signatures import is_open, is_open_to_void
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse, require
from .closing import is_closed, lose_judgements
from .figures import value_on
from .followups import follow, keep_true, may_touch, prepare, queue, stand_alone
from .today import local_day

#: a record that was added, as its fields by name
Added = Register | NewRecord
#: child lines by field name: (id of an existing line or None, its values); lines left out are removed
LineValues = Mapping[str, Iterable[tuple[int | None, Mapping[str, Any]]]]


def find(session: Session, register: type[Register], public_id: str) -> Register | None:
    """The record with that id in addresses, if the acting person sees it; the one way in to a single record."""
    return session.scalars(kept(session, _named, register), {"public_id": public_id}).first()


def _named(register: type[Register]) -> Select[tuple[Register]]:
    return select(register).where(register.public_id == bindparam("public_id")).execution_options(**PREPARED)


def facts(session: Session, record: Register) -> Facts:
    """What the decisions need to know of a loaded record."""
    register = type(record)
    signs = acting(session).id if signed_ids(session, register, [record.id]) else None
    return facts_of(register, record, bool(granted_ids(session, register, [record.id])), signs)


def facts_of_each(session: Session, found: Sequence[Register]) -> dict[int, Facts]:
    """Id -> the same of each of the records *found*, of one register; the queries don't grow with them."""
    if not found:
        return {}
    register, ids, person = type(found[0]), [one.id for one in found], acting(session).id
    granted, signed = granted_ids(session, register, ids), signed_ids(session, register, ids)
    return {one.id: facts_of(register, one, one.id in granted, person if one.id in signed else None) for one in found}


def add(
    session: Session, register: type[Register], values: Mapping[str, Any], lines: LineValues | None = None
) -> Register:
    """A new record; raises Refused without the right to add."""
    require(may_do(acting(session), Action.ADD, register))
    require(by_hand(register))
    return create(session, register, values, lines)


def add_many(session: Session, register: type[Register], many: Sequence[Mapping[str, Any]]) -> Sequence[Added]:
    """Like ``add`` for each of *many*."""
    require(may_do(acting(session), Action.ADD, register))
    require(by_hand(register))
    return create_many(session, register, many)


def by_hand(register: type[Register]) -> Verdict:
    """Whether records are typed and changed by people, not by operations alone; refused "operation_only"."""
    if not register.operations_only:
        return ALLOWED
    reason = say("这类记录只能按规定的步骤产生，不能直接填写或修改")
    return refuse(register.operations_only, "operation_only", reason)


def create(
    session: Session, register: type[Register], values: Mapping[str, Any], lines: LineValues | None = None
) -> Register:
    """Write a new record with its numbers and all that follows from it; whether one may is for the caller to ask."""
    record = _filled(register, values)
    _give_numbers(session, register, [record])
    prepare(session, record)
    session.add(record)
    set_lines(record, lines or {})
    session.flush()
    follow(session, [record])
    return record


def create_many(session: Session, register: type[Register], many: Sequence[Mapping[str, Any]]) -> Sequence[Added]:
    """Like ``create`` for each of *many*, in their order; together, where none is worked out from those before it."""
    if not (stand_alone(register) and goes_together(register)):
        return [create(session, register, values) for values in many]
    new = [new_record(register, {**_defaults(register), **values}) for values in many]
    _give_numbers(session, register, new)
    for record in new:
        prepare(session, record)
    add_together(session, register, new)
    follow(session, new)
    return new


def _filled(register: type[Register], values: Mapping[str, Any]) -> Register:
    return register(**{**_defaults(register), **values})


def change(session: Session, record: Register, values: Mapping[str, Any], lines: LineValues | None = None) -> Register:
    """Set *values* on a record; raises Refused without the right to edit, or for a level lowered (R-CONF-05)."""
    require(may_do(acting(session), Action.EDIT, type(record), facts(session, record)))
    require(may_change_now(record))
    if (level := values.get("level")) is not None:
        require(may_set_level(record.level, level))
    queue(session, record)
    before = bring(record, values)
    changed = set(before)
    if lines is not None and set_lines(record, lines):
        record.changed_at = clock.now()
        changed.add("lines")
    session.flush()
    if changed:
        fallen = lose_judgements(session, record, changed)
        keep_true(session, record, {**before, **fallen})
    return record


def bring(record: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set what differs of *values*; what those fields held before, empty where nothing differed."""
    before = {name: held for name, value in values.items() if (held := getattr(record, name)) != value}
    for name in before:
        setattr(record, name, values[name])
    return before


def may_change_now(record: Register) -> Verdict:
    """Whether the state of *record* lets anybody change it; refused "wrong_state", "locked", or as ``may_touch`` says."""
    return first_refusal(is_in_use(record.voided_at is not None), is_open(is_closed(record)), may_touch(record))


def void(session: Session, record: Register, reason: str) -> None:
    """Take a record out of the lists, with a reason (R-LIST-03); a form that its last signature closed stays (R-ROLE-05)."""
    require(may_do(acting(session), Action.VOID, type(record), facts(session, record)))
    withdraw(session, record, reason)


def withdraw(session: Session, record: Register, reason: str) -> None:
    """Void a record; whether one may is for the caller to ask."""
    require(may_void(record.voided_at is not None, reason))
    require(may_void_now(record))
    require(_may_drop(session, record))
    queue(session, record)
    record.voided_at, record.voided_by_id = clock.now(), (state_of(session).actor or acting(session)).id
    record.void_reason = reason.strip()[:200]
    session.flush()
    keep_true(session, record, {"voided_at": None})


def _may_drop(session: Session, record: Register) -> Verdict:
    """Whether the law lets a record go (R-PRIV-02)."""
    if not record.kept_from or (kept := getattr(record, record.kept_from)) is None:
        return ALLOWED
    now = clock.now()
    kept_day = local_day(session, kept) if isinstance(kept, datetime) else kept
    return may_drop(kept_day, value_on(session, KEPT_YEARS, now), local_day(session, now))


def may_void_now(record: Register) -> Verdict:
    """Whether what *record* is lets anybody void it; refused "locked", or as ``may_touch`` says."""
    return first_refusal(is_open_to_void(is_closed(record)), may_touch(record))


def restore(session: Session, record: Register) -> None:
    """Bring a voided record back (R-LIST-03)."""
    require(may_do(acting(session), Action.VOID, type(record), facts(session, record)))
    require(may_restore(record.voided_at is not None))
    require(may_touch(record))
    before = {"voided_at": record.voided_at}
    queue(session, record)
    record.voided_at = record.voided_by_id = record.void_reason = None
    session.flush()
    keep_true(session, record, before)


@lru_cache(maxsize=1000)
def _defaults(register: type[Register]) -> Mapping[str, Any]:
    return {face.name: face.default for face in register.faces.values() if face.default is not None}


def _give_numbers(session: Session, register: type[Register], new: Iterable[Added]) -> None:
    """Numbers of a series are given out here, never typed."""
    for face in register.faces.values():
        if face.series and (waiting := [record for record in new if getattr(record, face.name) is None]):
            year = local_day(session, clock.now()).year
            numbers = next_numbers(session, face.series, year, len(waiting))
            for record, number in zip(waiting, numbers, strict=True):
                setattr(record, face.name, archive_number(face.series, year, number))


def set_lines(record: Register, lines: LineValues) -> bool:
    """Make the child lines those given, in that order; whether anything changed."""
    changed = False
    for name, wanted in lines.items():
        held = list(getattr(record, name))
        known = {line.id: line for line in held}
        line_class = _line_class(record.faces[name], type(record))
        kept = []
        for position, (line_id, values) in enumerate(wanted):
            line = known.get(line_id) or line_class()
            for field_name, value in {**values, "position": position}.items():
                if getattr(line, field_name) != value:
                    setattr(line, field_name, value)
                    changed = True
            kept.append(line)
        changed = changed or len(kept) != len(held)
        setattr(record, name, kept)
    return changed


def _line_class(face: Face, register: type[Register]) -> type:
    return register.__mapper__.relationships[face.name].mapper.class_
