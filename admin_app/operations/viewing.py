"""Looking on as somebody else: begun and ended by admin, both in the trail with both names (R-ROLE-01, R-AUDT-01)."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..models import Register, register_named
from ..permissions import Person
from ..rules.viewing import is_over, may_view_as
from ..verdicts import require
from ..working.trail import TrailEntry
from .accounts import account_of
from .people import load_person


class Begun(NamedTuple):
    """Whom somebody looks on as, under which epoch of their account, and since when."""

    person: int
    epoch: int
    began: datetime


def begin(session: Session, employee: Register, now: datetime) -> Begun:
    """Let the acting person look on as *employee*; raises Refused: role, oneself, wrong_state (cannot sign in)."""
    viewer, account = acting(session), account_of(session, employee.id)
    open_account = account is not None and not account.disabled and load_person(session, employee.id) is not None
    require(may_view_as(viewer.roles, viewer.id, employee.id, open_account))
    assert account is not None
    trail.note(session, "viewing_begun", employee, viewing_as=employee.id)
    return Begun(employee.id, account.epoch, now)


def end(session: Session, begun: Begun, why: str) -> None:
    """Note the end in the acting person's name; *why*: ended, time, lapsed, session."""
    employee = session.get(register_named("employee"), begun.person)
    trail.note(session, "viewing_ended", employee, viewing_as=begun.person, why=why)


def _has_ended(session: Session, viewer: Person, begun: Begun) -> bool:
    """Whether this looking on was ended already: a copy of the cookie doesn't take it up again."""
    ended = select(TrailEntry.seq).where(
        TrailEntry.event == "viewing_ended",
        TrailEntry.actor_id == viewer.id,
        TrailEntry.record_id == begun.person,
        TrailEntry.at > begun.began,
    )
    return session.scalar(ended.limit(1)) is not None


def both(session: Session, viewer: Person, begun: Begun, now: datetime) -> tuple[Person | None, str]:
    """The person as *viewer* looks on as them, with the rights of both as they are now; else None and why it is over."""
    if is_over(begun.began, now):
        return None, "time"
    if _has_ended(session, viewer, begun):
        return None, "lapsed"
    account = account_of(session, begun.person)
    person = load_person(session, begun.person)
    if account is None or person is None or account.epoch != begun.epoch:
        return None, "lapsed"
    if not may_view_as(viewer.roles, viewer.id, person.id, not account.disabled):
        return None, "lapsed"
    return person.seen_as(viewer), ""
