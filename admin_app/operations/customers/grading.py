"""Grade A is given to who has a design agreement with the receipt of its deposit (R-CUST-02); the trail keeps each grade."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import elevated
from ...models import register_named
from ...rules.receiving import may_be_graded
from ...verdicts import require
from ..followups import after_changing


@after_changing("customer")
def keep_grade_true(session: Session, customer: Any, before: Mapping[str, Any]) -> None:
    """Whoever grades needn't see the agreement: that there is none is told (R-CONF-15)."""
    if "grade" in before and customer.grade is not None:
        require(may_be_graded(customer.grade, _has_deposit(session, customer)))


def _has_deposit(session: Session, customer: Any) -> bool:
    one = register_named("design_agreement")
    paid = (
        one.received_on.is_not(None),
        one.receipt_number.is_not(None),
        one.state != "withdrawn",
        one.voided_at.is_(None),
    )
    with elevated(session) as beneath:
        return beneath.scalar(select(one.id).where(one.customer_id == customer.id, *paid).limit(1)) is not None
