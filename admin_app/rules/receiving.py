"""Who receives a customer at the door, what makes one an intending customer, what a grade asks for (R-CUST-02, 04, 11)."""

from dataclasses import dataclass

from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .disclosures import Fact, disclose

#: wishes that make an intending customer; codes of ``purchase_intent``
WISHES = frozenset({"buy", "rent", "decorate"})
#: the grade that a deposit makes, and that of a strong wish without one; codes of ``grade``
SIGNED_UP, STRONG_WISH = "A", "B"


class Why(Titled):
    """Why somebody receives a customer."""

    NAMED = "named", say("客户能说出的经理")
    BY_INTRODUCER = "by_introducer", say("老客户指定的经理")
    ON_DUTY = "on_duty", say("当班")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What is known at the door, by employee id: whom the customer names, whom the old customer who brought them named, and
    who is on duty in the store."""

    named: int | None = None
    brought: bool = False
    by_introducer: int | None = None
    on_duty: int | None = None


@rule(
    "R-CUST-04", "没有登记的客户，由其能说出的经理接待；老客户带来的，由老客户指定的经理接待；都没有的，由当班的接待。"
)
def receiver(door: Door) -> tuple[int, Why] | None:
    """Who receives them and why; None where nobody is named or on duty.

    An old customer's word goes before what the new one remembers, who came through them.
    """
    if door.brought and door.by_introducer is not None:
        return door.by_introducer, Why.BY_INTRODUCER
    if not door.brought and door.named is not None:
        return door.named, Why.NAMED
    return (door.on_duty, Why.ON_DUTY) if door.on_duty is not None else None


@rule("R-CUST-11", "意向客户须有联系方式，并有购买、租赁或装修意向；有中介的须写明中介。")
def says_what_it_must(intending: bool, phone: str | None, wants: str | None, agency: bool, agent: bool) -> Verdict:
    """Whether a registration says what it must; *agent*: the agency is named. Refused "incomplete"."""
    if intending and not phone:
        return refuse("R-CUST-11", "incomplete", say("意向客户须有联系方式"))
    if intending and wants not in WISHES:
        return refuse("R-CUST-11", "incomplete", say("意向客户须写明购买、租赁或装修意向"))
    if agency and not agent:
        return refuse("R-CUST-11", "incomplete", say("有中介的，请写明中介单位或名称"))
    return ALLOWED


@rule("R-CUST-02", "A 级客户须签有设计协议并有定金收据；B 级是意向强烈、还没有定金的。")
def may_be_graded(grade: str | None, has_deposit: bool) -> Verdict:
    """Whether a customer may be given *grade*; refused "inconsistent" for A without a deposit's receipt, B with one."""
    if grade == SIGNED_UP and not has_deposit:
        return refuse("R-CUST-02", "inconsistent", disclose(Fact.NO_DEPOSIT))
    if grade == STRONG_WISH and has_deposit:
        return refuse("R-CUST-02", "inconsistent", disclose(Fact.HAS_DEPOSIT))
    return ALLOWED


@rule("R-CUST-02", "B 级客户交了定金升为 A 级；协议作废、退出或定金收据撤销后没有其他定金的，A 级降为 B 级。")
def grade_by_deposit(grade: str | None, has_deposit: bool) -> str | None:
    """The grade once a deposit came or went: A and B follow it, any other is as it was, as it tells of a wish alone."""
    if grade not in (SIGNED_UP, STRONG_WISH):
        return grade
    return SIGNED_UP if has_deposit else STRONG_WISH
