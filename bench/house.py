"""The company that is measured: stores of very different size, and one person for each way of seeing rows.

Levels 30/40/20/8/2 %; stores of 36 %, 26 %, 0.5 % (closed a year ago: no recent rows) and 0.01 % of the rows, the rest
spread over 198 others; 2,000 owners of five to some five thousand rows. A rule of visibility that is fast for one of
these persons alone is found out by the others.
"""

from dataclasses import dataclass
from itertools import accumulate

from admin_app.permissions import Level, Role

BIG, SECOND, CLOSED, SMALL = 1, 2, 3, 4
OTHER_STORES = range(5, 203)
STORES = range(1, 203)
SHARES = {BIG: 0.36, SECOND: 0.26, CLOSED: 0.005, SMALL: 0.0001}
LEVELS, LEVEL_WEIGHTS = (0, 1, 2, 3, 4), (30, 70, 90, 98, 100)

OWNERS = 2000
DESIGNERS = 300
FIVE = 5
#: the most rows of an owner over the fewest
SPREAD = 1000


@dataclass(frozen=True)
class Actor:
    """Somebody who signs in, and how they come to see rows."""

    username: str
    title: str
    role: Role
    clearance: Level
    store: int | None = None


ACTORS = (
    Actor("manager", "总经理: all stores, every level", Role.GENERAL_MANAGER, Level.TOP_SECRET),
    Actor("director", "专项总监: all stores up to 机密", Role.DIRECTOR, Level.CONFIDENTIAL),
    Actor("big", "店经理 of the store with 36 %", Role.STORE_MANAGER, Level.SECRET, BIG),
    Actor("small", "店经理 of the store with 0.01 %", Role.STORE_MANAGER, Level.SECRET, SMALL),
    Actor("closed", "店经理 of the store closed a year ago", Role.STORE_MANAGER, Level.SECRET, CLOSED),
    Actor("scribe", "前台 of the store with 26 %, who wrote all of it", Role.CLERK, Level.INTERNAL, SECOND),
    Actor("five", "客户开发专员, owner of five rows", Role.SALES, Level.SECRET),
    Actor("nobody", "设计师, party to no row", Role.DESIGNER, Level.SECRET),
)
FIRST_OWNER = len(ACTORS) + 1
FIRST_DESIGNER = FIRST_OWNER + OWNERS
EMPLOYEES = FIRST_DESIGNER + DESIGNERS - 1


def employee_id(username: str) -> int:
    """The actor's employee id; actors are the first employees."""
    return next(number for number, actor in enumerate(ACTORS, start=1) if actor.username == username)


def store_weights(closed: bool) -> list[float]:
    """Cumulative weights of ``STORES``; the closed store has twice its share while open and none *closed*."""
    rest = (1 - sum(SHARES.values())) / len(OTHER_STORES)
    shares = {**SHARES, CLOSED: 0 if closed else 2 * SHARES[CLOSED]}
    return list(accumulate(shares.get(store, rest) for store in STORES))


def owner_weights() -> list[float]:
    """Cumulative weights of the owners, growing evenly by factor from the least to the busiest."""
    return list(accumulate(SPREAD ** (position / (OWNERS - 1)) for position in range(OWNERS)))
