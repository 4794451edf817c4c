"""Signing and refusing the steps of a request (R-ROLE-03, R-ROLE-04, R-ROLE-05, R-LOAN-01, R-LOAN-02)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register
from ...permissions import Level
from ...rules.approvals import has_reason, may_sign
from ...rules.ladders import Step
from ...rules.loan_issue import Issue, covers_the_level
from ...rules.loan_terms import lapse_moment
from ...rules.signers import Staff, who_may_sign
from ...rules.states import State, Verb, may, next_state
from ...texts import say
from ...verdicts import Refused, refuse, require
from ...working.approvals import ApprovalStep
from ..staff import staff_on
from ..today import local_day, zone_of
from .parties import expect, has_signed, renew_grant
from .standing import Standing, is_outsider, item_of, kind_of, level_signed, standing


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What someone decides on a step: *seen* is the digest their page carried, *checked_at* when they last gave their
    password."""

    approve: bool
    seen: str
    checked_at: datetime | None
    reason: str = ""


def decide(session: Session, request: Register, decision: Decision, now: datetime) -> None:
    """Sign the waiting step, or refuse it with a reason; the last signature grants.

    Raises Refused: wrong_state, own_request, not_signer, no_signer, same_person, changed, password_due, no_reason, level.
    """
    staff = staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id, with_for_update=True)
        item = item_of(beneath, mine)
        stand = standing(beneath, mine, item)
        step = _allowed(session, mine, stand, staff, decision, now)
        if decision.approve:
            require(covers_the_level(_as_issue(mine, item, now)))
        _record(beneath, session, mine, stand, step, staff, decision, now)
        if decision.approve:
            _go_on(beneath, mine, item, now)
        else:
            mine.state = next_state(kind_of(mine), State(mine.state), Verb.REFUSE)
            mine.outcome = decision.reason.strip()[:200]
        expect(beneath, mine, standing(beneath, mine, item), staff)


def _allowed(
    session: Session, request: Register, stand: Standing, staff: Staff, decision: Decision, now: datetime
) -> Step:
    """The waiting step, if the acting person may decide it so."""
    verb = Verb.SIGN if decision.approve else Verb.REFUSE
    require(may(kind_of(request), State(request.state), verb))
    if (step := stand.waiting) is None:
        raise Refused(refuse("R-LOAN-02", "wrong_state", say("此步骤已签批")))
    verdict = may_sign(
        step, acting(session).id, stand.request, staff,
        seen=decision.seen, password_checked_at=decision.checked_at, now=now,
    )  # fmt: skip
    require(verdict)
    if not decision.approve:
        require(has_reason(decision.reason))
    return step


def _as_issue(request: Register, item: Any, now: datetime) -> Issue:
    """The part of an issue that a signature looks ahead to: an item raised meanwhile needs another ladder."""
    return Issue(
        now=now, keeper=0, borrower=request.applicant_id, granted_until=None,
        granted_level=level_signed(request, item), item_level=Level(item.level),
    )  # fmt: skip


def _record(
    beneath: Session, session: Session, request: Register, stand: Standing, step: Step, staff: Staff, decision: Decision,
    now: datetime,
) -> None:  # fmt: skip
    """Who, for whom, when, from where, and the digest of exactly what was on the page (R-ROLE-05)."""
    person, row = acting(session).id, stand.row
    signers = who_may_sign(step, stand.request.department_id, stand.request.barred, staff)
    row.signed_by_id, row.signed_at, row.approved = person, now, decision.approve
    row.signed_for_id = next(signer.stands_for for signer in signers if signer.person == person)
    row.reason = decision.reason.strip()[:200] or None
    row.address, row.digest = session.info.get("address"), stand.request.digest
    beneath.flush()
    has_signed(beneath, request, person)
    _note(beneath, request, row)


def _note(session: Session, request: Register, row: ApprovalStep) -> None:
    trail.note(
        session, "approved" if row.approved else "refused_step", request,
        step=row.step, signed_for=row.signed_for_id, digest=row.digest,
    )  # fmt: skip


def _go_on(session: Session, request: Register, item: Any, now: datetime) -> None:
    """To the next step, or granted by the last: contents open to the applicant until the grant lapses (R-LOAN-04)."""
    last = standing(session, request, item).waiting is None
    request.state = next_state(kind_of(request), State(request.state), Verb.GRANT if last else Verb.SIGN)
    if last:
        request.granted_at, request.lapses_at = now, lapse_moment(now, zone=zone_of(session))
        if not is_outsider(request):
            renew_grant(session, request.item_id, request.applicant_id)
