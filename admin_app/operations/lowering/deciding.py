"""Approving that a level is lowered, or refusing it, and whose it is to decide (R-CONF-05, R-ROLE-03 … R-ROLE-05)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.belonging import owners_level
from ...guard.levels import any_waiting, lowering
from ...guard.session import acting, elevated, state_of
from ...models import Register
from ...permissions import Level
from ...rules.approvals import Request, has_reason, may_sign
from ...rules.figures import PASSWORD_GOOD_FOR
from ...rules.levels import is_unchanged_since, may_have_level
from ...rules.notices import LOWERING_GRANTED, LOWERING_REFUSED
from ...rules.signers import Signer
from ...verdicts import require
from ...working.levels import GRANTED, REFUSED, WAITING, LevelLowering
from .. import records
from ..archives.approvals import Decision
from ..figures import span_on
from ..followups import keep_true, queue
from ..notices.telling import notify
from ..staff import staff_on
from ..today import local_day
from .proposing import must_wait, note
from .standing import Standing, standing, steps_of, with_records


def waiting_for(session: Session, now: datetime) -> list[Standing]:
    """The proposals that the acting person may decide now, the oldest first, each about a record that they see; none for who
    looks on as somebody else, whose turn it isn't."""
    me = acting(session)
    if not any_waiting(session) or me.seen_by is not None:
        return []
    asked = select(LevelLowering).where(LevelLowering.state == WAITING).order_by(LevelLowering.id)
    found = with_records(session, session.scalars(asked).all())
    if not found:
        return []
    staff = staff_on(session, local_day(session, now))
    standings = (standing(session, proposal, record, staff) for proposal, record in found)
    return [one for one in standings if one.waits and one.signer(me.id)]


def theirs(session: Session, proposal: LevelLowering, record: Register, now: datetime) -> Standing | None:
    """Where *proposal* stands, if it is the acting person's business: they made it, decided it, or have its step today."""
    me, step = acting(session).id, steps_of(session, [proposal])[proposal.id]
    here = standing(session, proposal, record, staff_on(session, local_day(session, now)))
    return here if me in (proposal.proposed_by_id, step.signed_by_id) or here.signer(me) else None


def decide(session: Session, proposal: LevelLowering, record: Register, decision: Decision, now: datetime) -> None:
    """Lower *record*, or refuse to, for exactly what was seen, in one transaction; the acting person sees *record*.

    Raises Refused: wrong_state, changed, own_request, not_signer, no_signer, password_due, no_reason, level.
    """
    person, staff = acting(session), staff_on(session, local_day(session, now))
    queue(session, record)
    with elevated(session) as beneath:
        # the record first, as whoever changes it has it when their write ends the proposal
        held = beneath.get_one(type(record), record.id, with_for_update=True)
        mine = beneath.get_one(LevelLowering, proposal.id, with_for_update=True)
        must_wait(mine)
        require(is_unchanged_since(mine.version, held.version))
        here = standing(beneath, mine, held, staff)
        request = here.request
        (step,) = request.ladder
        require(may_sign(
            step, person.id, request, staff, seen=decision.seen, password_checked_at=decision.checked_at,
            password_good_for=span_on(session, PASSWORD_GOOD_FOR, now), now=now,
        ))  # fmt: skip
        if not decision.approve:
            require(has_reason("R-CONF-05", decision.reason))
        signer = here.signer(person.id)
        assert signer is not None  # they may sign
        _sign(beneath, mine, request, decision, signer, now)
        _answer(beneath, mine, held, now)
        note(beneath, "lowering_granted" if decision.approve else "lowering_refused", held, mine, digest=request.digest)
        if decision.approve:
            _lower(beneath, held, mine)


def _sign(
    session: Session, mine: LevelLowering, request: Request, decision: Decision, signer: Signer, now: datetime
) -> None:
    """Who, for whom, when, from where, and the digest of exactly what was on the page (R-ROLE-05)."""
    step = steps_of(session, [mine])[mine.id]
    step.signed_by_id, step.signed_for_id, step.signed_at = signer.person, signer.stands_for, now
    step.approved, step.digest, step.address = decision.approve, request.digest, state_of(session).address
    step.reason = decision.reason.strip()[:200] or None
    mine.state = GRANTED if decision.approve else REFUSED
    session.flush()


def _answer(session: Session, mine: LevelLowering, record: Register, now: datetime) -> None:
    """Who proposed is told; why stands on the proposal's page, not in what leaves the house (R-NOTE-01)."""
    event = LOWERING_GRANTED if mine.state == GRANTED else LOWERING_REFUSED
    notify(session, event, mine.proposed_by_id, record, now, occurrence=mine.public_id)


def _lower(session: Session, record: Register, mine: LevelLowering) -> None:
    """What belongs to the record keeps its own level, which may have been raised for its own sake; requests for it follow
    (``guard.belonging``). Form signatures stand: the contents that they are for are as they were."""
    require(
        may_have_level(Level(mine.level_to), Level(record.declaration.level), owners_level(session, record, hold=True))
    )
    with trail.part_of(session, lowering=mine.public_id), lowering(session, record):
        before = records.bring(record, {"level": mine.level_to})
    keep_true(session, record, before)
