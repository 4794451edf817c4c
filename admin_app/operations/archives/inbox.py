"""The steps that wait for a person's signature, the oldest first (R-DESK-01)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register, register_named
from ...rules.ladders import Step
from ...rules.signers import Staff, who_may_sign
from ...rules.states import State
from ...working.approvals import RecordParty
from ..staff import staff_on
from ..today import local_day
from .standing import KINDS, item_of, standing


@dataclass(frozen=True)
class Waiting:
    """A request at the acting person's step: which step of how many, and whom they stand in for."""

    request: Register
    step: Step
    place: int
    steps: int
    stands_for: int | None


def waiting_for(session: Session) -> list[Register]:
    """The requests that wait for the acting person's signature."""
    found: list[Register] = []
    for table in KINDS:
        register = register_named(table)
        mine = select(RecordParty.record_id).where(
            RecordParty.table_name == table, RecordParty.person_id == acting(session).id, RecordParty.kind == "next"
        )
        found += session.scalars(
            select(register).where(register.id.in_(mine), register.state == State.SIGNING, register.voided_at.is_(None))
        )
    return sorted(found, key=lambda request: (request.submitted_at, request.number))


def inbox(session: Session, now: datetime) -> list[Waiting]:
    """``waiting_for`` with each one's step; what isn't this person's turn any more since is left out."""
    staff = staff_on(session, local_day(session, now))
    requests = waiting_for(session)
    with elevated(session) as beneath:
        turns = [_turn(beneath, acting(session).id, request, staff) for request in requests]
    return [turn for turn in turns if turn is not None]


def _turn(session: Session, person: int, request: Register, staff: Staff) -> Waiting | None:
    mine = session.get_one(type(request), request.id)
    stand = standing(session, mine, item_of(session, mine))
    if (step := stand.waiting) is None:
        return None
    ladder = stand.request.ladder
    for signer in who_may_sign(step, stand.request.department_id, stand.request.barred, staff):
        if signer.person == person:
            return Waiting(request, step, ladder.index(step) + 1, len(ladder), signer.stands_for)
    return None
