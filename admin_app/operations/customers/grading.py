"""Grade A is given to who has a design agreement with the receipt of its deposit, and lost with it (R-CUST-02).

The trail keeps each grade.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import elevated, state_of
from ...models import register_named
from ...rules.receiving import grade_without_deposit, may_be_graded
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
            require(may_be_graded(customer.grade, _has_deposit(beneath, customer.id)))


@after_changing("design_agreement")
def lose_grade(session: Session, agreement: Any, before: Mapping[str, Any]) -> None:
    """A voided agreement, a customer who withdrew, a receipt that was none: grade A goes with the last deposit."""
    if not _TELLING & before.keys():
        return
    customer = register_named("customer")
    theirs = {agreement.customer_id, before.get("customer_id") or agreement.customer_id}
    standing = select(customer).where(customer.id.in_(theirs), customer.voided_at.is_(None)).order_by(customer.id)
    with elevated(session) as beneath:
        for one in beneath.scalars(standing.with_for_update(key_share=True)):
            bring(one, {"grade": grade_without_deposit(one.grade) if not _has_deposit(beneath, one.id) else one.grade})


def _has_deposit(session: Session, customer: int) -> bool:
    """*session* sees beneath the row rule."""
    one = register_named("design_agreement")
    paid = (
        one.received_on.is_not(None),
        one.receipt_number.is_not(None),
        one.state != "withdrawn",
        one.voided_at.is_(None),
    )
    return session.scalar(select(one.id).where(one.customer_id == customer, *paid).limit(1)) is not None
