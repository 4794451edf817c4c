"""Fines for archive violations: their amount, doubling within a month, repeats until corrected, the cut in pay (R-FINE).

Amounts are yuan. One violation is one visit and kind; its items multiply it (R-FINE-01). 003 篇七.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant
from .working_days import Calendar, deadline


class Adviser(StrEnum):
    """Whom the manual fines; ``archive_adviser_kind``."""

    SALES = "sales"
    SERVICE = "service"
    OTHER = "other"


#: from which violation of a month on fines double; others' don't
_DOUBLED_FROM: Mapping[str, int] = MappingProxyType({Adviser.SALES: 2, Adviser.SERVICE: 3})
#: pay is cut so far, in percent, and by how much at least
_CUT = (Decimal(10), Decimal(30))


@dataclass(frozen=True, slots=True)
class Fined:
    """What a violation costs: its place among the month's, times, amount once, days repeated, and all of it."""

    month_count: int
    multiplier: int
    amount: Decimal
    repeats: int
    total: Decimal


_KINDS: Mapping[Role, Adviser] = MappingProxyType(
    {Role.SALES_ADVISER: Adviser.SALES, Role.SERVICE_ADVISER: Adviser.SERVICE}
)


@rule("R-FINE-02", "销售顾问、服务顾问以外的人员，罚款不加倍。")
def adviser_kind(roles: frozenset[Role]) -> Adviser:
    """As which kind somebody with these roles is fined."""
    return next((kind for role, kind in _KINDS.items() if role in roles), Adviser.OTHER)


@rule("R-FINE-02", "当月内，销售顾问从第二次起、服务顾问从第三次起，罚款加倍。")
def multiplier(kind: str, month_count: int) -> int:
    """How many times the *month_count*-th violation of a month is fined, by ``Adviser`` *kind*."""
    since = _DOUBLED_FROM.get(kind)
    return 2 if since is not None and month_count >= since else 1


@rule("R-FINE-03", "责令改正后一个工作日内改正。")
def correction_due(told_at: datetime, calendar: Calendar) -> date:
    """The last day on which a violation told of at *told_at* is corrected in time."""
    return deadline(told_at, 1, calendar).date()


@rule("R-FINE-03", "未按期改正的，每过一个工作日按同一数额再罚一次，直至改正；再罚不计入次数。")
def repeated_on(told_at: datetime, corrected_on: date | None, now: datetime, calendar: Calendar) -> list[date]:
    """The working days after the one of *told_at* that closed without a correction; each counts in the month of its day."""
    told_on = instant(told_at).astimezone(calendar.zone).date()
    last = instant(now).astimezone(calendar.zone).date() if corrected_on is None else corrected_on - timedelta(days=1)
    days = (told_on + timedelta(days=after) for after in range(1, (last - told_on).days + 1))
    return [day for day in days if calendar.is_working(day) and calendar.closing(day) <= instant(now)]


@rule("R-FINE-01", "一次违规（一车次一类）按条款罚款，按项的乘以项数。")
def fined(clause: Decimal, items: int, kind: str, month_count: int, repeats: int) -> Fined:
    """What one violation costs; *clause* is the amount of its clause for one item."""
    times = multiplier(kind, month_count)
    amount = clause * items * times
    return Fined(month_count, times, amount, repeats, amount * (1 + repeats))


@rule("R-FINE-02", "服务顾问当月第三次起，可由客户总监扣罚绩效 10% 至 30%；是否适用于销售顾问由公司设定。")
def may_cut(percent: Decimal | None, kind: str, month_count: int, sales_too: bool) -> Verdict:
    """Whether pay may be cut by *percent*; refused "wrong_state", "out_of_range"."""
    if percent is None:
        return ALLOWED
    cut = {Adviser.SERVICE, *([Adviser.SALES] if sales_too else [])}
    if kind not in cut or multiplier(kind, month_count) == 1:
        return refuse("R-FINE-02", "wrong_state", say("当月罚款加倍后才能扣罚绩效，这一次还不能"))
    if not _CUT[0] <= percent <= _CUT[1]:
        return refuse(
            "R-FINE-02", "out_of_range", say("绩效扣罚须在 {low}% 到 {high}% 之间", low=_CUT[0], high=_CUT[1])
        )
    return ALLOWED


@rule("R-FINE-05", "及时率为按时移交数除以应交数，完整率为齐全数除以实交数。")
def share(part: int, of: int) -> Decimal | None:
    """Percent to two places, half up; None where there is nothing to count."""
    return (Decimal(100 * part) / of).quantize(Decimal("0.01"), "ROUND_HALF_UP") if of else None
