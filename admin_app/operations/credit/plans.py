"""Where plans of collection stand: what is outstanding, since how many days (R-CRED-02)."""

from collections.abc import Collection, Mapping, Sequence
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
        found = beneath.scalars(select(one).where(one.id.in_(plans))).all()
        settle_plans(beneath, {plan.customer_id for plan in found if plan.shipment_id is not None}, day)
        for plan in found:
            bring_up(plan, day)


def settle_plans(session: Session, customers: Collection[int], day: date) -> None:
    """A plan of a shipment has collected what of it is paid, the earliest plan first; *session* sees beneath the row rule."""
    plan, shipment = register_named("collection_plan"), register_named("shipment")
    asked = select(plan, shipment.paid_amount, shipment.paid_on).join(shipment, plan.shipment_id == shipment.id)
    mine = asked.where(shipment.customer_id.in_(customers), shipment.voided_at.is_(None), plan.voided_at.is_(None))
    left: dict[int, Decimal] = {}
    for one, paid, paid_on in session.execute(mine.order_by(plan.planned_on, plan.id)) if customers else ():
        ready = left.get(one.shipment_id, paid or Decimal(0))
        collected = min(ready, one.amount)
        left[one.shipment_id] = ready - collected
        bring(one, {"collected": collected, "collected_on": paid_on if collected == one.amount else one.collected_on})
        bring_up(one, day)
    session.flush()


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
