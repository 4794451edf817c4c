"""Visits: what stands in the plan before and in the report after; what hospitality and gifts may cost (R-VISI-01, R-RELA-02)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..texts import Text, say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-VISI-01", "拜访计划写明目的、目标和资料，才能批准；拜访记录写全接待者、需求、竞争对手、信用等各项，才能审阅。")
def is_written_in_full(fields: Sequence[tuple[Text, object]]) -> Verdict:
    """Whether all that a form must say is said; *fields*: label and value. Refused "incomplete".

    A "no" is said, too.
    """
    lacking = [label for label, value in fields if value in (None, "", [])]
    if not lacking:
        return ALLOWED
    return refuse("R-VISI-01", "incomplete", say("先填写：{fields}", fields=several(lacking)))


@rule("R-VISI-01", "招待和礼品先批预算，后填实际费用；没有预算金额的不能批准。")
def may_approve_budget(budget: Decimal | None) -> Verdict:
    """Whether a budget, in yuan, can be approved; nought is one. Refused "incomplete"."""
    return ALLOWED if budget is not None else refuse("R-VISI-01", "incomplete", say("先填写预算金额，再批准"))


@rule("R-VISI-01", "实际费用超过预算的部分为超支。")
def over_budget(budget: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """By how many yuan *cost* passes *budget*; nought within it, None before there is a cost."""
    return None if cost is None else max(cost - (budget or Decimal(0)), Decimal(0))


@rule("R-VISI-01", "招待超支的，写明原因，另行批准。")
def may_approve_more(over: Decimal | None, reason: str | None) -> Verdict:
    """Whether what was spent above the budget can be approved. Refused "wrong_state" within it, "no_reason"."""
    if not over:
        return refuse("R-VISI-01", "wrong_state", say("没有超支，不用批准"))
    if not (reason or "").strip():
        return refuse("R-VISI-01", "no_reason", say("先写明超支原因，再批准"))
    return ALLOWED


@rule("R-VISI-01", "招待超支的，超支批准以后才能报销。")
def may_settle(over: Decimal | None, approved: bool) -> Verdict:
    """Whether an occasion may be paid back; *approved*: what it cost above the budget. Refused "not_signed"."""
    if not over or approved:
        return ALLOWED
    return refuse(
        "R-VISI-01", "not_signed", say("超支 {yuan} 元还没有批准；请写明超支原因送批，批准后再报销", yuan=over)
    )


@rule("R-VISI-01", "礼品金额不超过批准的金额；要多的，先改预算重新批准。")
def is_within_budget(budget: Decimal | None, cost: Decimal | None) -> Verdict:
    """Whether a gift costs no more than was approved, in yuan. Refused "out_of_range"."""
    if not over_budget(budget, cost):
        return ALLOWED
    reason = say("礼品金额超过批准的 {yuan} 元；请先改批准金额，重新批准后再填", yuan=budget or 0)
    return refuse("R-VISI-01", "out_of_range", reason)


@rule("R-RELA-02", "拜访时约好下次拜访；没有约的，拜访记录不能审阅。")
def next_is_booked(visited: date, next_visit: date | None) -> Verdict:
    """Whether the visit after that of the day *visited* is booked. Refused "incomplete", "time_order" unless it is later."""
    if next_visit is None:
        return refuse("R-RELA-02", "incomplete", say("先填写下次拜访预约的日期"))
    if next_visit <= visited:
        return refuse("R-RELA-02", "time_order", say("下次拜访预约应晚于本次拜访"))
    return ALLOWED
