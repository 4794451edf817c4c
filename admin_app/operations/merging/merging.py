"""One record goes up in another: all that hangs on it moves, it is voided, in one transaction; and back again (R-CUST-07)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ...guard import trail
from ...guard.belonging import scope_held
from ...guard.session import acting, elevated
from ...guard.titles import number_of
from ...models import Register, new_public_id
from ...permissions import Action, Role
from ...rules.merging import are_as_seen, are_two, is_quiet, may_merge
from ...rules.rights import may_do
from ...texts import say
from ...verdicts import Refused, require
from ...working.merges import RecordMerge
from .. import records
from ..followups import follow_merge, keep_true, prepare_merge
from .hanging import hanging


def merges(register: type[Register]) -> frozenset[Role]:
    """The roles that make one of two records of *register*; none where nobody does."""
    return frozenset(Role(role) for role in register.merged_by.split())


def may_merge_these(session: Session, *both: Register) -> None:
    """Raise Refused unless the acting person may make one of *both*: theirs by role, and by right on either."""
    person = acting(session)
    require(may_merge(person.roles, merges(type(both[0]))))
    for one in both:
        for action in (Action.EDIT, Action.VOID):
            require(may_do(person, action, type(one), records.facts(session, one)))


def merge(
    session: Session, kept: Register, gone: Register, values: Mapping[str, Any], seen: tuple[int, int], now: datetime
) -> str:
    """Let *gone* go up in *kept*, which takes over *values*; returns the merge's id in addresses.

    *seen*: the versions of both that the page showed.

    Both are within the person's rights; what hangs on them moves beneath the row rule, since its link follows from their being
    one and isn't the person's to judge, and is told to nobody. The kept record is at least as secret as either (R-CONF-01).
    Raises Refused: role, no_right, same_record, wrong_state, changed, level, and what the kept record's own rules say.
    """
    may_merge_these(session, kept, gone)
    try:
        return _merge(session, kept, gone, values, seen, now)
    except (OperationalError, StaleDataError) as lost:  # somebody is writing, or has written, what was to move
        raise Refused(is_quiet(False)) from lost


def _merge(
    session: Session, kept: Register, gone: Register, values: Mapping[str, Any], seen: tuple[int, int], now: datetime
) -> str:
    public_id = new_public_id()
    prepare_merge(session, type(kept))
    with trail.part_of(session, merge=public_id), elevated(session) as beneath:
        mine, other = _hold(beneath, kept, gone)
        require(are_two(mine.id, other.id, mine.voided_at is not None or other.voided_at is not None))
        require(are_as_seen(seen, (mine.version, other.version)))
        moved = _move(beneath, mine, other)
        records.withdraw(beneath, other, str(say("并入 {number}", number=number_of(type(mine), mine))))
        before = records.bring(mine, {**values, "level": max(mine.level, other.level)})
        beneath.flush()
        keep_true(beneath, mine, before)
        done = RecordMerge(
            public_id=public_id, table_name=mine.__tablename__, kept_id=mine.id, gone_id=other.id, merged_at=now,
            merged_by_id=acting(session).id, moved=json.dumps(moved),
        )  # fmt: skip
        beneath.add(done)
        follow_merge(beneath, (mine, other))
        trail.note(beneath, "merged", mine, merge=public_id, gone=other.id, moved=len(moved))
    return public_id


def _hold(session: Session, kept: Register, gone: Register) -> tuple[Any, Any]:
    """Both, locked in one order, so that two merges of the same pair queue and never wait for each other."""
    register = type(kept)
    asked = select(register).where(register.id.in_([kept.id, gone.id])).order_by(register.id).with_for_update()
    found = {one.id: one for one in session.scalars(asked)}
    return found[kept.id], found[gone.id]


def _move(session: Session, kept: Any, gone: Any) -> list[tuple[str, int, str, dict[str, int | None]]]:
    """Let everything lead to *kept* that can; table, id and field of each, and the scope that it had."""
    moved = []
    for one in list(hanging(session, gone, kept)):
        if not one.stays:
            face = one.link.face
            moved.append((one.row.__tablename__, one.row.id, face.name, scope_held(one.row, face)))
            setattr(one.row, face.name, kept.id)
    session.flush()
    return moved
