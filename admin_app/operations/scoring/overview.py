"""The sheets that somebody sees: a month of them, one with its deductions, those that wait for them (R-SCOR-02, R-DESK-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...permissions import Person, Role
from ...rules.months import Month
from ...rules.scoring_patrols import missing_weeks
from ...rules.scoring_steps import APPROVE, REVIEW, Sheet, State, Verb, may_take, signs, standing_at
from ...rules.signers import Staff
from ..staff import staff_on
from ..today import local_day
from .patrols import patrol_days
from .sheets import current
from .standing import standings


class Row(NamedTuple):
    """A sheet, how it stands, and the Mondays of weeks without a patrol of that person."""

    sheet: Any
    stands: Sheet
    state: State
    unpatrolled: list[date]


@dataclass(frozen=True)
class Waiting:
    """A sheet that waits for the acting person, and for what."""

    sheet: Any
    verb: Verb


def month_rows(session: Session, month: Month, now: datetime) -> list[Row]:
    """The newest sheet of each person that the acting person sees, best total first, those out of 80 last."""
    days = patrol_days(session, month)  # before the sheets: what was loaded before it is forgotten
    sheets = current(session, month)
    stands = standings(session, sheets.values())
    today = local_day(session, now)
    missing = {person: missing_weeks(month.mondays, days.get(person, set()), today) for person in sheets}
    rows = [
        Row(one, stands[one.id], standing_at(stands[one.id], now), missing[person]) for person, one in sheets.items()
    ]
    return sorted(rows, key=lambda row: (row.sheet.rank_no is None, row.sheet.rank_no, row.sheet.person_id))


def months_with_sheets(session: Session) -> list[Month]:
    """The months of which the acting person sees a sheet, newest first."""
    sheet = register_named("score_sheet")
    days = session.scalars(select(sheet.month_on).where(sheet.voided_at.is_(None)).distinct())
    return sorted({Month.of(day) for day in days}, reverse=True)


def waiting(session: Session, person: Person, now: datetime) -> list[Waiting]:
    """What waits for the acting person: their own sheet to accept, others' to review or to approve; the oldest month first."""
    if not person.has_part_in("score_sheet"):
        return []
    sheet = register_named("score_sheet")
    asked = select(sheet).where(sheet.approved_by_id.is_(None), sheet.voided_at.is_(None))
    if not person.roles & (REVIEW.roles | APPROVE.roles) and Role.CUSTOMER_MANAGER in person.roles:
        asked = asked.where(sheet.person_id == person.id)
    return waiting_among(session, session.scalars(asked.order_by(sheet.month_on, sheet.person_id)).all(), person, now)


def waiting_among(session: Session, sheets: Sequence[Any], person: Person, now: datetime) -> list[Waiting]:
    """Those of *sheets* that wait for *person*, each with what is to be done."""
    if not sheets:
        return []
    staff, stands = staff_on(session, local_day(session, now)), standings(session, sheets)
    found = ((one, verb_for(person.id, stands[one.id], staff, now)) for one in sheets)
    return [Waiting(one, verb) for one, verb in found if verb is not None]


def verb_for(person: int, stands: Sheet, staff: Staff, now: datetime) -> Verb | None:
    """What a sheet waits for *person* to do."""
    if person == stands.person:
        return Verb.ACCEPT if may_take(Verb.ACCEPT, stands, now) else None
    for verb, step in ((Verb.REVIEW, REVIEW), (Verb.APPROVE, APPROVE)):
        if may_take(verb, stands, now) and signs(step, person, stands, staff):
            return verb
    return None


def sheet_named(session: Session, public_id: str) -> Register | None:
    """The sheet with that id in addresses, if the acting person sees it."""
    sheet = register_named("score_sheet")
    return session.scalars(select(sheet).where(sheet.public_id == public_id, sheet.voided_at.is_(None))).first()


def versions(session: Session, sheet: Any) -> list[Register]:
    """The sheets of the same person and month, oldest first: what was corrected, and by what."""
    register = type(sheet)
    same = (register.person_id == sheet.person_id, register.month_on == sheet.month_on, register.voided_at.is_(None))
    return list(session.scalars(select(register).where(*same).order_by(register.version_no, register.id)))
