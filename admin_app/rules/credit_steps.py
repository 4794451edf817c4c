"""What a shipment's signatures ask for (R-CRED-02), and where a plan of collection stands."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from ..permissions import Role
from ..texts import say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .credit_ladder import SIGNERS

REMITTANCE = frozenset({"prepaid", "prepaid_amount", "prepaid_on"})
SETTLED_ON_LEAVING = REMITTANCE | {"amount", "kind", "customer_id", "seller_id", "shipped_on", "signed_by_id"}


@rule("R-CRED-02", "首次超额和超三十天款期的发货，由客户开发主管签发；末次由签发的责任人签发；其余不须签发。")
def signs_shipment(kind: str, roles: Collection[Role]) -> Verdict:
    """Whether who holds *roles* signs a shipment of *kind*; refused "not_signer", "wrong_state" where nobody is to."""
    signers = SIGNERS.get(kind)
    if signers is None:
        return refuse("R-CRED-02", "wrong_state", say("这类发货不须签发"))
    if signers.intersection(roles):
        return ALLOWED
    titles = several(role.title for role in Role if role in signers)
    return refuse("R-CRED-02", "not_signer", say("这类发货须由{roles}签发", roles=titles))


@rule("R-CRED-02", "须签发的签发以后、须有回笼计划的有了计划，货物才可送出。")
def may_leave(signed: bool, needs_plan: bool, has_plan: bool) -> Verdict:
    """Whether goods may be sent; refused "not_signed" or "incomplete"."""
    if not signed:
        return refuse("R-CRED-02", "not_signed", say("这单发货还没有签发"))
    if needs_plan and not has_plan:
        return refuse("R-CRED-02", "incomplete", say("先汇款和现金提货须有货款回笼计划"))
    return ALLOWED


@rule("R-CRED-01", "授信每日按已开票、已收款重算，开票发货和收款的日期不得晚于当天。")
def is_not_ahead(day: date, today: date) -> Verdict:
    """Whether goods or money of *day* are there by *today*; refused "out_of_range"."""
    if day <= today:
        return ALLOWED
    return refuse("R-CRED-01", "out_of_range", say("日期不能晚于今天"))


@rule("R-CRED-02 R-CRED-03", "签发并送出以后，发货的金额、类别、客户、销售员、日期和汇款不再改动。")
def may_change_after(left: bool, changed: Collection[str]) -> Verdict:
    """Whether the fields *changed* of a shipment may be, which has *left* or hasn't; refused "locked".

    Nor may what would take back the signature on which the goods left.
    """
    if not left or not SETTLED_ON_LEAVING.intersection(changed):
        return ALLOWED
    return refuse("R-CRED-02", "locked", say("货已签发送出，金额、类别、客户、销售员、日期和汇款不再改动"))


@rule("R-CRED-02", "先汇款的金额在发货当日以后不再改动；以后收到的货款登记收款。")
def may_retell_remittance(shipped: date, day: date, retold: bool) -> Verdict:
    """Whether what was remitted beforehand may be *retold* on *day*; refused "locked" after the day of shipment."""
    if not retold or day <= shipped:
        return ALLOWED
    return refuse("R-CRED-02", "locked", say("发货当日以后不再改汇款，收到的货款请登记收款"))


@rule("R-CRED-02", "回笼计划：收齐为已回清，收到一部分为部分回款，过了计划日未收齐为逾期。")
def plan_state(amount: Decimal, collected: Decimal, planned: date, day: date) -> tuple[str, Decimal, int]:
    """The plan's state, what is outstanding and how many days it is overdue on *day*."""
    outstanding = max(amount - collected, Decimal(0))
    if not outstanding:
        return "done", outstanding, 0
    late = max((day - planned).days, 0)
    return "overdue" if late else "part" if collected else "open", outstanding, late
