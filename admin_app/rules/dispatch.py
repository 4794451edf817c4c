"""Who may be offered an order: every reason against a designer at once, and what would change it (R-DISP-03, 06, 07)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .figures import INCIDENTS, MOST_HELD, PLANS_UNSIGNED
from .months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A designer at one moment; ``designer`` is an employee id, ``number`` what they go by when all else is equal.

    ``level``: the place of their level in its list, 0 the highest. ``held``: orders held, those that wait for their
    deposit among them. ``suspended_until``: the last day, None while there is no end. ``plans_unsigned``: how many of the
    latest plans in a row had no signature. ``incidents``: days of the incidents that count, earliest first;
    ``incident_days`` how long each counts.
    """

    designer: int
    number: str = ""
    level: int = 0
    charges_fee: bool = False
    material_target_met: bool = False
    department_rank: int | None = None
    styles: frozenset[str] = frozenset()
    customer_types: frozenset[str] = frozenset()
    held: int = 0
    on_roster: bool = True
    is_out: bool = False
    last_order_at: datetime | None = None
    active: bool = True
    struck_off: bool = False
    suspended: bool = False
    suspended_until: date | None = None
    plans_unsigned: int = 0
    incidents: tuple[date, ...] = ()
    most_plans: int = PLANS_UNSIGNED.default
    most_incidents: int = INCIDENTS.default
    incident_days: int = 30

    @property
    def on_duty(self) -> bool:
        """In the roster of the day and not on an outing (R-DISP-04)."""
        return self.on_roster and not self.is_out


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason against a designer, and what would change it."""

    verdict: Verdict
    change: Text


@rule("R-DISP-03", "停用的设计师不派单。")
def is_active(one: Standing) -> Verdict:
    return ALLOWED if one.active else refuse("R-DISP-03", "inactive", say("已停用"))


@rule("R-DISP-03", "设计师档案已作废的不派单。")
def has_file(filed: bool) -> Verdict:
    """*filed*: whether the designer's file is in use; without one there is no standing to check."""
    return ALLOWED if filed else refuse("R-DISP-03", "inactive", say("设计师档案已作废"))


@rule("R-DISP-03 R-DISP-06", "除名的设计师不再派单。")
def is_not_struck_off(one: Standing) -> Verdict:
    return refuse("R-DISP-03", "struck_off", say("已除名")) if one.struck_off else ALLOWED


@rule("R-DISP-03 R-DISP-06", "停单期间不派单。")
def is_not_suspended(one: Standing) -> Verdict:
    if not one.suspended:
        return ALLOWED
    if one.suspended_until is None:
        return refuse("R-DISP-03", "suspended", say("停单中，没有止期"))
    return refuse("R-DISP-03", "suspended", say("停单至 {day}", day=one.suspended_until))


@rule("R-DISP-03 R-DISP-05", "手中持单满三单的不再派单，已派出还没交定金的也算持单。")
def has_room(one: Standing) -> Verdict:
    if one.held < MOST_HELD:
        return ALLOWED
    return refuse("R-DISP-03", "full", say("持单已满：{n} 单", n=one.held))


@rule("R-DISP-06", "连续五个方案（公司可改）没有签单的停止派单，由店经理写明理由解除；期房客户不计。")
def signs_plans(one: Standing) -> Verdict:
    if one.plans_unsigned < one.most_plans:
        return ALLOWED
    return refuse("R-DISP-06", "plans_unsigned", say("连续 {n} 个方案没有签单", n=one.plans_unsigned))


@rule("R-DISP-07", "三十天内旷工、迟到、早退、外出不登记或言语影响团队三次的（次数和天数公司可改）不派单。")
def keeps_discipline(one: Standing) -> Verdict:
    if len(one.incidents) < one.most_incidents:
        return ALLOWED
    reason = say("{days} 天内违纪 {n} 次", days=one.incident_days, n=len(one.incidents))
    return refuse("R-DISP-07", "incidents", reason)


def _never(one: Standing) -> Text:
    return say("不再派单")


def _active_again(one: Standing) -> Text:
    return say("恢复在岗后可派")


def _suspension_over(one: Standing) -> Text:
    if one.suspended_until is None:
        return say("解除停单后可派")
    return say("{day} 起可派", day=one.suspended_until + timedelta(days=1))


def _one_less(one: Standing) -> Text:
    return say("再完成、退出或失效 {n} 单后可派", n=one.held - MOST_HELD + 1)


def _lifted(one: Standing) -> Text:
    return say("店经理写明理由解除后可派")


def _incident_forgotten(one: Standing) -> Text:
    """The day on which so many have become too old that the rest are one too few."""
    last_to_go = one.incidents[len(one.incidents) - one.most_incidents]
    return say("{day} 起可派", day=last_to_go + timedelta(days=one.incident_days))


#: in the order in which the board shows them, each with what would change it
CHECKS: tuple[tuple[Callable[[Standing], Verdict], Callable[[Standing], Text]], ...] = (
    (is_active, _active_again), (is_not_struck_off, _never), (is_not_suspended, _suspension_over), (has_room, _one_less),
    (signs_plans, _lifted), (keeps_discipline, _incident_forgotten),
)  # fmt: skip


def obstacles(one: Standing) -> tuple[Obstacle, ...]:
    """Everything that stands against offering an order to a designer; empty for those who may be offered it."""
    found = ((check(one), change) for check, change in CHECKS)
    return tuple(Obstacle(verdict, change(one)) for verdict, change in found if not verdict)


def in_a_row(signed: Iterable[bool]) -> int:
    """How many of the latest plans had no signature in a row; *signed*: whether each had, the latest first (R-DISP-06)."""
    count = 0
    for one in signed:
        if one:
            break
        count += 1
    return count


@rule("R-DISP-06", "拒单的自拒单当日起停单一个月，到下月同日为止，没有同日的到月底。")
def month_from(day: date) -> date:
    """The last day of a suspension that begins on *day*."""
    month = Month.of(day).next
    return min(month.last, month.first + timedelta(days=day.day - 1))


@rule("R-DISP-07", "违纪自发生当日起计三十天（公司可改）。")
def counts_from(today: date, days: int) -> date:
    """The earliest day whose incidents still count on *today*."""
    return today - timedelta(days=days - 1)
