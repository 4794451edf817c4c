"""Rewards and fines by clause: their range, what a private deal costs, whose report is secret (R-SCOR-06). Amounts are yuan."""

from collections.abc import Set
from decimal import Decimal

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: a proven report of a private deal: paid in cash, the row 机密, who reported it 绝密
REPORT = "private_deal_report"
#: private deals, of the store's people and of who buys their materials: dismissal, and the whole loss
DEALS = frozenset({"private_deal", "agent_private_deal"})


@rule("R-SCOR-06", "奖惩金额须在条款规定的范围以内；没有上限的条款只有下限。")
def is_in_range(amount: Decimal, low: Decimal | None, high: Decimal | None) -> Verdict:
    """Whether *amount* is within the range of its clause, both ends included; refused "out_of_range"."""
    if amount >= (low or 0) and (high is None or amount <= high):
        return ALLOWED
    least = f"{low or 0:,.2f}"
    if high is None:
        reason = say("按这一条款，金额不少于 {low} 元", low=least)
    elif low == high:
        reason = say("按这一条款，金额为 {low} 元", low=least)
    else:
        reason = say("按这一条款，金额为 {low} 至 {high} 元", low=least, high=f"{high:,.2f}")
    return refuse("R-SCOR-06", "out_of_range", reason)


@rule("R-SCOR-06", "奖惩按条款办理，批准前须选定条款。")
def names_clause(clause: str | None) -> Verdict:
    """Whether a reward or fine stands on a clause of the list; refused "incomplete"."""
    return ALLOWED if clause else refuse("R-SCOR-06", "incomplete", say("请先选定奖惩条款"))


@rule("R-SCOR-06", "奖惩先由经理或总监提议，再批准。")
def is_proposed(proposer: int | None) -> Verdict:
    """Whether somebody stands for the proposal with their signature; refused "not_signed"."""
    return ALLOWED if proposer else refuse("R-SCOR-06", "not_signed", say("请先由提议人签字"))


@rule("R-SCOR-06", "做私单的予以开除，并赔偿全部损失。")
def is_whole(clause: str | None, amount: Decimal, loss: Decimal | None, dismissed: bool) -> Verdict:
    """Whether the fine of a private deal says dismissal and comes to the whole loss; refused "incomplete"."""
    if clause not in DEALS or (dismissed and loss is not None and amount >= loss):
        return ALLOWED
    return refuse("R-SCOR-06", "incomplete", say("做私单的须写明损失额，金额不少于全部损失，并注明开除"))


@rule("R-SCOR-06", "奖惩由专项总监或总经理批准；检举私单的奖励由总经理批准。")
def may_approve(clause: str | None, roles: Set[Role]) -> Verdict:
    """Whether who holds *roles* approves what stands on *clause*, beyond the form's own roles; refused "not_signer"."""
    if clause != REPORT or Role.GENERAL_MANAGER in roles:
        return ALLOWED
    return refuse("R-SCOR-06", "not_signer", say("检举私单的奖励由总经理批准"))
