"""Signing and refusing the steps of a request (R-ROLE-03 … R-ROLE-05, R-LOAN-01, R-LOAN-02)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated, state_of
from ...models import Register
from ...permissions import Level
from ...rules.approvals import has_reason, may_sign
from ...rules.combining import first_refusal
from ...rules.figures import GRANT_DAYS, PASSWORD_GOOD_FOR
from ...rules.ladders import Step
from ...rules.loan_issue import Issue, covers_the_level
from ...rules.loan_terms import lapse_moment
from ...rules.notices import REQUEST_GRANTED, REQUEST_REFUSED, SIGNING_NUDGED, Event
from ...rules.signers import Staff, who_may_sign
from ...rules.states import State, Verb, may, next_state
from ...texts import say
from ...verdicts import Refused, Verdict, refuse, require
from ..figures import span_on, value_on
from ..notices.telling import end, notify
from ..staff import staff_on
from ..today import local_day
from ..working_time import working_time
from .condition import as_told, item_may_be_asked_for
from .parties import expect, has_signed, renew_grant
from .standing import Standing, item_of, kind_of, level_signed, standing


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What someone decides on a step.

    *seen* is the digest that their page carried, *checked_at* when they last gave their password.
    """

    approve: bool
    seen: str
    checked_at: datetime | None
    reason: str = ""


def decide(session: Session, request: Register, decision: Decision, now: datetime) -> None:
    """Sign the waiting step, or refuse it with a reason; the last signature grants.

    Raises Refused: wrong_state, own_request, not_signer, no_signer, same_person, changed, password_due, no_reason,
    level.
    """
    person, staff = acting(session).id, staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id, with_for_update=True)
        item = item_of(beneath, mine)
        turn = _Turn(session, beneath, mine, item, standing(beneath, mine, item), staff, person, decision, now)
        turn.take(turn.allowed_step())
        expect(beneath, mine, standing(beneath, mine, item), staff)


@dataclass(frozen=True)
class _Turn:
    """A person's turn at a request, who sees *theirs*; *session* sees beneath the row rule, *request* is held until it ends."""

    theirs: Session
    session: Session
    request: Register
    item: Any
    stand: Standing
    staff: Staff
    person: int
    decision: Decision
    now: datetime

    def allowed_step(self) -> Step:
        """The waiting step, if this person may decide it so."""
        verb = Verb.SIGN if self.decision.approve else Verb.REFUSE
        require(may(kind_of(self.request), State(self.request.state), verb))
        if (step := self.stand.waiting) is None:
            raise Refused(refuse("R-LOAN-02", "wrong_state", say("此步骤已签批")))
        verdict = may_sign(
            step, self.person, self.stand.request, self.staff,
            seen=self.decision.seen, password_checked_at=self.decision.checked_at,
            password_good_for=span_on(self.session, PASSWORD_GOOD_FOR, self.now), now=self.now,
        )  # fmt: skip
        require(verdict)
        require(self._may_be_lent() if self.decision.approve else has_reason("R-LOAN-01", self.decision.reason))
        return step

    def _may_be_lent(self) -> Verdict:
        there = as_told(self.theirs, self.item, item_may_be_asked_for(self.session, self.item))
        return first_refusal(there, covers_the_level(self._ahead()))

    def _ahead(self) -> Issue:
        """The part of an issue that a signature looks ahead to: an item raised meanwhile needs another ladder."""
        return Issue(
            now=self.now, keeper=0, borrower=self.request.applicant_id, granted_until=None,
            granted_level=level_signed(self.request, self.item), item_level=Level(self.item.level),
        )  # fmt: skip

    def take(self, step: Step) -> None:
        self._sign(step)
        end(self.session, SIGNING_NUDGED, None, self.request, self.now)
        if self.decision.approve:
            self._go_on()
        else:
            self._move(Verb.REFUSE)
            self.request.outcome = self._reason
            self._tell(REQUEST_REFUSED)

    def _sign(self, step: Step) -> None:
        """Who, for whom, when, from where, and the digest of exactly what was on the page (R-ROLE-05)."""
        asked, row = self.stand.request, self.stand.row
        signers = who_may_sign(step, asked.department_id, asked.barred, self.staff)
        row.signed_by_id, row.signed_at, row.approved = self.person, self.now, self.decision.approve
        row.signed_for_id = next(signer.stands_for for signer in signers if signer.person == self.person)
        row.reason, row.digest = self._reason, asked.digest
        row.address = state_of(self.session).address
        self.session.flush()
        has_signed(self.session, self.request, self.person)
        trail.note(
            self.session, "approved" if row.approved else "refused_step", self.request,
            step=row.step, signed_for=row.signed_for_id, digest=row.digest,
        )  # fmt: skip

    def _go_on(self) -> None:
        """To the next step, or granted by the last: contents open to the applicant until it lapses (R-LOAN-04)."""
        if standing(self.session, self.request, self.item).waiting is not None:
            self._move(Verb.SIGN)
            return
        self._move(Verb.GRANT)
        self.request.granted_at = self.now
        self.request.lapses_at = self._lapses_at()
        renew_grant(self.session, self.request.item_id, self.request.applicant_id)
        self._tell(REQUEST_GRANTED, self.request.lapses_at)

    def _tell(self, event: Event, due: datetime | None = None) -> None:
        """The applicant, each time it is decided (R-LOAN-01)."""
        when = self.now.isoformat()
        notify(self.session, event, self.request.applicant_id, self.request, self.now, due=due, occurrence=when)

    def _lapses_at(self) -> datetime:
        days = value_on(self.session, GRANT_DAYS, self.now)
        return lapse_moment(self.now, days, working_time(self.session))

    def _move(self, verb: Verb) -> None:
        self.request.state = next_state(kind_of(self.request), State(self.request.state), verb)

    @property
    def _reason(self) -> str | None:
        return self.decision.reason.strip()[:200] or None
