"""Who hands out archives today and takes them back (R-ROLE-03)."""

from ...rules.ladders import ISSUE
from ...rules.signers import Staff, who_may_sign


def works_at_desk(staff: Staff, person: int, borrower: int | None = None) -> bool:
    """Whether *person* hands out archives today: the keeper, or who stands in for one (R-ROLE-03)."""
    barred = frozenset() if borrower is None else frozenset({borrower})
    return any(signer.person == person for signer in who_may_sign(ISSUE, None, barred, staff))
