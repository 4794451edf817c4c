"""Who hands out copies today: the keeper or who stands in, what of it waits for them, and that they see it (R-ROLE-03)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from ...guard.session import acting
from ...models import Register, lines_of, register_named
from ...rules.copies import may_be_handed_out_by
from ...rules.signers import Staff, who_may_sign
from ...verdicts import Verdict
from ..followups import after_writing
from ..staff import staff_on
from ..today import local_day
from .copied import COPIED, LINES, OUT, REFUSED, is_outside, permit_of
from .parties import name_next

PERMIT = "copy_permit"


def hands_out(session: Session, form: Register, now: datetime, holder: int | None = None) -> Verdict:
    """Whether the acting person hands out copies of *form* today and takes them back; *holder*: to and from whom."""
    how, staff = COPIED[form.__tablename__], staff_on(session, local_day(session, now))
    barred = frozenset({form.applicant_id, holder} - {None})
    return may_be_handed_out_by(acting(session).id, how.by, barred, staff, permit_of(form))


@after_writing(PERMIT)
def keep_keepers(session: Session, form: Register, before: Mapping[str, Any]) -> None:
    """Let those see a permit whose turn it is after what was just written."""
    session.flush()
    expect_keepers(session, form, staff_on(session, local_day(session, form.changed_at)))


def expect_keepers(session: Session, form: Register, staff: Staff) -> None:
    """Let exactly those see a permit who hand out copies of it or call them in, a stand-in for their days (R-CONF-14)."""
    permit = permit_of(form)
    in_force = permit.signed and not permit.refused and not permit.voided
    waits = in_force and (permit.given < permit.permitted or any(map(is_outside, form.copies_given)))
    by = COPIED[PERMIT].by
    name_next(session, form, who_may_sign(by, None, frozenset({form.applicant_id}), staff) if waits else (), staff)


def keep_up_keepers(session: Session, staff: Staff) -> None:
    """The same for all permits with copies to give or to call in, as roles and stand-ins are today."""
    permit = register_named(PERMIT)
    waiting = select(permit).where(*_in_force(permit), or_(_given(permit) < permit.copies, _out(permit)))
    for form in session.scalars(waiting.options(selectinload(permit.copies_given))).all():
        expect_keepers(session, form, staff)


def to_hand_out(session: Session, now: datetime) -> Sequence[Register]:
    """Approved permits with copies to hand out or to call in, the earliest first, as the acting person sees them."""
    permit, today = register_named(PERMIT), local_day(session, now)
    may_be_given = _given(permit) < permit.copies, or_(permit.use_until.is_(None), permit.use_until >= today)
    late = _out(permit) & (permit.return_by < today)
    found = select(permit).where(*_in_force(permit), or_(late, may_be_given[0] & may_be_given[1]))
    ordered = found.order_by(permit.applied_on, permit.id).options(selectinload(permit.copies_given))
    return session.scalars(ordered).all()


def is_late(form: Register, today: date) -> bool:
    """Whether copies of *form* should be back."""
    return form.return_by is not None and form.return_by < today and any(map(is_outside, form.copies_given))


def _in_force(permit: Any) -> tuple[ColumnElement[bool], ...]:
    undecided = or_(permit.decision.is_(None), permit.decision != REFUSED)
    return permit.approved_by_id.is_not(None), permit.voided_at.is_(None), undecided


def _given(permit: Any) -> Any:
    """How many copies of a permit have been handed out."""
    lines = lines_of(permit, permit.faces[LINES])
    return select(func.count(lines.id)).where(lines.parent_id == permit.id).scalar_subquery()


def _out(permit: Any) -> ColumnElement[bool]:
    """Whether a copy of a permit is in somebody's hands."""
    lines = lines_of(permit, permit.faces[LINES])
    return select(lines.id).where(lines.parent_id == permit.id, lines.state == OUT).exists()
