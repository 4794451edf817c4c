"""What the clock brings about by itself, once a day; no rule waits for it, but lists and sums do."""

from datetime import datetime

from sqlalchemy.orm import Session

from .archives.fines import reckon_uncorrected
from .archives.rates import rate_recent
from .archives.upkeep import keep_up
from .dispatch.upkeep import lapse


def nightly(session: Session, now: datetime) -> int:
    """Let time pass over grants, fines, rates and dispatch orders; how many grants lapsed. Run again, it changes nothing."""
    lapsed = keep_up(session, now)
    reckon_uncorrected(session, now)
    rate_recent(session, now)
    lapse(session, now)
    return lapsed
