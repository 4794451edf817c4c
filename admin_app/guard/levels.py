"""The level of a record goes up at once and down by approval alone; a change of the record ends what was proposed (R-CONF-05).

Asked of every write beneath all screens, ledgers, commands and operations.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from ..models import Register
from ..permissions import Level
from ..texts import say
from ..verdicts import Refused, refuse
from ..working.levels import LAPSED, WAITING, LevelLowering
from . import trail
from .session import GuardedSession, state_of
from .stamped import Stamped


@contextmanager
def lowering(session: Session, record: Register) -> Iterator[None]:
    """Inside, the level of *record*, and of no other, may go down: that has been approved."""
    state = state_of(session)
    before, state.lowering = state.lowering, (record.__tablename__, record.id)
    try:
        yield
        session.flush()
    finally:
        state.lowering = before


@event.listens_for(GuardedSession, "before_flush")
def _keep_levels(session: Session, context: Any, instances: Any) -> None:
    changed = [record for record in session.dirty if isinstance(record, Register) and session.is_modified(record)]
    for record in changed:
        _check(session, record)
    _end_proposals(session, changed)


def _check(session: Session, record: Register) -> None:
    """Raise Refused "level" for a level that goes down without approval, or below the floor of the register."""
    history = inspect(record).attrs.level.history
    if not (history.deleted and history.added) or history.added[0] >= history.deleted[0]:
        return
    if state_of(session).lowering != (record.__tablename__, record.id):
        raise Refused(refuse("R-CONF-05", "level", say("密级只能提高；要降低，请在记录的详情页申请降密")))
    if record.level < record.declaration.level:
        lowest = Level(record.declaration.level)
        raise Refused(refuse("R-CONF-01", "level", say("密级不能低于{level}", level=lowest.label)))


def _end_proposals(session: Session, changed: Iterable[Register]) -> None:
    """What waits to be approved was proposed for the record as it was (R-ROLE-05); what the program works out by itself, such as
    the day of the last contact, is no change of it."""
    tables = _tables.get(session)
    records = {(one.__tablename__, one.id): one for one in changed if one.__tablename__ in tables}
    if not records:
        return
    waiting = select(LevelLowering).where(
        LevelLowering.state == WAITING, LevelLowering.table_name.in_({table for table, _id in records})
    )
    for proposal in session.scalars(waiting):
        if record := records.get((proposal.table_name, proposal.record_id)):
            if _is_worked_out(record):
                proposal.version = record.version + 1
                continue
            proposal.state = LAPSED
            trail.note(session, "lowering_lapsed", record, lowering=proposal.public_id)


def _is_worked_out(record: Register) -> bool:
    """Whether nothing of it changes but what operations compute."""
    changed = {attr.key for attr in inspect(record).attrs if attr.history.has_changes()}
    faces = (record.faces[name] for name in changed & record.faces.keys())
    return not changed & {"level", "voided_at"} and all(face.computed for face in faces)


def _load_tables(session: Session, key: object) -> frozenset[str]:
    asked = select(LevelLowering.table_name).where(LevelLowering.state == WAITING).distinct()
    return frozenset(session.scalars(asked))


_tables = Stamped("level_lowerings", _load_tables, tables=["level_lowering"])


def any_waiting(session: Session, table: str | None = None) -> bool:
    """Whether any proposal waits at all, or one for a record of *table*; asked on every page, so it is kept in memory."""
    tables = _tables.get(session)
    return table in tables if table else bool(tables)
