"""Files of signed customers, due at the service department for filing (R-CUST-12)."""

from datetime import date, datetime

from .book import rule
from .working_days import Calendar, deadline


@rule("R-CUST-12", "已成交客户的档案，成交后三个工作日内（公司可改）交综合服务部归档。")
def filing_due(closed_at: datetime, days: int, calendar: Calendar) -> date:
    """The last day on which the file of a deal is in time: *days* working days after it."""
    return deadline(closed_at, days, calendar).date()


@rule("R-CUST-12", "过应交日才上交的，或过了应交日还没有上交的，为迟交。")
def is_filed_late(due: date, handed_in: date | None, today: date) -> bool:
    """Whether a file was *handed_in* after its day, or is still out when that is over."""
    return (handed_in or today) > due
