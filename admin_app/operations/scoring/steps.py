"""The steps of a sheet, one transaction each: reviewed, accepted or objected to, approved (R-SCOR-03, R-ROLE-03 … 05)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...guard.stamped import hold
from ...models import Register
from ...permissions import Action
from ...rules.combining import first_refusal
from ...rules.figures import PASSWORD_GOOD_FOR
from ...rules.months import Month
from ...rules.rights import may_do
from ...rules.scoring_steps import (
    REVIEW,
    Sheet,
    State,
    Verb,
    gives_reason,
    is_newest,
    may_accept,
    may_object,
    may_sign,
    may_take,
    signs,
)
from ...verdicts import require
from ..figures import span_on
from ..staff import staff_on
from ..today import local_day
from .computing import LINE, compute_sheets
from .reporting import report
from .sheets import correction_of, current
from .standing import standing


@dataclass(frozen=True)
class Signing:
    """What a signer's page carried: the digest of what it showed; and when they last gave their password."""

    seen: str
    checked_at: datetime | None


def month_of(sheet: Any) -> Month:
    return Month.of(sheet.month_on)


@contextmanager
def taking(session: Session, sheet: Register) -> Iterator[tuple[Session, Any, Sheet]]:
    """The session beneath the row rule, the sheet held there until the step is over, and where it stands."""
    hold(session, LINE)
    with elevated(session) as beneath:
        mine = beneath.get_one(type(sheet), sheet.id, with_for_update=True)
        yield beneath, mine, standing(beneath, mine)


def review(session: Session, sheet: Register, signing: Signing, now: datetime, answer: str = "") -> None:
    """Sign as who reviews; an objection is answered. Raises Refused: own_request, not_signer, no_signer, wrong_state,
    locked, changed, password_due, no_reason."""
    person = acting(session).id
    with taking(session, sheet) as (beneath, mine, stands):
        _require_signature(beneath, Verb.REVIEW, mine, stands, person, signing, now)
        if stands.state is State.OBJECTED:
            require(gives_reason(answer))
            mine.objection_answer = answer.strip()[:2000]
        mine.reviewed_by_id, mine.reviewed_at, mine.state = person, now, State.REVIEWED.value
        trail.note(beneath, "signed", mine, field="reviewed_by_id", digest=mine.evidence_digest)


def accept(session: Session, sheet: Register, now: datetime) -> None:
    """The person agrees; raises Refused: not_signer, wrong_state, locked."""
    with taking(session, sheet) as (_beneath, mine, stands):
        require(may_accept(acting(session).id, stands, now))
        mine.accepted_at, mine.state = now, State.ACCEPTED.value


def object_to(session: Session, sheet: Register, reason: str, now: datetime) -> None:
    """The person objects, once and in time; raises Refused: not_signer, wrong_state, locked, no_reason."""
    with taking(session, sheet) as (_beneath, mine, stands):
        require(may_object(acting(session).id, stands, reason, now))
        mine.objected_at, mine.objection, mine.state = now, reason.strip()[:2000], State.OBJECTED.value


def approve(session: Session, sheet: Register, signing: Signing, now: datetime) -> None:
    """Sign as who approves, which locks the sheet and puts it into the month's summary; raises Refused as ``review``,
    and same_person."""
    person = acting(session).id
    with taking(session, sheet) as (beneath, mine, stands):
        _require_signature(beneath, Verb.APPROVE, mine, stands, person, signing, now)
        if stands.state is State.REVIEWED:  # nothing was said in time
            mine.accepted_at = stands.answer_by
        mine.approved_by_id, mine.approved_at, mine.state = person, now, State.APPROVED.value
        trail.note(beneath, "signed", mine, field="approved_by_id", digest=mine.evidence_digest)
        beneath.flush()
        report(beneath, month_of(mine), now)


def correct(session: Session, sheet: Register, reason: str, now: datetime) -> Register:
    """A new sheet in the place of the newest, locked one, which stays as it is; raises Refused: own_request, not_signer,
    wrong_state, no_reason. The new one's id in addresses is the same for whoever may see it."""
    person = acting(session)
    with taking(session, sheet) as (beneath, mine, stands):
        newest = current(beneath, month_of(mine), {mine.person_id}).get(mine.person_id)
        require(
            first_refusal(
                may_do(person, Action.ADD, type(sheet)),
                signs(REVIEW, person.id, stands, staff_on(beneath, local_day(beneath, now))),
                may_take(Verb.CORRECT, stands, now),
                is_newest(newest is mine),
                gives_reason(reason),
            )
        )
        made = correction_of(mine, reason.strip()[:2000])
        beneath.add(made)
        compute_sheets(beneath, month_of(mine), {mine.person_id: made}, now)
        new = made.id
    return session.get_one(type(sheet), new)


def _require_signature(
    session: Session, verb: Verb, sheet: Any, stands: Sheet, person: int, signing: Signing, now: datetime
) -> None:
    require(
        may_sign(
            verb, person, stands, staff_on(session, local_day(session, now)),
            seen=signing.seen, digest=sheet.evidence_digest, password_checked_at=signing.checked_at,
            password_good_for=span_on(session, PASSWORD_GOOD_FOR, now), now=now,
        )
    )  # fmt: skip
