"""The credit customers whom somebody sees, and what waits there for them (R-CRED-01 … 03, R-DESK-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import register_named
from ...permissions import Action, Person, Sight, sight
from ...rules.bad_debts import Ground, ground_of
from ...rules.credit_ladder import SIGNERS
from ...rules.credit_steps import signs_shipment
from ..records import facts_of_each
from ..today import local_day
from .accounts import remitted_for
from .judging import judged
from .lines import CREDITING
from .standings import Credit, credit_of

#: of each list, so many at a time
SHOWN = 200
_AT_ONCE = 500
#: so many unpaid shipments, the oldest, are judged by the credit of their day for a list
_LOOKED_AT = 1000


@dataclass(frozen=True)
class Standing:
    """A customer, and how they stand today."""

    customer: Any
    credit: Credit


def has_part(person: Person) -> bool:
    """Whether shipments and their limits are this person's business, and within their clearance."""
    cleared = person.clearance >= register_named("shipment").declaration.level
    return cleared and person.reach(Action.SEE, "shipment") is not None


def standings(session: Session, now: datetime) -> list[Standing]:
    """The customers with a line or an unpaid shipment, of those that the acting person sees in full; with credit first.

    Which they are follows from the lines as they stand, how they stand from the account.
    """
    with elevated(session, CREDITING) as beneath:
        line, shipment = register_named("credit_line"), register_named("shipment")
        lines = select(line.customer_id, line.eligible, line.used_amount).where(line.voided_at.is_(None))
        stored = {one.customer_id: one for one in beneath.execute(lines.order_by(line.valid_from, line.id))}
        unpaid = select(shipment.customer_id).where(shipment.paid_on.is_(None), shipment.voided_at.is_(None))
        owing = set(beneath.scalars(unpaid.distinct())) - stored.keys()
    lined = sorted(stored, key=lambda id_: (not stored[id_].eligible, -(stored[id_].used_amount or 0), id_))
    unlined = sorted(owing)
    customers = _seen(session, [*lined, *unlined])
    with elevated(session, CREDITING) as beneath:
        credits = credit_of(beneath, {one.id for one in customers}, local_day(session, now))
        beneath.expunge_all()
    found = [Standing(one, credits[one.id]) for one in customers]
    return sorted(found, key=lambda one: (not one.credit.eligible, -one.credit.standing.used, one.customer.id))


def _seen(session: Session, ids: Sequence[int]) -> list[Any]:
    """Those of *ids* whose credit is shown to the acting person, in that order, so many and no more."""
    customer, found = register_named("customer"), []
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        mine = session.scalars(select(customer).where(customer.voided_at.is_(None), customer.id.in_(some)))
        shown = {one.id: one for one in may_read(session, mine.all())}
        found += [shown[id_] for id_ in some if id_ in shown]
        if len(found) >= SHOWN:
            break
    return found[:SHOWN]


def may_read(session: Session, customers: Sequence[Any]) -> list[Any]:
    """Those of *customers* whose limit and debts the acting person may learn: those seen in full."""
    person = acting(session)
    if not has_part(person) or not customers:
        return []
    facts = facts_of_each(session, customers)
    return [one for one in customers if sight(person, type(one), facts[one.id]) is Sight.FULL]


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
    """Unpaid shipments with neither prepayment nor approval, as the session sees them: over the limit, or without credit,
    beyond the term, in any way that the credit of their day didn't allow."""
    one = register_named("shipment")
    waiting = select(one).where(
        one.kind.not_in(list(SIGNERS)), one.signed_by_id.is_(None), one.paid_on.is_(None), one.voided_at.is_(None)
    )
    found = session.scalars(waiting.order_by(one.shipped_on, one.id).limit(_LOOKED_AT)).all()
    with elevated(session, CREDITING) as beneath:
        rightly = judged(beneath, found, looking_back=True)
    grounds = {
        each.id: ground_of(each.kind, each.over_amount or Decimal(0), False, remitted_for(each), bool(rightly[each.id]))
        for each in found
    }
    return [each for each in found if grounds[each.id] is Ground.UNAPPROVED][:SHOWN]


def overdue_plans(session: Session) -> Sequence[Any]:
    """Plans of collection whose day is over, the oldest first."""
    one = register_named("collection_plan")
    late = select(one).where(one.state == "overdue", one.voided_at.is_(None))
    return session.scalars(late.order_by(one.planned_on, one.id).limit(SHOWN)).all()


def charges(person: Person) -> bool:
    """Whether this person writes bad debts."""
    return person.reach(Action.ADD, "bad_debt") is not None
