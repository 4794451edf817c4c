"""What people sold and collected in a month or year, their places, grades and bonuses (R-INCE-01 … 05). Amounts are yuan."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .months import Month

_CENT = Decimal("0.01")
_NOTHING = Decimal(0)
_PER_TEN_THOUSAND = 10_000
#: so many of a ranking are published
PUBLISHED = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What one person, month, or any other group of entries comes to; two of them add up."""

    orders: Decimal = _NOTHING
    returns: Decimal = _NOTHING
    discounts: Decimal = _NOTHING
    cancellations: Decimal = _NOTHING
    rebates: Decimal = _NOTHING
    receipts: Decimal = _NOTHING
    bill_result: Decimal = _NOTHING
    cost: Decimal = _NOTHING
    expenses: Decimal = _NOTHING

    def __add__(self, other: "Result") -> "Result":
        return Result(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Result)))

    @property
    def net_sales(self) -> Decimal:
        return net_sales(self)

    @property
    def gross(self) -> Decimal:
        return gross(self)

    @property
    def profit(self) -> Decimal:
        return profit(self)


@rule("R-INCE-01", "实销额为订货减退货、折扣、作废和优惠；退货计入退货的月份。")
def net_sales(result: Result) -> Decimal:
    return result.orders - result.returns - result.discounts - result.cancellations - result.rebates


@rule("R-INCE-02", "销售毛利为实销额减边际成本和开发费用。")
def gross(result: Result) -> Decimal:
    return result.net_sales - result.cost - result.expenses


@rule("R-INCE-02", "销售净利为毛利扣除期票损益：损失减，收益加。")
def profit(result: Result) -> Decimal:
    return result.gross - result.bill_result


@rule("R-INCE-02", "期票计息天数为到期日减发货日后六十天；金额乘日利率乘天数，正数为损失，负数为收益。")
def bill_interest(amount: Decimal, shipped: date, matures: date, free_days: int, rate: int) -> tuple[int, Decimal]:
    """The days that count and what they cost, half up; below 0 they gain. *rate*: per ten thousand and day."""
    days = (matures - (shipped + timedelta(days=free_days))).days
    return days, (amount * rate * days / _PER_TEN_THOUSAND).quantize(_CENT, ROUND_HALF_UP)


@rule("R-INCE-03", "按实销额排名，相同的同名次。")
def places(sales: Mapping[int, Decimal]) -> dict[int, int]:
    """Person -> place by net sales; equal ones share the better place."""
    return {person: 1 + sum(other > mine for other in sales.values()) for person, mine in sales.items()}


@rule("R-INCE-03", "前三名公布到内部，全表仍为秘密；没有实销额的不公布。")
def is_published(place: int, sold: Decimal) -> bool:
    return place <= PUBLISHED and sold > 0


@rule("R-INCE-04", "目标完成率为实销额与目标之比，收款增长率与上期收款相比；没有目标或上期的不算。")
def percent(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """*part* of *whole* in percent to two places, half up; None of nothing."""
    return (part * 100 / whole).quantize(_CENT, ROUND_HALF_UP) if whole else None


@rule("R-INCE-04", "收款增长率为本期比上期多收的部分与上期之比。")
def growth(now: Decimal, before: Decimal) -> Decimal | None:
    return percent(now - before, before)


@rule("R-INCE-04", "绩效等级按目标完成率定：达到甲限为 A，达到乙限为 B，其余为 C。")
def grade(achieved: Decimal | None, best: int, second: int) -> str | None:
    if achieved is None:
        return None
    return "A" if achieved >= best else "B" if achieved >= second else "C"


@rule("R-INCE-05", "业绩奖金按实销额的比例计，没有实销额的为零。")
def result_bonus(sold: Decimal, rate: int) -> Decimal:
    """*rate* percent of net sales, half up; nothing where they are below 0."""
    return (max(sold, _NOTHING) * rate / 100).quantize(_CENT, ROUND_HALF_UP)


@rule("R-INCE-01", "退货属以前月份订货的，追回与退货相应的业绩奖金，不超过那个月的奖金。")
def claimed_back(returned: Decimal, ordered: date | None, on: date, rate: int, granted: Decimal) -> Decimal:
    """What is claimed back for a return of an order of another month; *rate* and *granted*: that month's, in percent and yuan."""
    if ordered is None or Month.of(ordered) >= Month.of(on):
        return _NOTHING
    return min(result_bonus(returned, rate), granted)


@rule("R-INCE-05", "月度奖金随次月工资发放，年度奖金于年度结算后随工资发放。")
def bonus_due(month: Month, yearly: bool, pay_day: int, accounts_month: int) -> date:
    """The pay day on which a bonus of *month*, or of its year, is due."""
    if yearly:
        return date(month.year + 1, accounts_month, pay_day)
    return month.next.first.replace(day=pay_day)


@rule("R-INCE-03", "月度、年度排名经审核后公布并锁定，不再重算。")
def is_open(approved: bool) -> Verdict:
    """Whether a ranking may still be computed; refused "locked"."""
    return refuse("R-INCE-03", "locked", say("排名已审核公布，不再变动")) if approved else ALLOWED


@rule("R-INCE-03 R-INCE-05", "期间结束后才排名，排名审核后才计奖金。")
def is_ready(found: bool, approved: bool) -> Verdict:
    """Whether bonuses may be worked out of a ranking; refused "wrong_state"."""
    if found and approved:
        return ALLOWED
    return refuse("R-INCE-05", "wrong_state", say("排名审核公布以后才能计算奖金"))


@rule("R-INCE-03", "期间结束后才能排名。")
def is_past(last: date, day: date) -> Verdict:
    """Whether the period that ends with *last* is over on *day*; refused "wrong_state"."""
    return ALLOWED if day > last else refuse("R-INCE-03", "wrong_state", say("期间还没有结束，结束以后才能排名"))
