"""Who got whose orders in a year, beside the share to be expected; of the orders that one sees (R-DISP-08)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import lines_of, register_named
from ...rules.dispatch_fairness import Given, Share, shares
from ...rules.dispatch_steps import State

#: so far back orders count
YEAR = timedelta(days=365)


def fairness(session: Session, now: datetime) -> list[Share]:
    """One line for each proposer and designer; only orders that went out, with the ranking of their time, count."""
    order = register_named("dispatch_order")
    candidate = lines_of(order, order.faces["candidates"])
    counted = (
        order.dispatched_at >= now - YEAR, order.state.not_in((State.PROPOSED, State.WITHDRAWN)),
        order.voided_at.is_(None),
    )  # fmt: skip
    firsts = select(candidate.parent_id, candidate.designer_id).where(
        candidate.place_then == 1, candidate.parent_id.in_(select(order.id).where(*counted))
    )
    first = dict(session.execute(firsts).all())
    orders = session.execute(select(order.id, order.created_by_id, order.designer_id).where(*counted))
    return shares(Given(one.created_by_id, one.designer_id, first[one.id]) for one in orders if one.id in first)
