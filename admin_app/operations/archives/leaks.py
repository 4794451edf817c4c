"""Reports of leaks: made in a minute by anybody, told at once, open until the general manager closes them (R-CONF-10)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...guard.session import acting
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Action, Person
from ...rules.leaks import days_open, may_be_called_closed, may_close, may_report
from ...verdicts import ALLOWED, Verdict, require
from ..followups import after_writing, before_adding, before_signing
from ..records import create
from ..today import local_day

LEAK = "leak_report"
REPORTED, CLOSED = "reported", "closed"


def report(session: Session, content: str, found_at: datetime | None, now: datetime) -> str:
    """Write a report of the acting person's; its number, which is all that they need get to see of it afterwards.

    Anybody may who is signed in. Raises Refused: incomplete, time_order.
    """
    require(may_report(content, found_at, now))
    values = {"content": content.strip(), "found_at": found_at, "reporter_id": acting(session).id}
    return create(session, register_named(LEAK), values).number


@before_adding(LEAK)
def tell(session: Session, leak: Register) -> None:
    """It stands on the desks of both from the moment it is written."""
    for name in ("supervisor_told_at", "manager_told_at"):
        if getattr(leak, name) is None:
            setattr(leak, name, clock.now())


@before_signing(LEAK)
def needs_remedy(leak: Register, signature: Face) -> Verdict:
    return may_close(leak.leak_state, leak.remedy, leak.remedied_at)


@after_writing(LEAK)
def keep_state(session: Session, leak: Register, before: Mapping[str, Any]) -> None:
    """Closed is what the general manager has signed, and nothing else; the days that it took are then counted."""
    signed = leak.closed_by_id is not None
    require(may_be_called_closed(signed) if leak.state == CLOSED else ALLOWED)
    if signed:
        with operating(session):
            leak.state, leak.days_open = CLOSED, days(session, leak, leak.closed_at)


def answers_for_leaks(person: Person) -> bool:
    """Whether open reports stand on this person's desk: 客户信息主管, 客户服务部经理 and 总经理, by their right to handle them."""
    return person.reach(Action.EDIT, LEAK) is not None


def open_leaks(session: Session) -> Sequence[Register]:
    """The reports that aren't closed, the oldest first, as far as the acting person sees them."""
    leak = register_named(LEAK)
    waiting = select(leak).where(leak.closed_by_id.is_(None), leak.voided_at.is_(None))
    return session.scalars(waiting.order_by(leak.created_at, leak.id)).all()


def days(session: Session, leak: Register, until: datetime) -> int:
    """How long the report has been open at *until*."""
    return days_open(local_day(session, leak.created_at), local_day(session, until))
