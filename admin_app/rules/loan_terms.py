"""How long a loan, a grant and a reservation run (R-LOAN-04, R-LOAN-05, R-LOAN-09, R-LOAN-12)."""

from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant
from .working_days import Calendar, deadline

#: three days as calendar hours, weekends counted; the database holds the same limit (R-LOAN-05)
MAX_LOAN = timedelta(hours=72)

RESERVATION_WORKING_DAYS = 1


@rule("R-LOAN-05", "借期最多三天，即七十二个日历小时，周末照算；可以更短，不可更长。")
def due_moment(issued_at: datetime, asked_until: datetime | None = None) -> datetime:
    """When a loan issued at *issued_at* is due, in UTC: 72 hours on, or earlier if asked for."""
    limit = instant(issued_at) + MAX_LOAN
    return limit if asked_until is None else min(instant(asked_until), limit)


@rule("R-LOAN-05", "应还时间须晚于借出时间，且不超过借出后七十二小时。")
def may_run(issued_at: datetime, due_at: datetime) -> Verdict:
    """Whether a loan may run from *issued_at* to *due_at*: refused "time_order" or "too_long"."""
    term = instant(due_at) - instant(issued_at)
    if term <= timedelta(0):
        return refuse("R-LOAN-05", "time_order", say("应还时间须晚于借出时间"))
    if term > MAX_LOAN:
        return refuse("R-LOAN-05", "too_long", say("借期最多 {days} 天", days=MAX_LOAN.days))
    return ALLOWED


@rule("R-LOAN-05", "借出时间和应还时间一经登记，任何人不得更改，也不得续借。")
def unchanged(before: datetime | None, after: datetime | None) -> Verdict:
    """Refused ("locked") when an issue time or due time once set would become another, or be emptied."""
    if before is None or (after is not None and instant(before) == instant(after)):
        return ALLOWED
    return refuse("R-LOAN-05", "locked", say("借出时间和应还时间不能更改"))


@rule("R-LOAN-09", "过了应还时间仍未归还，即为逾期。")
def is_overdue(due_at: datetime, returned_at: datetime | None, now: datetime) -> bool:
    """Whether the loan is out past its due moment; at the moment itself it is still in time."""
    return returned_at is None and instant(now) > instant(due_at)


@rule("R-LOAN-04", "批准后三个工作日（公司可改）内未使用，批准失效。")
def lapse_moment(granted_at: datetime, days: int, calendar: Calendar) -> datetime:
    """The last moment at which a grant can be used, *days* working days on."""
    return deadline(granted_at, days, calendar)


@rule("R-LOAN-12", "预留的档案归还后，为首位预约人保留一个工作日。")
def reservation_end(told_at: datetime, calendar: Calendar) -> datetime:
    """Until when a returned item waits for the first in its queue, told at *told_at*."""
    return deadline(told_at, RESERVATION_WORKING_DAYS, calendar)
