"""The clock must run forward, since overdue is a fact of the clock (R-LOAN-09)."""

from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant

TOLERANCE = timedelta(minutes=1)


@rule("R-LOAN-09", "系统时间比最近一条记录早一分钟以上时，停止写入，直到赶上为止。")
def may_write(now: datetime, last_entry: datetime | None) -> Verdict:
    """Refused ("clock") while *now* is over a minute before the trail's last entry (None: an empty trail)."""
    if last_entry is None or instant(last_entry) - instant(now) <= TOLERANCE:
        return ALLOWED
    return refuse("R-LOAN-09", "clock", say("系统时间早于最近的记录，请先校正时间"))
