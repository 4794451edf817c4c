"""How many contacts a customer needs in a month (R-FOLL-01)."""

from collections.abc import Mapping
from datetime import date

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
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


@rule("R-FOLL-01 R-PRIV-01", "一键登记电话追访的是客户的负责人；撤回同意的、已作废的客户不再追访。")
def may_log_call(own: bool, reachable: bool) -> Verdict:
    """Whether a call may be noted by one click: with one's *own* customer, who may still be contacted (R-PRIV-01).

    Refused "role", "wrong_state".
    """
    if not own:
        return refuse("R-FOLL-01", "role", say("只能登记与自己客户的电话；他人的客户请在追访记录里填写"))
    return ALLOWED if reachable else refuse("R-PRIV-01", "wrong_state", say("客户已撤回同意或已作废，不再追访"))
