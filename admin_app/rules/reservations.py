"""The queue for an item: who may stand in it, whose turn it is by the clock, how a place in it ends (R-LOAN-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .loan_terms import reservation_end
from .moments import instant
from .working_days import Calendar


class Ended(StrEnum):
    """How a place in the queue ends."""

    FETCHED = "fetched"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"
    #: the item didn't come back, or is no more
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue; ``told_at``: when it was told that the item is in."""

    id: int
    person: int
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: told when, waited for until when; who didn't come in their time before, each with its end."""

    place: Place | None = None
    told_at: datetime | None = None
    until: datetime | None = None
    expired: tuple[tuple[Place, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The facts when *person* would reserve an item: who has it, who stands in its queue already."""

    person: int
    holder: int | None
    queue: Sequence[Place]
    is_in: bool
    gone: bool


@rule("R-LOAN-12", "借出或为他人保留的档案可以预约，一人一次；在架的直接申请。")
def may_reserve(wanted: Wanted) -> Verdict:
    """Whether *person* may join the queue; refused "destroyed", "wrong_state"."""
    if wanted.gone:
        return refuse("R-LOAN-12", "destroyed", say("该件已不在库，不能预约"))
    if wanted.holder == wanted.person:
        return refuse("R-LOAN-12", "wrong_state", say("该件就在预约人手上"))
    if any(place.person == wanted.person for place in wanted.queue):
        return refuse("R-LOAN-12", "wrong_state", say("已经预约，不用再约"))
    if wanted.is_in and not wanted.queue:
        return refuse("R-LOAN-12", "wrong_state", say("该件在架，可以直接借"))
    return ALLOWED


@rule("R-LOAN-12", "归还后首位预约人有一个工作日来取；到时不取，顺延给下一位。")
def whose_turn(queue: Sequence[Place], since: datetime, now: datetime, calendar: Calendar) -> Turn:
    """Whose turn an item that is in is at *now*; *queue* in order, *since*: when it came in, or its turn was given up.

    Each turn begins when the one before it ends, whenever that is written down.
    """
    expired: list[tuple[Place, datetime]] = []
    for place in queue:
        told_at = place.told_at or since
        until = reservation_end(told_at, calendar)
        if instant(now) <= instant(until):
            return Turn(place, told_at, until, tuple(expired))
        expired.append((place, until))
        since = until
    return Turn(expired=tuple(expired))


@rule("R-LOAN-12", "跳过预约人须写明理由。")
def may_skip(reason: str) -> Verdict:
    return ALLOWED if reason.strip() else refuse("R-LOAN-12", "no_reason", say("请写明跳过的理由"))
