"""What money received does: to the shipments it pays, to the plans it keeps, to the credit that it frees (R-CRED-01, R-CRED-02)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import elevated
from ...guard.stamped import hold
from ...models import Register, register_named
from ...rules.credit import settled
from ...rules.credit_steps import is_not_ahead
from ...rules.figures_money import CREDIT_WINDOW
from ...verdicts import require
from ..figures import value_on
from ..followups import after_adding, after_changing, before_adding, before_changing
from ..records import bring
from ..today import local_day
from .accounts import accounts_of
from .lines import LINE, refresh_lines
from .plans import bring_up, settle_plans

_MONEY = frozenset({"amount", "received_on", "customer_id", "shipment_id", "plan_id", "voided_at"})


def settle_shipments(session: Session, customers: Collection[int], now: datetime) -> None:
    """Write what is paid of each shipment of theirs, and since when all of it is; *session* sees beneath the row rule."""
    one, day = register_named("shipment"), local_day(session, now)
    accounts = accounts_of(session, customers, value_on(session, CREDIT_WINDOW, now))
    states = {id_: state for account in accounts.values() for id_, state in settled(account, day).items()}
    for shipment in session.scalars(select(one).where(one.customer_id.in_(customers), one.voided_at.is_(None))):
        if state := states.get(shipment.id):
            bring(shipment, {"paid_amount": shipment.amount - state.left, "paid_on": state.paid_on})
    session.flush()
    settle_plans(session, customers, day)


@before_adding("receipt")
@before_changing("receipt")
def stand_in_line(session: Session, receipt: Register) -> None:
    """Whoever books another receipt meanwhile waits, or neither would count the other's.

    Before the row is locked, as those who invoice lock it behind the line, too.
    """
    hold(session, LINE)


@before_adding("receipt")
def has_come(session: Session, receipt: Register) -> None:
    require(is_not_ahead(receipt.received_on, local_day(session, clock.now())))


@after_adding("receipt")
def book_new(session: Session, added: Sequence[Register]) -> None:
    _book(session, {one.customer_id for one in added}, {one.plan_id for one in added})


@after_changing("receipt")
def book_again(session: Session, receipt: Register, before: Mapping[str, Any]) -> None:
    if "received_on" in before:
        has_come(session, receipt)
    if before.keys() & _MONEY:
        customers = {receipt.customer_id, before.get("customer_id") or receipt.customer_id}
        _book(session, customers, {receipt.plan_id, before.get("plan_id")})


def _book(session: Session, customers: set[int], plans: set[int | None]) -> None:
    now = clock.now()
    hold(session, LINE)
    with elevated(session) as beneath:
        settle_shipments(beneath, customers, now)
        _keep_plans(beneath, plans - {None}, now)
        refresh_lines(beneath, customers, now)


def _keep_plans(session: Session, plans: set[int | None], now: datetime) -> None:
    """A plan of no shipment that receipts name has collected what they say."""
    if not plans:
        return
    plan, receipt = register_named("collection_plan"), register_named("receipt")
    asked = select(receipt.plan_id, func.sum(receipt.amount), func.max(receipt.received_on))
    sums = asked.where(receipt.plan_id.in_(plans), receipt.voided_at.is_(None)).group_by(receipt.plan_id)
    collected = {id_: (amount, day) for id_, amount, day in session.execute(sums)}
    for one in session.scalars(
        select(plan).where(plan.id.in_(plans), plan.shipment_id.is_(None), plan.voided_at.is_(None))
    ):
        amount, day = collected.get(one.id, (Decimal(0), None))
        bring(one, {"collected": amount, "collected_on": day})
        bring_up(one, local_day(session, now))
    session.flush()
