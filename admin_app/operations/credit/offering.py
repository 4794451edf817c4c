"""The ladder offered for a shipment to a customer, and the shipment written with its plan of collection (R-CRED-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action
from ...rules.credit import Kind
from ...rules.credit_ladder import WITH_PLAN, Rung, ladder, offered
from ...rules.rights import may_do
from ...texts import say
from ...verdicts import Refused, refuse, require
from .. import records
from ..today import local_day
from .standings import Credit, credit_of

#: why there is a plan, by how the goods went: codes of collection_reason
_REASONS: Mapping[str, str] = {Kind.PREPAID: "prepaid", Kind.CASH: "no_credit"}


@dataclass(frozen=True)
class Offer:
    """How a customer stands, and the ways for a shipment of *amount*; None while no amount is asked for."""

    credit: Credit
    amount: Decimal | None
    rungs: tuple[Rung, ...]

    @property
    def offered(self) -> Rung | None:
        return offered(self.rungs) if self.rungs else None


@dataclass(frozen=True)
class Sent:
    """What is typed of a shipment; *plan_on*: by when the customer pays, where that takes a plan."""

    amount: Decimal
    kind: str
    invoice_number: str
    remitted: Decimal | None = None
    plan_on: date | None = None


def offer_for(session: Session, customer: Register, amount: Decimal | None, now: datetime) -> Offer:
    """The ways open for *amount* to one of the customers that the acting person sees.

    Told is what a shipment would tell them: limit, used, kind. The line itself is 机密 and stands under its own rights.
    """
    with elevated(session) as beneath:
        credit = credit_of(beneath, {customer.id}, local_day(session, now))[customer.id]
        beneath.expunge_all()
    return Offer(credit, amount, ladder(credit.order(amount)) if amount is not None else ())


def send(session: Session, customer: Any, sent: Sent, now: datetime) -> Register:
    """Write the shipment, and the plan that its kind asks for; raises Refused as ``shipments.check_new``, and "incomplete"."""
    register, day = register_named("shipment"), local_day(session, now)
    require(may_do(acting(session), Action.ADD, register))
    if sent.kind in WITH_PLAN and sent.plan_on is None:
        raise Refused(refuse("R-CRED-02", "incomplete", say("请填写货款回笼计划的回款日")))
    seller = customer.owner_id or acting(session).id
    values: dict[str, Any] = {
        "shipped_on": day, "invoice_number": sent.invoice_number, "customer_id": customer.id, "seller_id": seller,
        "amount": sent.amount, "kind": sent.kind, "prepaid": sent.kind == Kind.PREPAID,
    }  # fmt: skip
    if sent.kind == Kind.PREPAID:
        values |= {"prepaid_amount": sent.remitted, "prepaid_on": day}
    shipment = records.add(session, register, values)
    if sent.kind in WITH_PLAN:
        records.add(
            session, register_named("collection_plan"),
            {"planned_on": sent.plan_on, "made_on": day, "customer_id": customer.id, "shipment_id": shipment.id,
             "reason": _REASONS[sent.kind], "amount": sent.amount, "collector_id": seller},
        )  # fmt: skip
    return shipment
