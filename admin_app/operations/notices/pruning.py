"""What people were told long ago is forgotten; whatever came of it stands in its register and in the trail (R-NOTE-01)."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...working.notices import Delivery, Notice

#: a year, and a month to look back from
_KEPT = timedelta(days=400)


def forget_old(session: Session, now: datetime) -> None:
    """Delete notices that were told so long ago and are ticked off, with their deliveries, within a transaction."""
    old = (Notice.told_at < now - _KEPT, Notice.read_at.is_not(None))
    deliveries = delete(Delivery).where(Delivery.notice_id.in_(select(Notice.id).where(*old)))
    for statement in (deliveries, delete(Notice).where(*old)):
        session.execute(statement.execution_options(synchronize_session=False))
