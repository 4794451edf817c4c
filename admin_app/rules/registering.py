"""By when what a day brought is handed in, and what is late (R-CUST-05)."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .book import rule
from .moments import instant


class Hours(NamedTuple):
    """The company's two hours, local: *closing* of the day itself, *with_leave* of the day after."""

    closing: time
    with_leave: time
    zone: ZoneInfo


@rule("R-CUST-05", "当日的登记当日十八时前上交；经准许的，或当日该时以后发生的，次日十时前上交。")
def due_at(happened: datetime | date, leave: bool, hours: Hours) -> datetime:
    """When the record of what *happened* is due; a day alone, and midnight, is no hour.

    What happens after the hour of closing couldn't be in time: it has until the next day, as with leave.
    """
    if isinstance(happened, datetime):
        local = instant(happened).astimezone(hours.zone)
        day = local.date()
        after = local > datetime.combine(day, hours.closing, hours.zone)
    else:
        day, after = happened, False
    if leave or after:
        return datetime.combine(day + timedelta(days=1), hours.with_leave, hours.zone)
    return datetime.combine(day, hours.closing, hours.zone)


@rule("R-CUST-05", "超过上交时间的为迟交。")
def is_late(handed_in: datetime, happened: datetime | date, leave: bool, hours: Hours) -> bool:
    return instant(handed_in) > instant(due_at(happened, leave, hours))
