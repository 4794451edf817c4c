"""The ladder of a shipment: how goods of an amount may go out to a customer now, and what would change it (R-CRED-02)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..permissions import Role
from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .credit import Kind, Standing
from .months import Month

_THIRD = 3
_ABOVE = (Role.SALES_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER)
#: who signs; the others need nobody
SIGNERS: dict[str, frozenset[Role]] = {
    Kind.FIRST: frozenset({Role.SALES_MANAGER}),
    Kind.LAST: frozenset(_ABOVE),
    Kind.SPECIAL: frozenset({Role.SALES_MANAGER}),
}
WITH_PLAN = frozenset({Kind.PREPAID, Kind.CASH})


@dataclass(frozen=True, slots=True)
class Order:
    """A shipment of *amount* to a customer who stands so."""

    amount: Decimal
    standing: Standing
    eligible: bool
    over_term: bool

    @property
    def passes(self) -> bool:
        return self.standing.passed_by(self.amount) > 0

    @property
    def under_third(self) -> bool:
        return self.amount * _THIRD < self.standing.limit


@dataclass(frozen=True, slots=True)
class Rung:
    """One way of the ladder: whether it is open, why, and what would open it."""

    kind: Kind
    verdict: Verdict
    why: Text | None
    change: Text | None = None

    @property
    def signers(self) -> frozenset[Role]:
        return SIGNERS.get(self.kind, frozenset())

    @property
    def needs_plan(self) -> bool:
        return self.kind in WITH_PLAN


@rule(
    "R-CRED-02",
    "额内可开票；超额先首次、后末次，都须小于授信额三分之一；再超先汇款；无授信现金提货；超三十天逐单审批。",
)
def ladder(order: Order) -> tuple[Rung, ...]:
    """All ways in their order, each open or not; the first that is open is offered. One at least is."""
    return tuple(_rung(kind, order, decide) for kind, decide in _DECIDED.items())


def offered(rungs: Sequence[Rung]) -> Rung:
    return next(one for one in rungs if one.verdict)


@rule("R-CRED-02", "发货类别须是授信情况所允许的，或更稳妥的先汇款、现金。")
def may_ship(order: Order, kind: str) -> Verdict:
    """Whether goods may go out as *kind*; refused "incomplete" without credit, "over_limit", "out_of_range", "wrong_state"."""
    unknown = refuse("R-CRED-02", "wrong_state", say("没有这种发货类别"))
    return next((one.verdict for one in ladder(order) if one.kind == kind), unknown)


@rule("R-CRED-02", "先汇款的金额须够本单货款，或够超出授信额的部分。")
def is_covered(order: Order, remitted: Decimal | None) -> Verdict:
    """Whether what was *remitted* pays for a prepaid shipment, or brings it back within the limit; refused "incomplete".

    *order* stands without that money.
    """
    wanted = min(order.amount, order.standing.passed_by(order.amount))
    if (remitted or 0) >= wanted:
        return ALLOWED
    return refuse("R-CRED-02", "incomplete", say("先汇款须不少于 {amount} 元", amount=f"{wanted:,.2f}"))


@rule("R-CRED-02 R-CRED-03", "签发、送货和认定坏账时，按发货日的授信再核一次；额内可发的，按更严的类别发也可以。")
def went_rightly(order: Order, kind: str, remitted: Decimal) -> Verdict:
    """Whether goods of *kind* went out, or go, as the credit of their day allows; refused as ``may_ship``, ``is_covered``."""
    if may_ship(order, Kind.WITHIN):
        return ALLOWED
    said = may_ship(order, kind)
    return is_covered(order, remitted) if said and kind == Kind.PREPAID else said


@rule("R-CRED-02 R-CRED-03", "末次超额的货款当月底到期，先汇款和现金的当日到期，其余按款期。")
def due_day(kind: str, shipped: date, days: int) -> date:
    """By when a shipment of *kind* is to be paid; *days* were agreed."""
    if kind == Kind.LAST:
        return Month.of(shipped).last
    return shipped if kind in WITH_PLAN else shipped + timedelta(days=days)


Told = tuple[Verdict, Text | None, Text | None]


def _rung(kind: Kind, order: Order, decide: Callable[[Order], Told]) -> Rung:
    return Rung(kind, *decide(order))


def _closed(verdict: Verdict, change: Text | None = None) -> Told:
    return verdict, verdict.reason, change


def _on_credit(order: Order) -> Told | None:
    """Why nothing goes out on plain credit; None where it may."""
    if not order.eligible:
        return _closed(refuse("R-CRED-02", "incomplete", say("没有授信")), say("补齐授信资格并经批准"))
    if order.over_term:
        return _closed(
            refuse("R-CRED-02", "wrong_state", say("款期超过规定天数，逐单审批")), say("约定款期改短后，按授信额发货")
        )
    return None


def _within(order: Order) -> Told:
    if closed := _on_credit(order):
        return closed
    if order.passes:
        over = order.standing.passed_by(order.amount)
        why = say("超出授信额 {over} 元", over=f"{over:,.2f}")
        return _closed(
            refuse("R-CRED-02", "over_limit", why), say("收回 {over} 元货款，或减少本单金额", over=f"{over:,.2f}")
        )
    return ALLOWED, say("已用额加本单在授信额以内"), None


def _over(order: Order) -> Told | None:
    """Why neither the first nor the last over the limit may go out."""
    if closed := _on_credit(order):
        return closed
    if not order.passes:
        return _closed(refuse("R-CRED-02", "wrong_state", say("还在授信额以内，不用超额签发")))
    if not order.under_third:
        why = say("本单不小于授信额的三分之一")
        return _closed(
            refuse("R-CRED-02", "out_of_range", why),
            say("减到 {third} 元以下", third=f"{order.standing.limit / _THIRD:,.2f}"),
        )
    return None


def _first(order: Order) -> Told:
    if closed := _over(order):
        return closed
    episode = order.standing.episode
    if episode and (episode.first or episode.last):
        why = say("{day} 起的这次超额，首次已用", day=episode.since)
        return _closed(refuse("R-CRED-02", "wrong_state", why), say("已用额回到授信额以内后重新起算"))
    return ALLOWED, say("这次超额的首次，小于授信额的三分之一"), None


def _last(order: Order) -> Told:
    if closed := _over(order):
        return closed
    episode = order.standing.episode
    if episode is None or not (episode.first or episode.last):
        return _closed(refuse("R-CRED-02", "wrong_state", say("首次还没有用")))
    if episode.last:
        why = say("{day} 起的这次超额，末次已用", day=episode.since)
        return _closed(refuse("R-CRED-02", "wrong_state", why), say("已用额回到授信额以内后重新起算"))
    return ALLOWED, say("这次超额的末次，小于授信额的三分之一，由责任人承担"), None


def _special(order: Order) -> Told:
    if not order.eligible:
        return _closed(refuse("R-CRED-02", "incomplete", say("没有授信")), say("补齐授信资格并经批准"))
    if not order.over_term:
        return _closed(refuse("R-CRED-02", "wrong_state", say("款期没有超过规定天数")))
    return ALLOWED, say("款期超过规定天数，由客户开发主管逐单审批"), None


def _prepaid(order: Order) -> Told:
    if not order.eligible:
        return _closed(refuse("R-CRED-02", "incomplete", say("没有授信，须现金提货")), say("补齐授信资格并经批准"))
    return ALLOWED, say("先汇款，依款开票"), None


def _cash(order: Order) -> Told:
    return ALLOWED, say("有授信，也可以现金提货") if order.eligible else say("没有授信，现金开票提货"), None


_DECIDED: dict[Kind, Callable[[Order], Told]] = {
    Kind.WITHIN: _within, Kind.FIRST: _first, Kind.LAST: _last, Kind.SPECIAL: _special, Kind.PREPAID: _prepaid,
    Kind.CASH: _cash,
}  # fmt: skip
