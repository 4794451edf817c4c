"""The one clock. Operations and rules take ``now`` as an argument; only entrances (a request, a command, a job) ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from .texts import say
from .verdicts import ALLOWED, Verdict, refuse

#: so far it may lie behind the trail: clocks of two machines never agree
TOLERANCE = timedelta(minutes=1)
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def of_machine() -> datetime | None:
    """What the machine's own clock says; None where demo data or a test has put it somewhere."""
    return None if _fixed.get() else now()


def may_write(moment: datetime, last_entry: datetime | None) -> Verdict:
    """Refused ("clock") while *moment* is over a minute before the trail's last entry (None: an empty trail)."""
    if last_entry is None or last_entry.astimezone(UTC) - moment.astimezone(UTC) <= TOLERANCE:
        return ALLOWED
    return refuse("R-LOAN-09", "clock", say("系统时间早于最近的记录，请先校正时间"))


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """The clock stands at *moment* inside the block: for demo data with a past, and for tests."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
