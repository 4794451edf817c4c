"""A grant holds for the level it was signed for: when the record is raised, it ends at once (R-CONF-04, R-CONF-05)."""

from typing import Any

from sqlalchemy import delete, event, inspect
from sqlalchemy.orm import Session

from ..models import Register
from ..working.approvals import RecordParty
from .session import GuardedSession


@event.listens_for(GuardedSession, "after_flush")
def _end_grants(session: Session, context: Any) -> None:
    party = RecordParty.__table__.c
    for record in session.dirty:
        if isinstance(record, Register) and record.has_party_table and _is_raised(record):
            of_record = (
                party.table_name == record.__tablename__,
                party.record_id == record.id,
                party.kind == "granted",
            )
            session.connection().execute(delete(RecordParty.__table__).where(*of_record))


def _is_raised(record: Register) -> bool:
    history = inspect(record).attrs.level.history
    return bool(history.deleted and history.added) and history.added[0] > history.deleted[0]
