"""What records held at a moment, as far as the trail tells: the value before the first change since (R-SCOR-01).

The trail tells of every change in the program. What was brought in later stands as it came; a value that the law has
erased is gone, and the present one stands.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, SQLColumnExpression, Subquery, and_, case, cast, func, select
from sqlalchemy.orm import Session

from ...guard.parts import in_parts
from ...models import Register
from ...working.trail import TrailEntry, TrailValue


def newest_before(session: Session, moment: datetime) -> int:
    """The number of the trail's last entry before *moment*; entries are numbered in the order of time."""
    before = select(TrailEntry.seq).where(TrailEntry.at < moment).order_by(TrailEntry.seq.desc()).limit(1)
    return session.scalar(before) or 0


def changed_since(register: type[Register], names: Iterable[str], after: int) -> Select[Any]:
    """record_id, field and the JSON of the value before, of each field of *names* that changed after entry *after*."""
    first = (
        select(TrailEntry.record_id, TrailValue.field, func.min(TrailEntry.seq).label("seq"))
        .join(TrailValue, TrailValue.seq == TrailEntry.seq)
        .where(TrailEntry.seq > after, TrailEntry.table_name == register.__tablename__, TrailEntry.event == "changed")
        .where(TrailValue.field.in_(tuple(names)), TrailValue.salt.is_not(None))
        .group_by(TrailEntry.record_id, TrailValue.field)
        .subquery()
    )
    value = and_(TrailValue.seq == first.c.seq, TrailValue.field == first.c.field)
    return select(first.c.record_id, first.c.field, TrailValue.old).join(TrailValue, value)


def values_before(
    session: Session, register: type[Register], names: Iterable[str], moment: datetime
) -> dict[int, dict[str, Any]]:
    """record id -> field -> what it held at *moment*, of what has changed since."""
    found: dict[int, dict[str, Any]] = {}
    for record_id, name, old in session.execute(changed_since(register, names, newest_before(session, moment))):
        found.setdefault(record_id, {})[name] = None if old is None else json.loads(old)
    return found


def held_at(
    session: Session, register: type[Register], name: str, wanted: Iterable[tuple[int, datetime]]
) -> dict[tuple[int, datetime], Any]:
    """(record id, moment) -> what its field *name* held then, of those in which it has changed since."""
    moments: dict[int, set[datetime]] = {}
    for record_id, moment in wanted:
        moments.setdefault(record_id, set()).add(moment)
    found: dict[tuple[int, datetime], Any] = {}
    for some in in_parts(moments):
        since = min(min(moments[id_]) for id_ in some)
        changes = select(TrailEntry.record_id, TrailEntry.at, TrailValue.old).join(
            TrailValue, TrailValue.seq == TrailEntry.seq
        )
        changes = changes.where(
            TrailEntry.table_name == register.__tablename__, TrailEntry.event == "changed", TrailEntry.at >= since,
            TrailEntry.record_id.in_(some), TrailValue.field == name, TrailValue.salt.is_not(None),
        )  # fmt: skip
        for record_id, at, old in session.execute(changes.order_by(TrailEntry.seq)):
            for moment in moments[record_id]:
                if at >= moment:
                    found.setdefault((record_id, moment), None if old is None else json.loads(old))
    return found


def link_at(column: SQLColumnExpression[Any], changed: Subquery) -> ColumnElement[Any]:
    """A link as it was, of a statement joined to *changed*."""
    return case((changed.c.record_id.is_not(None), cast(changed.c.old, BigInteger)), else_=column)


def code_at(column: SQLColumnExpression[Any], changed: Subquery) -> ColumnElement[Any]:
    """A choice as it was, of a statement joined to *changed*."""
    return case((changed.c.record_id.is_not(None), func.replace(changed.c.old, '"', "")), else_=column)
