"""Where plans of collection stand: what is outstanding, since how many days (R-CRED-02)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import elevated
from ...models import Register, register_named
from ...rules.credit_steps import plan_state
from ..followups import after_adding, after_changing
from ..records import bring
from ..today import local_day
from .lines import CREDITING


@after_adding("collection_plan")
def begin(session: Session, added: Sequence[Register]) -> None:
    _bring_up_all(session, [one.id for one in added])


@after_changing("collection_plan")
def follow(session: Session, plan: Register, before: Mapping[str, Any]) -> None:
    _bring_up_all(session, [plan.id])


def _bring_up_all(session: Session, plans: Sequence[int]) -> None:
    one, day = register_named("collection_plan"), local_day(session, clock.now())
    with elevated(session) as beneath:
        for plan in beneath.scalars(select(one).where(one.id.in_(plans))):
            bring_up(plan, day)


def note_overdue(session: Session, now: datetime) -> None:
    """Let the day pass over what is still outstanding; run every night."""
    one, day = register_named("collection_plan"), local_day(session, now)
    waiting = select(one).where(one.state != "done", one.planned_on < day, one.voided_at.is_(None))
    with elevated(session, CREDITING) as beneath:
        for plan in beneath.scalars(waiting):
            bring_up(plan, day)


def bring_up(plan: Any, day: date) -> None:
    """State, outstanding and days overdue by what stands in *plan*; *session* of it sees beneath the row rule."""
    state, outstanding, late = plan_state(plan.amount, plan.collected or Decimal(0), plan.planned_on, day)
    overdue = plan.overdue_days if state == "done" else late
    bring(plan, {"state": state, "outstanding": outstanding, "overdue_days": overdue})
