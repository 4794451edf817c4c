"""A request as its page shows it: where it stands, what one may do, what would stand in the way of an issue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ...guard.session import acting, elevated
from ...models import Register
from ...rules.approvals import Request, may_sign
from ...rules.ladders import Step
from ...rules.loan_issue import obstacles
from ...rules.signers import Signer, Staff, who_may_sign
from ...rules.states import State, Verb, may
from ...verdicts import Verdict
from ...working.approvals import ApprovalStep
from ..staff import staff_on
from ..today import local_day
from .at_desk import works_at_desk
from .condition import as_told
from .issue_facts import issue_facts
from .lending import still_lent
from .standing import item_of, kind_of, standing

#: what an approver and the keeper should know before they go on; the rest is said at the desk
_TELLING = frozenset(
    {
        "on_loan",
        "reserved",
        "overdue_elsewhere",
        "cooling_off",
        "held",
        "listed",
        "destroyed",
        "not_in",
        "level",
        "lapsed",
    }
)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the page says beyond the request's fields; ``out`` counts copies still lent.

    ``step``: the waiting step, ``sign``: the acting person's turn at it, None when it isn't theirs.
    """

    digest: str
    steps: tuple[Step, ...]
    rows: tuple[ApprovalStep, ...]
    step: Step | None
    signers: tuple[Signer, ...]
    sign: Step | None
    obstacles: tuple[Verdict, ...]
    out: int
    #: what the acting person may do: verbs of the state table that are theirs
    verbs: frozenset[Verb]


def overview(session: Session, request: Register, now: datetime) -> Overview:
    """Read beneath the row rule what the page of *request* needs; nothing of the item leaves here."""
    person, staff = acting(session), staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        item = item_of(beneath, mine)
        stand = standing(beneath, mine, item)
        step = stand.waiting if mine.state == State.SIGNING else None
        at_desk = person.id != mine.applicant_id and works_at_desk(staff, person.id, mine.applicant_id)
        asked, theirs = stand.request, False
        if step is not None:
            theirs = bool(_may_sign_now(step, person.id, asked, staff, now))
        return Overview(
            digest=asked.digest,
            steps=asked.ladder,
            rows=stand.rows if mine.submitted_at else (),
            step=step,
            signers=who_may_sign(step, asked.department_id, asked.barred, staff) if step else (),
            sign=step if theirs else None,
            obstacles=_telling(session, beneath, mine, item, person.id, now),
            out=still_lent(mine, item),
            verbs=_verbs(mine, person.id, at_desk),
        )


def turn_of(session: Session, request: Register, person: int, now: datetime) -> tuple[Step, Verdict] | None:
    """The step of *request* that waits, and whether *person* may sign it; None where none waits."""
    if request.state != State.SIGNING or request.item_id is None:
        return None
    staff = staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        stand = standing(beneath, mine, item_of(beneath, mine))
        if stand.waiting is None:
            return None
        return stand.waiting, _may_sign_now(stand.waiting, person, stand.request, staff, now)


def signers_of(session: Session, request: Register, now: datetime) -> tuple[Signer, ...]:
    """Who may sign the waiting step of *request*; nobody where none waits. *session* sees beneath the row rule."""
    if request.state != State.SIGNING or request.item_id is None:
        return ()
    stand = standing(session, request, item_of(session, request))
    staff = staff_on(session, local_day(session, now))
    return (
        who_may_sign(stand.waiting, stand.request.department_id, stand.request.barred, staff) if stand.waiting else ()
    )


def _may_sign_now(step: Step, person: int, asked: Request, staff: Staff, now: datetime) -> Verdict:
    """Leaving aside what was seen and when the password was given."""
    return may_sign(
        step, person, asked, staff,
        seen=asked.digest, password_checked_at=now, password_good_for=timedelta(0), now=now,
    )  # fmt: skip


def _telling(
    session: Session, beneath: Session, request: Register, item: Register, person: int, now: datetime
) -> tuple[Verdict, ...]:
    """As the acting person of *session* may be told, each reason once."""
    if request.state not in (State.SIGNING, State.GRANTED):
        return ()
    known = [one for one in obstacles(issue_facts(beneath, request, item, person, now)) if one.code in _TELLING]
    told = [as_told(session, item, verdict) for verdict in known]
    return tuple(one for position, one in enumerate(told) if one not in told[:position])


def _verbs(request: Register, person: int, at_desk: bool) -> frozenset[Verb]:
    """The applicant changes, submits and withdraws, the desk issues and takes back, as the state allows."""
    applicants, desks = {Verb.CHANGE, Verb.SUBMIT, Verb.WITHDRAW}, {Verb.ISSUE, Verb.RETURN_ALL}
    theirs = (applicants if person == request.applicant_id else set()) | (desks if at_desk else set())
    return frozenset(verb for verb in theirs if may(kind_of(request), State(request.state), verb))
