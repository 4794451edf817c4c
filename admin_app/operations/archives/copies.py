"""Numbered copies handed out under a permit or a release, and what became of each (R-CONF-07, R-ARCH-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ...guard.session import acting
from ...guard.stamps import operating
from ...models import Register, lines_of
from ...rules.combining import first_refusal
from ...rules.copies import Ending, copy_numbers, may_end, may_hand_out
from ...verdicts import Verdict, require
from ..followups import keep_true
from ..today import local_day
from .copied import COPIED, LINES, OUT, is_outside, permit_of
from .copy_keepers import hands_out
from .handovers import department_of


@dataclass(frozen=True)
class Holder:
    """Who gets copies: somebody of the staff, or a name."""

    employee: int | None = None
    name: str | None = None


def may_hand_out_now(session: Session, form: Register, wanted: int, now: datetime, to: int | None = None) -> Verdict:
    """Whether the acting person may hand out *wanted* copies of *form*; *to*: the employee who gets them."""
    permit = permit_of(form)
    return first_refusal(hands_out(session, form, now, to), may_hand_out(permit, wanted, local_day(session, now)))


def hand_out(session: Session, form: Register, holder: Holder, wanted: int, now: datetime) -> tuple[str, ...]:
    """Hand the next *wanted* copies to *holder*; their numbers. Raises Refused: those of ``may_hand_out_now``."""
    session.refresh(form, with_for_update=True)  # of two who hand out at once the later counts the earlier's
    require(may_hand_out_now(session, form, wanted, now, holder.employee))
    numbers = copy_numbers(len(form.copies_given), wanted, form.copies)
    how, today = COPIED[form.__tablename__], local_day(session, now)
    with operating(session):
        _write(session, form, numbers, holder, today)
        if getattr(form, how.on) is None:
            setattr(form, how.on, today)
        if "issued_by_id" in form.faces:
            form.issued_by_id = acting(session).id
        form.changed_at = now
    keep_true(session, form, {})
    return numbers


def _write(session: Session, form: Register, numbers: Iterable[str], holder: Holder, today: date) -> None:
    """A line for each number, with what of it the register keeps."""
    line = lines_of(type(form), form.faces[LINES])
    department = department_of(session, holder.employee) if holder.employee else None
    given = {"holder_id": holder.employee, "holder": holder.name, "department_id": department, "given_on": today}
    kept = {name: value for name, value in {**given, "state": OUT}.items() if name in line.faces}
    for number in numbers:
        form.copies_given.append(line(position=len(form.copies_given), copy_number=number, **kept))


def end(session: Session, form: Register, number: str, ending: Ending, now: datetime) -> None:
    """Take the copy *number* back, or shred it. Raises Refused: role, own_request, wrong_state."""
    session.refresh(form, with_for_update=True)
    copy = next((one for one in form.copies_given if one.copy_number == number), None)
    how = COPIED[form.__tablename__]
    is_out = copy is not None and is_outside(copy) and ending in how.endings
    holder = copy.holder_id if copy is not None else None
    require(first_refusal(hands_out(session, form, now, holder), may_end(how.rule, is_out)))
    assert copy is not None
    today = local_day(session, now)
    with operating(session):
        if "state" in copy.faces:
            copy.state, copy.ended_on = ending.value, today
        else:
            copy.returned_on = today
        form.changed_at = now
    keep_true(session, form, {})


def keeps_names(form: Register) -> bool:
    """Whether copies may go to somebody who is no employee."""
    return "holder" in lines_of(type(form), form.faces[LINES]).faces
