"""The order of an offer: criterion by criterion, each place with why it is so and what would change it (R-DISP-04)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .dispatch import Standing

_NEVER = datetime.min.replace(tzinfo=UTC)
_UNRANKED = 10**6


@dataclass(frozen=True, slots=True)
class Wish:
    """What the order is about: whether it is a large one, and what the customer would like."""

    large: bool = False
    styles: frozenset[str] = frozenset()
    customer_types: frozenset[str] = frozenset()


def suits(one: Standing, wish: Wish) -> bool:
    """Whether the designer has a style or a type of customer in common with the customer's wishes."""
    return bool(one.styles & wish.styles or one.customer_types & wish.customer_types)


class Criterion(NamedTuple):
    """One of the criteria: the lesser ``measure`` goes first; how a place tells it; what would move it up."""

    measure: Callable[[Standing, Wish], Any]
    told: Callable[[Standing, Wish], Text]
    change: Text


def _rank(one: Standing, wish: Wish) -> Text:
    if one.department_rank is None:
        return say("没有部门排名")
    return say("部门第 {n}", n=one.department_rank)


def _last(one: Standing, wish: Wish) -> Text:
    return say("上次派单 {day}", day=one.last_order_at.date()) if one.last_order_at else say("还没派过单")


#: these two go first of all with a large order
LARGE = (
    Criterion(
        lambda one, wish: one.level, lambda one, wish: say("级别第 {n} 档", n=one.level + 1),
        say("大单先派级别高的，升级后前移"),
    ),
    Criterion(
        lambda one, wish: not one.charges_fee,
        lambda one, wish: say("收费") if one.charges_fee else say("不收费"),
        say("大单同级先派收费的"),
    ),
)  # fmt: skip
CRITERIA = (
    Criterion(
        lambda one, wish: not one.material_target_met,
        lambda one, wish: say("主材达标") if one.material_target_met else say("主材未达标"),
        say("主材销售达标后前移"),
    ),
    Criterion(
        lambda one, wish: _UNRANKED if one.department_rank is None else one.department_rank, _rank,
        say("部门排名上升后前移"),
    ),
    Criterion(lambda one, wish: one.held, lambda one, wish: say("持 {n} 单", n=one.held), say("持单减少后前移")),
    Criterion(
        lambda one, wish: not one.on_duty,
        lambda one, wish: say("当天在岗") if one.on_duty else say("外出中") if one.is_out else say("当天不在值班表"),
        say("当天在岗后前移"),
    ),
    Criterion(
        lambda one, wish: not suits(one, wish),
        lambda one, wish: say("风格适合") if suits(one, wish) else say("风格或客户类型没有相合的"),
        say("客户要求与其风格或客户类型相合时前移"),
    ),
    Criterion(
        lambda one, wish: one.last_order_at or _NEVER, _last, say("等更久没派单的派过后前移"),
    ),
    Criterion(
        lambda one, wish: one.number, lambda one, wish: say("工号 {number}", number=one.number),
        say("其他都相同，按工号"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the offer; ``change``: what would move the designer up, None for the first."""

    standing: Standing
    place: int
    why: Text
    change: Text | None


@rule(
    "R-DISP-04",
    "大单先看级别、再看收费；然后依次看主材达标、部门排名、持单少、当天在岗、风格适合、最久没派单，最后按工号。",
)
def ranked(standings: Iterable[Standing], wish: Wish) -> list[Place]:
    """The places of those who may be offered the order, the first first."""
    criteria = (*LARGE, *CRITERIA) if wish.large else CRITERIA
    order = sorted(standings, key=lambda one: [criterion.measure(one, wish) for criterion in criteria])
    return [_placed(order, at, wish, criteria) for at in range(len(order))]


def _placed(order: list[Standing], at: int, wish: Wish, criteria: tuple[Criterion, ...]) -> Place:
    """The first against the second, every other against the one before."""
    one = order[at]
    if len(order) == 1:
        return Place(one, 1, say("只有这一位可派"), None)
    other = order[1 if at == 0 else at - 1]
    decides = _first_difference(one, other, wish, criteria)
    why = say(
        "{mine}；第 {n} 名{theirs}",
        mine=decides.told(one, wish),
        n=2 if at == 0 else at,
        theirs=decides.told(other, wish),
    )
    return Place(one, at + 1, why, decides.change if at else None)


def _first_difference(one: Standing, other: Standing, wish: Wish, criteria: tuple[Criterion, ...]) -> Criterion:
    differing = (each for each in criteria if each.measure(one, wish) != each.measure(other, wish))
    return next(differing, criteria[-1])


@rule("R-DISP-04", "不选首位的，须写明原因。")
def may_choose(place: int, reason: str) -> Verdict:
    """Whether the designer in *place* may be proposed with that *reason*; refused "no_reason"."""
    if place == 1 or reason.strip():
        return ALLOWED
    return refuse("R-DISP-04", "no_reason", say("没有选首位，请写明原因"))


@rule("R-DISP-04", "预计金额二十万元以上（公司可改）为大单。")
def is_large(amount: Any, least: int) -> bool:
    """Whether an order of *amount* yuan, None while unknown, is a large one."""
    return amount is not None and amount >= least
