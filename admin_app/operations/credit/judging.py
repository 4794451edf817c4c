"""Shipments judged by the credit of their day after they were written: when signed, sent, owed for (R-CRED-02, R-CRED-03).

What the ladder said isn't written down; it follows from the evidence again, as far back as one looks.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from ...rules.credit_ladder import went_rightly
from ...verdicts import Verdict
from .accounts import remitted_for
from .standings import Asked, credits_at


def judged(session: Session, shipments: Collection[Any], looking_back: bool = False) -> dict[int, Verdict]:
    """Id -> whether each of *shipments* goes out, or went, as may be; *session* sees beneath the row rule."""
    asked = {one.id: Asked(one.customer_id, one.shipped_on, one.id) for one in shipments}
    credits = credits_at(session, set(asked.values()), looking_back)
    return {
        one.id: went_rightly(
            credits[asked[one.id]].order(one.amount, remitted_for(one)), one.kind, remitted_for(one)
        )
        for one in shipments
    }  # fmt: skip
