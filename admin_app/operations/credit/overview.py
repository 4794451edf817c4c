"""The credit customers whom somebody sees, and what waits there for them (R-CRED-01 … 03, R-DESK-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import register_named
from ...permissions import Action, Person
from ...rules.credit_ladder import SIGNERS
from ...rules.credit_steps import signs_shipment
from ..today import local_day
from .lines import CREDITING
from .standings import Credit, credit_of

#: of each list, so many at a time
SHOWN = 200


@dataclass(frozen=True)
class Standing:
    """A customer, and how they stand today."""

    customer: Any
    credit: Credit


def has_part(person: Person) -> bool:
    """Whether shipments and their limits are this person's business."""
    return person.reach(Action.SEE, "shipment") is not None


def standings(session: Session, now: datetime) -> list[Standing]:
    """The customers with a line or an unpaid shipment, of those that the acting person sees; those with credit first."""
    with elevated(session, CREDITING) as beneath:
        line, shipment = register_named("credit_line"), register_named("shipment")
        known = set(beneath.scalars(select(line.customer_id).where(line.voided_at.is_(None)).distinct()))
        unpaid = select(shipment.customer_id).where(shipment.paid_on.is_(None), shipment.voided_at.is_(None))
        known |= set(beneath.scalars(unpaid.distinct()))
    customers = _seen(session, known)
    with elevated(session, CREDITING) as beneath:
        credits = credit_of(beneath, {one.id for one in customers}, local_day(session, now))
        beneath.expunge_all()
    found = [Standing(one, credits[one.id]) for one in customers]
    return sorted(found, key=lambda one: (not one.credit.eligible, -one.credit.standing.used, one.customer.id))[:SHOWN]


def _seen(session: Session, ids: set[int]) -> list[Any]:
    customer = register_named("customer")
    mine = select(customer).where(customer.voided_at.is_(None), customer.id.in_(sorted(ids)))
    return list(session.scalars(mine)) if ids else []


def to_sign(session: Session) -> list[Any]:
    """Shipments that wait for the acting person's signature, the oldest first."""
    person = acting(session)
    if person.reach(Action.APPROVE, "shipment") is None:
        return []
    kinds = [kind for kind in SIGNERS if signs_shipment(kind, person.roles)]
    one = register_named("shipment")
    waiting = select(one).where(
        one.kind.in_(kinds), one.signed_by_id.is_(None), one.voided_at.is_(None), one.seller_id.is_distinct_from(person.id),
        one.created_by_id.is_distinct_from(person.id), one.paid_on.is_(None),
    )  # fmt: skip
    return list(session.scalars(waiting.order_by(one.shipped_on, one.id).limit(SHOWN)))


def without_approval(session: Session) -> list[Any]:
    """Unpaid shipments that passed the limit with neither prepayment nor approval, as the session sees them."""
    one = register_named("shipment")
    passed = select(one).where(
        one.over_amount > 0, one.kind.not_in(list(SIGNERS)), one.signed_by_id.is_(None), one.paid_on.is_(None),
        or_(one.prepaid_amount.is_(None), one.prepaid_amount < one.over_amount), one.voided_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(passed.order_by(one.shipped_on, one.id).limit(SHOWN)))


def overdue_plans(session: Session) -> Sequence[Any]:
    """Plans of collection whose day is over, the oldest first."""
    one = register_named("collection_plan")
    late = select(one).where(one.state == "overdue", one.voided_at.is_(None))
    return session.scalars(late.order_by(one.planned_on, one.id).limit(SHOWN)).all()


def charges(person: Person) -> bool:
    """Whether this person writes bad debts."""
    return person.reach(Action.ADD, "bad_debt") is not None
