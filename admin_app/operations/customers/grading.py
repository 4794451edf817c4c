"""Grade A is given to who has a design agreement with the receipt of its deposit, B to who has none (R-CUST-02).

The trail keeps each grade.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import elevated, state_of
from ...models import register_named
from ...rules.receiving import SIGNED_UP, STRONG_WISH, grade_by_deposit, may_be_graded
from ...verdicts import require
from ..followups import after_adding, after_changing
from ..records import bring

#: what of an agreement says whether a deposit is there, and whose
_TELLING = frozenset({"customer_id", "received_on", "receipt_number", "state", "voided_at"})


@after_adding("customer")
def begin_true(session: Session, added: Sequence[Any]) -> None:
    """Nobody has an agreement before they are a customer; a ledger's old customers have theirs on paper."""
    if "batch" not in state_of(session).part_of:
        for one in added:
            require(may_be_graded(one.grade, False))


@after_changing("customer")
def keep_grade_true(session: Session, customer: Any, before: Mapping[str, Any]) -> None:
    """Whoever grades needn't see the agreement: that there is none is told (R-CONF-15)."""
    if "grade" in before and customer.grade is not None:
        with elevated(session) as beneath:
            require(may_be_graded(customer.grade, customer.id in _with_deposit(beneath, [customer.id])))


@after_adding("design_agreement")
def deposits_came(session: Session, added: Sequence[Any]) -> None:
    """One without a deposit says nothing: an old customer's may be on paper."""
    _follow_deposits(session, {one.customer_id for one in added if one.received_on and one.receipt_number})


@after_changing("design_agreement")
def deposit_came_or_went(session: Session, agreement: Any, before: Mapping[str, Any]) -> None:
    """A voided agreement, a customer who withdrew, a receipt that was none: grade A goes with the last deposit."""
    if _TELLING & before.keys():
        _follow_deposits(session, {agreement.customer_id, before.get("customer_id") or agreement.customer_id})


def _follow_deposits(session: Session, customers: Collection[int]) -> None:
    if not customers:
        return
    customer = register_named("customer")
    graded = customer.grade.in_((SIGNED_UP, STRONG_WISH))
    standing = select(customer).where(customer.id.in_(customers), graded, customer.voided_at.is_(None))
    with elevated(session) as beneath:
        found = beneath.scalars(standing.order_by(customer.id).with_for_update(key_share=True)).all()
        paid = _with_deposit(beneath, [one.id for one in found])
        for one in found:
            bring(one, {"grade": grade_by_deposit(one.grade, one.id in paid)})


def _with_deposit(session: Session, customers: Sequence[int]) -> set[int]:
    """Those of *customers* who have paid a deposit that stands; *session* sees beneath the row rule."""
    one = register_named("design_agreement")
    paid = (
        one.received_on.is_not(None),
        one.receipt_number.is_not(None),
        one.state != "withdrawn",
        one.voided_at.is_(None),
    )
    return set(session.scalars(select(one.customer_id).where(one.customer_id.in_(customers), *paid)))
