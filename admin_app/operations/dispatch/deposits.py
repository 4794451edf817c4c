"""A deposit ends the waiting of its order; one that comes late and makes a fourth stands (R-DISP-05)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.session import elevated
from ...models import Register, register_named
from ...rules.dispatch_steps import WAITING, State, Verb, next_state
from ..followups import after_writing
from .customers import assign
from .files import renew

_OPEN_TO_DEPOSITS = (*WAITING, State.LAPSED)


@after_writing("design_agreement")
def note_deposit(session: Session, agreement: Register, before: Mapping[str, Any]) -> None:
    """Tie the agreement to its order once its deposit is received, and let the designer's file follow."""
    with elevated(session) as beneath:
        mine = beneath.get_one(type(agreement), agreement.id)
        order = _order_of(beneath, mine) if mine.received_on is not None and mine.voided_at is None else None
        if order is not None:
            order.state = next_state(State(order.state), Verb.DEPOSIT)
            order.design_agreement_id, mine.dispatch_id = mine.id, order.id
            beneath.flush()
        renew(beneath, {mine.designer_id, before.get("designer_id") or mine.designer_id}, clock.now())
        if order is not None:
            # a late deposit finds the customer released; after the file, as in sending, so that neither waits for the other
            assign(beneath, order)


def _order_of(session: Session, agreement: Any) -> Any:
    """The order that this deposit is for: the one the agreement names, else the latest; always their own."""
    one = register_named("dispatch_order")
    named = one.id == agreement.dispatch_id
    theirs = (one.customer_id == agreement.customer_id) & (one.designer_id == agreement.designer_id)
    fits = theirs if agreement.dispatch_id is None else named & theirs
    open_ones = (one.state.in_(_OPEN_TO_DEPOSITS), one.design_agreement_id.is_(None), one.voided_at.is_(None))
    asked = select(one).where(fits, *open_ones).order_by(one.dispatched_at.desc(), one.id.desc()).limit(1)
    return session.scalars(asked.with_for_update()).first()
