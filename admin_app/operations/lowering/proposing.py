"""Proposing to lower a record's level, and taking the proposal back (R-CONF-05)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.belonging import owners_level
from ...guard.levels import any_waiting
from ...guard.rights import rights_of
from ...guard.session import acting, elevated
from ...models import Register
from ...permissions import Action, Facts, Level, Role, Sight, sight
from ...rules.approvals import signs_this_step
from ...rules.combining import first_refusal
from ...rules.ladders import Step
from ...rules.levels import (
    change_ladder,
    floor,
    is_only_proposal,
    is_unchanged_since,
    knows_what_is_lowered,
    may_be_lowered_to,
    may_have_level,
    may_propose_lowering,
    may_take_back,
    who_proposes_lowering,
)
from ...rules.rights import is_in_use
from ...texts import say
from ...verdicts import Refused, Verdict, refuse, require
from ...working.approvals import ApprovalStep
from ...working.levels import LAPSED, WAITING, WITHDRAWN, LevelLowering
from .. import records
from ..staff import staff_on
from ..today import local_day
from .standing import TABLE, standing


def may_propose(session: Session, record: Register, facts: Facts) -> Verdict:
    """Whether the acting person, who sees *record*, may propose to lower it; refused "role", "scope", "wrong_state"."""
    person, level = acting(session), Level(record.level)
    whole = sight(person, type(record), facts) is Sight.FULL
    return first_refusal(
        may_propose_lowering(level, proposer(session, type(record)), person.roles, person.clearance),
        knows_what_is_lowered(level, person.clearance, whole),
        is_in_use(record.voided_at is not None),
    )


def proposer(session: Session, register: type[Register]) -> Role | None:
    """Whose it is to propose in *register*, by the rights of the roles as the company has them."""
    table = register.__tablename__
    return who_proposes_lowering(lambda role: Action.SEE in rights_of(session, frozenset({role})).get(table, {}))


def lower_levels(session: Session, record: Register) -> list[Level]:
    """The levels that *record* could be lowered to, the highest first: from its floor up."""
    lowest = floor(Level(record.declaration.level), owners_level(session, record))
    return [level for level in reversed(Level) if lowest <= level < record.level]


def propose(session: Session, record: Register, after: Level, reason: str, now: datetime) -> LevelLowering:
    """Propose to lower *record*, which the acting person sees, to *after*.

    Raises Refused: role, scope, out_of_range, level, no_reason, wrong_state (void, or proposed already), no_signer.
    """
    require(may_propose(session, record, records.facts(session, record)))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(record), record.id, with_for_update=True)
        before, owner = Level(mine.level), owners_level(beneath, mine, hold=True)
        require(may_be_lowered_to(before, after, reason))
        require(may_have_level(after, Level(mine.declaration.level), owner))
        _must_be_the_only_one(beneath, mine)
        proposal = LevelLowering(
            table_name=mine.__tablename__, record_id=mine.id, version=mine.version, level_from=int(before),
            level_to=int(after), reason=reason.strip()[:200], proposed_by_id=acting(session).id, proposed_at=now,
        )  # fmt: skip
        beneath.add(proposal)
        beneath.flush()
        _begin(beneath, proposal, mine, now)
        note(beneath, "lowering_proposed", mine, proposal)
        public_id = proposal.public_id
    return session.scalars(select(LevelLowering).where(LevelLowering.public_id == public_id)).one()


def _must_be_the_only_one(session: Session, record: Register) -> None:
    """One proposal a record at a time; one that a change of the same moment has overtaken makes room."""
    waiting = waiting_about(session, record)
    if waiting is None:
        return
    require(is_only_proposal(is_unchanged_since(waiting.version, record.version).allowed))
    waiting.state = LAPSED
    note(session, "lowering_lapsed", record, waiting)
    session.flush()


def _begin(session: Session, proposal: LevelLowering, record: Register, now: datetime) -> None:
    """The step that waits to be signed; raises Refused "no_signer" where nobody is left for it (R-ROLE-04)."""
    staff, step = staff_on(session, local_day(session, now)), step_of(proposal)
    request = standing(session, proposal, record, staff).request
    verdict = signs_this_step(step, proposal.proposed_by_id, request, staff)
    if verdict.code == "no_signer":
        raise Refused(verdict)
    about = {"table_name": TABLE, "record_id": proposal.id, "position": 1}
    session.add(ApprovalStep(**about, step=step.name, clearance=int(step.clearance)))


def step_of(proposal: LevelLowering) -> Step:
    """The one step of *proposal*: who is to approve it."""
    (step,) = change_ladder(Level(proposal.level_from), Level(proposal.level_to))
    return step


def withdraw(session: Session, proposal: LevelLowering, record: Register) -> None:
    """Take a waiting proposal back, as whoever made it; raises Refused: not_applicant, wrong_state."""
    with elevated(session) as beneath:
        mine = beneath.get_one(LevelLowering, proposal.id, with_for_update=True)
        require(may_take_back(acting(session).id, mine.proposed_by_id))
        must_wait(mine)
        mine.state = WITHDRAWN
        note(beneath, "lowering_withdrawn", record, mine)


def must_wait(proposal: LevelLowering) -> None:
    """Raise Refused "changed" for a proposal that a change of its record has ended, "wrong_state" for one that is settled."""
    if proposal.state == LAPSED:
        raise Refused(refuse("R-CONF-05", "changed", say("申请后记录已有改动，申请已失效，须重新提出")))
    if proposal.state != WAITING:
        raise Refused(refuse("R-CONF-05", "wrong_state", say("这份降密申请已经办结")))


def waiting_about(session: Session, record: Register) -> LevelLowering | None:
    """The proposal that waits for *record*, if there is one."""
    if not any_waiting(session, record.__tablename__):
        return None
    return session.scalars(
        select(LevelLowering).where(
            LevelLowering.table_name == record.__tablename__,
            LevelLowering.record_id == record.id,
            LevelLowering.state == WAITING,
        )
    ).first()


def note(session: Session, event: str, record: Register, proposal: LevelLowering, **detail: Any) -> None:
    """Put what happened to *proposal* into the trail of its record; the reason, which is about its contents, stays out."""
    trail.note(session, event, record, lowering=proposal.public_id, **detail)
