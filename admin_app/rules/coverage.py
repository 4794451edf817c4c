"""Visits go round all customers: how far each officer has come (R-RELA-02)."""

from collections.abc import Set
from datetime import date, timedelta

from .book import rule
from .roles import Role

#: who looks after customers and visits them, and who sees how the others come round
OFFICERS = frozenset({Role.CUSTOMER_MANAGER, Role.SALES, Role.SALES_ADVISER, Role.SERVICE_ADVISER})
LEADERS = frozenset({
    Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR,
    Role.GENERAL_MANAGER,
})  # fmt: skip
#: states in which nobody is visited any more
GIVEN_UP = frozenset({"lost"})


@rule("R-RELA-02", "每位负责人的客户在九十天内（公司可改）都应拜访到；负责人看自己的，主管看能看到的所有人的。")
def sees_others(roles: Set[Role]) -> bool:
    """Whether somebody is shown how other officers come round, too, within what customers and visits they see."""
    return bool(roles & LEADERS)


def round_began(today: date, days: int) -> date:
    """The first day of a round of *days* that ends *today*; who was visited on it counts as visited."""
    return today - timedelta(days=days - 1)


def share(held: int, visited: int) -> int:
    """Which percentage of those *held* was *visited*, rounded down: all is said of all alone. Nothing held is all."""
    return visited * 100 // held if held else 100
