"""Where a sheet stands, as the rules see it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.figures import OBJECTION_DAYS
from ...rules.scoring_steps import Sheet, State, answer_by
from ..figures import value_on
from ..working_time import working_time


def standing(session: Session, sheet: Register) -> Sheet:
    """One sheet; *session* sees its deductions."""
    return standings(session, [sheet])[sheet.id]


def standings(session: Session, sheets: Iterable[Any]) -> dict[int, Sheet]:
    """Sheet id -> how it stands; one question for who adjusted what, however many sheets there are."""
    sheets = list(sheets)
    calendar, adjusters = working_time(session), _adjusters(session, [one.id for one in sheets])
    return {
        one.id: Sheet(
            state=State(one.state), person=one.person_id, department_id=one.department_id, reviewer=one.reviewed_by_id,
            answer_by=_answer_by(session, one.reviewed_at, calendar), objected=one.objected_at is not None,
            adjusters=frozenset(adjusters.get(one.id, ())),
        )
        for one in sheets
    }  # fmt: skip


def _answer_by(session: Session, reviewed_at: datetime | None, calendar: Any) -> datetime | None:
    if reviewed_at is None:
        return None
    return answer_by(reviewed_at, value_on(session, OBJECTION_DAYS, reviewed_at), calendar)


def _adjusters(session: Session, sheets: list[int]) -> dict[int, set[int]]:
    """Sheet id -> who has waived or added a deduction of it."""
    deduction = register_named("score_deduction")
    by_hand = select(deduction.sheet_id, deduction.waived_by_id).where(
        deduction.sheet_id.in_(sheets), deduction.waived_by_id.is_not(None), or_(deduction.waived, deduction.added)
    )
    found: dict[int, set[int]] = {}
    for sheet, person in session.execute(by_hand):
        found.setdefault(sheet, set()).add(person)
    return found
