"""Numbered copies handed out under a permit or a release, and what became of each (R-CONF-07, R-ARCH-08)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.session import acting
from ...guard.stamps import operating
from ...models import Lines, Register, lines_of, register_named
from ...permissions import Person, Role
from ...rules.combining import first_refusal
from ...rules.copies import Ending, Permit, copy_numbers, may_be_approved, may_be_handed_out_by, may_end, may_hand_out
from ...verdicts import Verdict, require
from ...working.approvals import RecordParty
from ..followups import after_writing, before_signing
from ..staff import staff_on
from ..today import local_day
from .handovers import department_of

REFUSED, OUT = "refused", "out"


@dataclass(frozen=True)
class Copied:
    """How a register's copies are handed out: after which signatures, decided in which field, by which roles, noted where."""

    rule: str
    signatures: tuple[str, ...]
    decided: str
    by: frozenset[Role]
    on: str
    endings: tuple[Ending, ...]


#: what copies are handed out of, by table
COPIED: Mapping[str, Copied] = MappingProxyType(
    {
        "copy_permit": Copied(
            "R-CONF-07", ("approved_by_id",), "decision", frozenset({Role.ARCHIVE_KEEPER}), "handed_out_on",
            (Ending.RECALL, Ending.SHRED),
        ),
        "report_release": Copied(
            "R-ARCH-08", ("supervisor_checked_by_id", "manager_checked_by_id"), "state",
            frozenset({Role.INFO_OFFICER, Role.INFO_SUPERVISOR}), "issued_on", (Ending.RECALL,),
        ),
    }
)  # fmt: skip
#: the form's field of its copies, in both
LINES = "copies_given"


@dataclass(frozen=True)
class Holder:
    """Who gets copies: somebody of the staff, or a name."""

    employee: int | None = None
    name: str | None = None


def permit_of(form: Register) -> Permit:
    """*form* as the rules see it."""
    how = COPIED[form.__tablename__]
    return Permit(
        rule=how.rule, signed=all(getattr(form, name) is not None for name in how.signatures),
        refused=getattr(form, how.decided) == REFUSED, permitted=form.copies or 0, given=len(form.copies_given),
        use_until=getattr(form, "use_until", None), voided=form.voided_at is not None,
    )  # fmt: skip


def may_hand_out_now(session: Session, form: Register, wanted: int, now: datetime) -> Verdict:
    """Whether the acting person may hand out *wanted* copies of *form*."""
    permit = permit_of(form)
    return first_refusal(hands_out(session, form), may_hand_out(permit, wanted, local_day(session, now)))


def hand_out(session: Session, form: Register, holder: Holder, wanted: int, now: datetime) -> tuple[str, ...]:
    """Hand the next *wanted* copies to *holder*; their numbers. Raises Refused: those of ``may_hand_out_now``."""
    session.refresh(form, with_for_update=True)  # of two who hand out at once the later counts the earlier's
    require(may_hand_out_now(session, form, wanted, now))
    numbers = copy_numbers(len(form.copies_given), wanted, form.copies)
    how, today = COPIED[form.__tablename__], local_day(session, now)
    with operating(session):
        _write(session, form, numbers, holder, today)
        if getattr(form, how.on) is None:
            setattr(form, how.on, today)
        if "issued_by_id" in form.faces:
            form.issued_by_id = acting(session).id
        form.changed_at = now
    keep_keepers(session, form, {})
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
    require(first_refusal(hands_out(session, form), may_end(how.rule, is_out)))
    assert copy is not None
    today = local_day(session, now)
    with operating(session):
        if "state" in copy.faces:
            copy.state, copy.ended_on = ending.value, today
        else:
            copy.returned_on = today
        form.changed_at = now
    keep_keepers(session, form, {})


def is_outside(copy: Lines) -> bool:
    """Whether a copy is in somebody's hands."""
    return copy.state == OUT if "state" in copy.faces else copy.returned_on is None


def hands_out(session: Session, form: Register) -> Verdict:
    """Whether the acting person is who hands out copies of *form* and takes them back."""
    person, how = acting(session), COPIED[form.__tablename__]
    return may_be_handed_out_by(person.id, person.roles, how.by, form.applicant_id, permit_of(form))


def approves_nothing_refused(form: Register, signature: Face) -> Verdict:
    how = COPIED[form.__tablename__]
    return may_be_approved(how.rule, getattr(form, how.decided) == REFUSED)


for _table in COPIED:
    before_signing(_table)(approves_nothing_refused)


@after_writing("copy_permit")
def keep_keepers(session: Session, form: Register, before: Mapping[str, Any]) -> None:
    """Let the keepers see a permit while it is theirs to hand out copies of it or to call them in (R-CONF-14)."""
    if not form.has_party_table:
        return
    session.flush()
    of_form = RecordParty.table_name == form.__tablename__, RecordParty.record_id == form.id, RecordParty.kind == "next"
    session.execute(delete(RecordParty).where(*of_form))
    permit = permit_of(form)
    if not permit.signed or permit.refused or permit.voided:
        return
    if permit.given < permit.permitted or any(map(is_outside, form.copies_given)):
        for person in _keepers(session, form.changed_at):
            about = {"table_name": form.__tablename__, "record_id": form.id}
            session.add(RecordParty(**about, person_id=person, kind="next"))
        session.flush()


def _keepers(session: Session, now: datetime) -> Iterable[int]:
    staff = staff_on(session, local_day(session, now))
    return [person.id for person in staff.people.values() if person.roles & COPIED["copy_permit"].by]


def hands_out_permits(person: Person) -> bool:
    """Whether permits to copy wait on this person's desk."""
    return bool(person.roles & COPIED["copy_permit"].by)


def to_hand_out(session: Session, now: datetime) -> Sequence[Register]:
    """Approved permits with copies to hand out or to call in, the earliest first, as the acting person sees them."""
    permit, today = register_named("copy_permit"), local_day(session, now)
    lines = lines_of(permit, permit.faces[LINES])
    approved = permit.approved_by_id.is_not(None), permit.voided_at.is_(None)
    undecided = or_(permit.decision.is_(None), permit.decision != REFUSED)
    given = select(lines.parent_id).where(lines.parent_id == permit.id)
    late = given.where(lines.state == OUT, permit.return_by < today)
    wanted = or_(
        permit.handed_out_on.is_(None) & or_(permit.use_until.is_(None), permit.use_until >= today), late.exists()
    )
    return session.scalars(
        select(permit).where(*approved, undecided, wanted).order_by(permit.applied_on, permit.id)
    ).all()


def keeps_names(form: Register) -> bool:
    """Whether copies may go to somebody who is no employee."""
    return "holder" in lines_of(type(form), form.faces[LINES]).faces
