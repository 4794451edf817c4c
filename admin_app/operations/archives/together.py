"""Several requests approved on one page: only where nothing is red, each signed for itself (R-ROLE-05, R-LOAN-02)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ...models import Register
from ...rules.approvals import may_be_approved_together
from ...verdicts import Obstructed, Verdict, require
from .approvals import Decision, decide
from .inbox import Waiting
from .overview import Overview, overview

#: a request as the inbox names it: table and id in addresses
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chosen request as its own page shows it: what is *seen* is what is signed."""

    waiting: Waiting
    seen: Overview

    @property
    def red(self) -> tuple[Verdict, ...]:
        """Every fact that keeps it off the common page."""
        return self.seen.obstacles


class Red(Obstructed):
    """Something speaks against it, so it is looked at by itself: nothing was signed."""


def key_of(request: Register) -> Key:
    """What names *request* in the inbox."""
    return request.__tablename__, request.public_id


def must_go_together(keys: Collection[Key]) -> None:
    """Raise Refused (incomplete, inconsistent, out_of_range) unless they may be approved on one page."""
    require(may_be_approved_together([table for table, _public_id in keys], len(keys)))


def candidates(session: Session, inbox: Iterable[Waiting], keys: Collection[Key], now: datetime) -> list[Candidate]:
    """Those of *keys* that wait in the acting person's *inbox*; raises Refused: as ``must_go_together``."""
    chosen = [one for one in inbox if key_of(one.request) in keys]
    must_go_together([key_of(one.request) for one in chosen])
    return [_candidate(session, one, now) for one in chosen]


def _candidate(session: Session, waiting: Waiting, now: datetime) -> Candidate:
    return Candidate(waiting, overview(session, waiting.request, now))


def approve_clear(session: Session, request: Register, seen: str, checked_at: datetime | None, now: datetime) -> None:
    """Approve one of several, in a transaction of its own; raises Red for what turned red since, else as ``decide``."""
    if red := overview(session, request, now).obstacles:
        raise Red(red)
    decide(session, request, Decision(approve=True, seen=seen, checked_at=checked_at), now)
