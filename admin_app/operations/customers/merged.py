"""What holds of two customers made one: restored by undoing alone (R-CUST-07), and a withdrawal is of both (R-PRIV-01)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named
from ..followups import after_merging, before_touching
from ..merging.undoing import may_restore_merged

before_touching("customer")(may_restore_merged)


@after_merging("customer")
def keep_withdrawal(session: Session, both: Sequence[int]) -> None:
    """Who withdrew on either card is contacted no more, whichever is kept, unless its consent is of a later day.

    The entry of it is the merge's, so that undoing takes it back; *session* sees beneath the row rule.
    """
    one = register_named("customer")
    cards = session.scalars(select(one).where(one.id.in_(both))).all()
    kept, gone = ([card for card in cards if (card.voided_at is not None) is voided] for voided in (False, True))
    for card, other in zip(kept, gone, strict=False):  # once undone, both stand
        later = card.ground_on is not None and other.withdrawn_on is not None and card.ground_on > other.withdrawn_on
        if card.withdrawn_on is None and not later:
            card.withdrawn_on = other.withdrawn_on
