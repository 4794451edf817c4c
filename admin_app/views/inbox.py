"""The inbox of steps that wait for one's signature (R-DESK-01): kinds of request attach to it, it knows none of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .. import clock
from ..database import db
from ..operations.lowering.deciding import waiting_for
from ..permissions import Person
from ..texts import say
from .doors import SIGNING, door

#: a line of approvals.html, and ``at``, the moment since when it waits
Row = dict[str, Any]
_KINDS: list[Callable[[datetime], list[Row]]] = []


def _opens(person: Person) -> bool:
    """To who may borrow, as anybody's head may sign; to others while something waits for them."""
    return "archive_loan" in person.rights or bool(waiting_for(db.session, clock.now()))


INBOX = door(say("等我签批"), "/approvals/", SIGNING, _opens)


def waits_in_inbox(kind: Callable[[datetime], list[Row]]) -> Callable[[datetime], list[Row]]:
    """Mark a function that gives the rows of one kind of request that wait for the acting person at that moment."""
    _KINDS.append(kind)
    return kind


def waiting_rows(now: datetime) -> list[Row]:
    """All that waits for the acting person, the oldest first."""
    return sorted((row for kind in _KINDS for row in kind(now)), key=lambda row: row["at"])
