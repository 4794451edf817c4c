"""Whose customer it is follows the orders: a designer's while one stands, nobody's once it came to nothing (R-DISP-01)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named


def assign(session: Session, order: Any) -> None:
    """The customer is the order's designer's; *session* sees beneath the row rule."""
    session.get_one(register_named("customer"), order.customer_id).designer_id = order.designer_id


def release(session: Session, orders: Collection[Any]) -> None:
    """Customers whose *orders* were refused or lapsed may be dispatched again, and their designers see them no longer as
    a party (R-CONF-14); *session* sees beneath the row rule. A customer who has another designer by now keeps them.
    """
    ended = {(one.customer_id, one.designer_id) for one in orders}
    customer = register_named("customer")
    theirs = select(customer).where(customer.id.in_({id_ for id_, _designer in ended})).order_by(customer.id)
    for one in session.scalars(theirs.with_for_update()):
        if (one.id, one.designer_id) in ended:
            one.designer_id = None
