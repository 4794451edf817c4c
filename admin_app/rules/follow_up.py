"""How many contacts a customer needs in a month (R-FOLL-01)."""

from collections.abc import Mapping
from datetime import date

from .book import rule
from .months import Month


@rule("R-FOLL-01", "客户按月末级别定每月追访次数；当月登记的，按余下天数（含登记当日）折算，舍去小数，至少一次。")
def required_contacts(grade: str | None, registered: date, month: Month, needs: Mapping[str, int]) -> int:
    """The contacts that a customer of *grade*, registered on that day, needs in *month*; none while they have no grade.

    *needs*: grade -> contacts of a whole month, at least 1 each. A customer registered later needs none.
    """
    if grade not in needs or registered > month.last:
        return 0
    whole = needs[grade]
    if registered <= month.first:
        return whole
    left = (month.last - registered).days + 1
    return max(1, whole * left // month.length)
