"""The facts on which an issue is decided, read beneath the keeper's rights, and no others (R-LOAN-05, 06, 09, 12)."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...permissions import Level
from ...rules.figures import COOLING_OFF
from ...rules.ladders import Kind
from ...rules.loan_issue import Issue
from ..figures import value_on
from .eligibility import listed_in
from .locking import lock_item
from .reservations import turn_of
from .standing import kind_of, level_signed


def locked_item(session: Session, request: Register) -> Any:
    """The item asked for, held until the transaction ends, so that simultaneous issues of it queue up here."""
    return lock_item(session, request.item_id)


def issue_facts(session: Session, request: Register, item: Any, keeper: int, now: datetime) -> Issue:
    """The facts of issuing *item* for *request*; *session* sees beneath the row rule."""
    file = session.get_one(register_named("archive_file"), item.file_id)
    borrows, turn = kind_of(request) is Kind.LOAN, turn_of(session, item, now)
    return Issue(
        now=now,
        keeper=keeper,
        borrower=request.applicant_id,
        granted_until=request.lapses_at,
        granted_level=level_signed(request, item),
        item_level=Level(item.level),
        on_loan=item.state not in ("in", "missing", "destroyed"),
        missing=item.state == "missing",
        destroyed="destroyed" in (item.state, file.state),
        held=file.held,
        listed_in=listed_in(session, [file.id]).get(file.id),
        void=item.voided_at is not None or file.voided_at is not None,
        reserved_for=turn.place.person if turn.place else None,
        reserved_until=turn.until,
        overdue=_overdue(session, request, now) if borrows else 0,
        returned_at=_last_returned(session, request) if borrows else None,
        cooling_off=value_on(session, COOLING_OFF, now),
    )


def _overdue(session: Session, request: Register, now: datetime) -> int:
    """How many other loans of the borrower are out past their due moment."""
    loan = register_named("archive_loan")
    late = (
        loan.borrower_id == request.applicant_id,
        loan.id != request.id,
        loan.returned_at.is_(None),
        loan.due_at < now,
    )
    return session.scalar(select(func.count(loan.id)).where(*late)) or 0


def _last_returned(session: Session, request: Register) -> datetime | None:
    """When the borrower last returned this item."""
    loan = register_named("archive_loan")
    mine = (loan.borrower_id == request.applicant_id, loan.item_id == request.item_id, loan.id != request.id)
    return session.scalar(select(func.max(loan.returned_at)).where(*mine))
