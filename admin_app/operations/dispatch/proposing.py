"""A customer manager proposes a designer for a customer who has been consulted (R-DISP-01, R-DISP-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...permissions import Action
from ...rules.dispatch_ranking import Wish, is_large, may_choose
from ...rules.dispatch_steps import OPEN, may_propose
from ...rules.figures import LARGE_ORDER
from ...rules.rights import may_do
from ...texts import SEMICOLON, several
from ...verdicts import require
from .. import records
from ..figures import value_on
from .offers import Offer, figures_then, offer, snapshot


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the proposer says of the customer; *amount* in yuan."""

    facts: str
    special_wishes: str = ""
    amount: Decimal | None = None
    off_plan: bool = False
    styles: Sequence[str] = ()
    customer_types: Sequence[str] = ()
    not_first_reason: str = ""


def known_of(session: Session, customer: Register) -> Asked:
    """What the customer's latest consultation, as the acting person sees it, says already."""
    form = _consultation(session, customer.id)
    if form is None:
        return Asked(facts="")
    facts = str(several(filter(None, (form.estate, form.home, form.wishes)), SEMICOLON))
    return Asked(facts=facts, special_wishes=form.preferences or "", off_plan=bool(form.off_plan))


def wish_of(session: Session, asked: Asked, now: datetime) -> Wish:
    """What the ranking goes by, with the company's figure of what a large order is."""
    large = is_large(asked.amount, value_on(session, LARGE_ORDER, now))
    return Wish(large, frozenset(asked.styles), frozenset(asked.customer_types))


def offer_for(session: Session, customer: Register, asked: Asked, now: datetime) -> Offer:
    """The offer as the acting person gets it for a customer whom they may propose somebody for.

    Raises Refused: no_right, scope, incomplete, wrong_state.
    """
    require(may_do(acting(session), Action.ADD, register_named("dispatch_order")))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(customer), customer.id)
        _check(beneath, mine, acting(session).id)
        return offer(beneath, mine.store_id, wish_of(beneath, asked, now), now)


def propose(session: Session, customer: Register, designer: int, asked: Asked, now: datetime) -> Register:
    """A proposal with the ranking of this moment; *designer* is an employee id.

    Raises Refused as ``offer_for`` does, "no_reason" where another than the first is chosen without one; Obstructed with
    all that stands against the designer.
    """
    require(may_do(acting(session), Action.ADD, register_named("dispatch_order")))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(customer), customer.id, with_for_update=True)
        consultation = _check(beneath, mine, acting(session).id)
        made = offer(beneath, mine.store_id, wish_of(beneath, asked, now), now)
        place = made.place_of(designer)
        require(may_choose(place.place, asked.not_first_reason))
        values = {
            "customer_id": mine.id, "consultation_id": consultation.id, "facts": asked.facts,
            "special_wishes": asked.special_wishes or None, "amount_expected": asked.amount,
            "large_order": made.wish.large, "off_plan": asked.off_plan, "proposed_at": now, "designer_id": designer,
            "not_first_reason": asked.not_first_reason.strip() or None, "rank_then": place.place,
            **figures_then(place.standing, made.wish),
        }  # fmt: skip
        order = records.create(
            beneath, register_named("dispatch_order"), values, {"candidates": snapshot(beneath, made)}
        )
        order_id = order.id
    return session.get_one(register_named("dispatch_order"), order_id)


def _check(session: Session, customer: Any, person: int) -> Any:
    """The consultation to go by; raises Refused unless *person* may propose somebody for *customer* now."""
    consultation = _consultation(session, customer.id)
    require(may_propose(person, customer.owner_id, consultation is not None, _has_open_order(session, customer.id)))
    return consultation


def filled_in(consultation: Any) -> tuple[Any, ...]:
    """Of a consultation that is complete enough to dispatch by: whose home it is and what is wanted (R-DISP-01)."""
    return consultation.estate.is_not(None), consultation.wishes.is_not(None), consultation.voided_at.is_(None)


def _consultation(session: Session, customer_id: int) -> Any:
    one = register_named("consultation")
    asked = select(one).where(one.customer_id == customer_id, *filled_in(one))
    return session.scalars(asked.order_by(one.consulted_at.desc(), one.id.desc()).limit(1)).first()


def _has_open_order(session: Session, customer_id: int) -> bool:
    one = register_named("dispatch_order")
    still = (one.customer_id == customer_id, one.state.in_(OPEN), one.voided_at.is_(None))
    return bool(session.scalar(select(func.count()).where(*still)))
