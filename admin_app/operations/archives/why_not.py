"""Why somebody can't have an item now: every reason at once, also where they never asked for it (R-SIGN-06, R-LOAN-11)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...rules.loan_issue import obstacles
from ...rules.states import State
from ...verdicts import Verdict
from .issue_facts import issue_facts

_OVER = (State.RETURNED, State.WITHDRAWN)


def why_not(
    session: Session, person: int, item: Register, now: datetime
) -> tuple[Register | None, tuple[Verdict, ...]]:
    """What stands in the way of handing *item* to *person*, by their last request for it; the request, if they see it.

    Who never asked is judged as if they asked now, and lacks the grant.
    """
    keeper = acting(session).id
    with elevated(session) as beneath:
        asked = _last_request(beneath, person, item.id)
        mine = asked or register_named("archive_loan")(item_id=item.id, applicant_id=person, borrower_id=person)
        beneath_item = beneath.get_one(register_named("archive_item"), item.id)
        reasons = obstacles(issue_facts(beneath, mine, beneath_item, keeper, now))
        found = asked.id if asked is not None else None
    seen = session.get(register_named("archive_loan"), found) if found is not None else None
    return seen, reasons


def _last_request(session: Session, person: int, item_id: int) -> Register | None:
    """Their newest request to borrow it that still counts for something."""
    loan = register_named("archive_loan")
    theirs = (loan.applicant_id == person, loan.item_id == item_id, loan.state.not_in(_OVER), loan.voided_at.is_(None))
    return session.scalars(select(loan).where(*theirs).order_by(loan.id.desc()).limit(1)).first()
