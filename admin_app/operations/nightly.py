"""What the clock brings about by itself, once a day; no rule waits for it, but lists and sums do."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..guard import writing
from .archives.fines import reckon_uncorrected
from .archives.rates import rate_recent
from .archives.reservations import settle_all
from .archives.retention import keep_forgotten
from .archives.upkeep import keep_up
from .credit.lines import refresh_all
from .credit.plans import note_overdue
from .customers.cards import note_stale_cards
from .customers.contacts import bring_up_old
from .customers.filing import note_late_files
from .customers.pool import tell_of_cold
from .dispatch.upkeep import lapse
from .notices.pruning import forget_old


def nightly(session: Session, now: datetime) -> int:
    """Let time pass over grants, queues, dispatch orders, fines, rates, retention, credit, customers, their cards and old notices.

    Returns how many grants lapsed. Run again, it changes nothing.

    Each is a transaction of its own, so that a fault in one doesn't undo the others.
    """
    with writing(session):
        lapsed = keep_up(session, now)
    for step in (
        settle_all,
        lapse,
        reckon_uncorrected,
        rate_recent,
        keep_forgotten,
        note_overdue,
        refresh_all,
        bring_up_old,
        tell_of_cold,
        note_late_files,
        note_stale_cards,
        forget_old,
    ):
        with writing(session):
            step(session, now)
    return lapsed
