"""Customers whom nobody has contacted for long, and the pool of those who have no manager (R-CUST-09)."""

from collections.abc import Set
from datetime import date, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .roles import Role

#: states in which a customer has bought or is given up; all others, a company's own among them, are unsold
SETTLED = frozenset({"signed", "completed", "lost"})
#: who takes a customer from the pool, and who puts one back
TAKERS = frozenset({Role.CUSTOMER_MANAGER})
RELEASERS = frozenset({Role.STORE_MANAGER, Role.SALES_MANAGER, Role.GENERAL_MANAGER})


@rule("R-CUST-09", "未成交客户满三十天（公司可改）没有联系的，列为待激活；撤回同意的不列。")
def cold_since(status: str, last: date, withdrawn: date | None, today: date, days: int) -> date | None:
    """The day on which a customer went cold, *days* after the *last* contact, or registration where there was none.

    None for who is still warm, has bought, is given up, or may not be contacted any more (R-PRIV-01).
    """
    since = last + timedelta(days=days)
    if status in SETTLED or since > today or (withdrawn is not None and withdrawn <= today):
        return None
    return since


@rule("R-CUST-09", "没有客户经理的未成交客户在客户池里，由本店客户经理认领，先到先得。")
def may_take(roles: Set[Role], same_store: bool, in_pool: bool) -> Verdict:
    """Whether somebody may take a customer; *in_pool*: unsold and nobody's. Refused "role", "scope", "wrong_state"."""
    if not roles & TAKERS:
        return refuse("R-CUST-09", "role", say("由客户经理认领"))
    if not same_store:
        return refuse("R-CUST-09", "scope", say("只能认领本店的客户"))
    if not in_pool:
        return refuse("R-CUST-09", "wrong_state", say("客户已由他人认领，或已不在客户池里；请刷新后另选"))
    return ALLOWED


@rule("R-CUST-09", "待激活的客户，可由负责人放回客户池。")
def may_release(roles: Set[Role], has_owner: bool, is_cold: bool) -> Verdict:
    """Whether somebody may put a customer back into the pool. Refused "role", "wrong_state"."""
    if not roles & RELEASERS:
        return refuse("R-CUST-09", "role", say("由店面经理、客户开发主管或总经理放回客户池"))
    if not has_owner or not is_cold:
        return refuse("R-CUST-09", "wrong_state", say("客户近来有人联系，或已在客户池里；请刷新后再看"))
    return ALLOWED
