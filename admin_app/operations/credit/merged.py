"""Credit follows its customer: two that are made one, or taken apart again, are worked out anew (R-CRED-01, R-CUST-07)."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from ... import clock
from ...guard.stamped import hold
from ..followups import after_merging, before_merging
from .lines import LINE, refresh_lines
from .payments import settle_shipments


@before_merging("customer")
def stand_in_line(session: Session) -> None:
    """Before the customers are locked: who invoices stands in line first, and then waits for them."""
    hold(session, LINE)


@after_merging("customer")
def settle_both(session: Session, customers: Collection[int]) -> None:
    """What either owes, and what is free of either's limit; what was judged of a shipment on its day stays as it was."""
    settle_shipments(session, customers, clock.now())
    refresh_lines(session, customers, clock.now())
