"""Issuing an item and taking it back (R-LOAN-05 … R-LOAN-10); the desk has no override."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ...guard import trail
from ...guard.session import acting, elevated
from ...models import Register
from ...rules.disclosures import Fact, disclose
from ...rules.ladders import Kind
from ...rules.loan_issue import obstacles
from ...rules.loan_return import Count, may_return, still_out
from ...rules.loan_terms import due_moment, may_run
from ...rules.signers import Staff
from ...rules.states import State, Verb, may, next_state
from ...texts import say
from ...verdicts import Obstructed, Refused, Verdict, refuse, require
from ..notices.telling import end_untrue
from ..staff import staff_on
from ..today import local_day
from .at_desk import works_at_desk
from .issue_facts import issue_facts, locked_item
from .parties import expect, renew_grant
from .reservations import fetched, settle
from .return_records import Seen, open_records
from .standing import kind_of, standing

#: from good to bad: of several part returns the worst stays
_CONDITIONS = ("good", "damaged", "missing")
#: torn, where nobody says how
DAMAGE = "torn"


def issue(
    session: Session, request: Register, *, signed_at: datetime | None, now: datetime, until: datetime | None = None
) -> None:
    """Hand the item out; of any number of simultaneous issues exactly one succeeds (R-LOAN-06).

    *signed_at*: when the borrower signed for it with their own password (R-LOAN-07). *until*: the due time agreed at the
    desk, by default what the borrower asked for, within three days (R-LOAN-05). Raises Obstructed.
    """
    try:
        with elevated(session) as beneath:
            _issue(beneath, request, acting(session).id, signed_at, now, until)
    except (IntegrityError, StaleDataError) as lost:
        # the last wall: the database let somebody else's issue of the item in first
        raise Obstructed((refuse("R-LOAN-06", "on_loan", disclose(Fact.ITEM_UNAVAILABLE)),)) from lost


def _issue(
    session: Session, request: Register, keeper: int, signed_at: datetime | None, now: datetime, until: datetime | None
) -> None:
    staff = staff_on(session, local_day(session, now))
    item = locked_item(session, request)
    settle(session, item, now)
    mine = session.get_one(type(request), request.id, with_for_update=True)
    facts = issue_facts(session, mine, item, keeper, now)
    reasons = [*obstacles(facts), *_formalities(mine, staff, keeper, signed_at)]
    due_at = until or due_moment(now, getattr(mine, "asked_until", None))
    if not (in_time := may_run(now, due_at)):
        reasons.append(in_time)
    if reasons:
        raise Obstructed(tuple(reasons))
    kind = kind_of(mine)
    mine.state = next_state(kind, State(mine.state), Verb.ISSUE)
    mine.issued_at, mine.issued_by_id = now, keeper
    mine.signed_by_id, mine.signed_at = facts.borrower, signed_at
    if kind is Kind.LOAN:
        mine.due_at, mine.copies = due_at, item.copies
    item.state, item.holder_id = mine.state, facts.borrower
    item.due_at = due_at if kind is Kind.LOAN else None
    fetched(session, item.id, facts.borrower, now)
    _settle(session, mine, item, staff)
    trail.note(session, "issued", mine, item=item.number, copies=item.copies)


def _formalities(request: Register, staff: Staff, keeper: int, signed_at: datetime | None) -> list[Verdict]:
    """What the desk itself has to see to: its own right, the state, the borrower's signature."""
    borrower = request.applicant_id
    reasons = []
    if keeper != borrower and not works_at_desk(staff, keeper, borrower):
        reasons.append(refuse("R-ROLE-03", "not_signer", say("借出由档案管理员或其代理人办理")))
    if not (open_for_issue := may(kind_of(request), State(request.state), Verb.ISSUE)):
        reasons.append(open_for_issue)
    if signed_at is None:
        reasons.append(refuse("R-LOAN-07", "not_signed", say("借阅人尚未签字")))
    return reasons


def take_back(
    session: Session, request: Register, count: Count, *, note: str, now: datetime, damage: str = DAMAGE
) -> int:
    """Take copies back, counted; the copies that stay out, their due time unchanged (R-LOAN-08).

    What is lost opens a violation, what is damaged, by *damage* of ``archive_damage``, a repair. Raises Refused:
    not_signer, own_request, wrong_state, copies.
    """
    keeper = acting(session).id
    with elevated(session) as beneath:
        staff = staff_on(beneath, local_day(beneath, now))
        item = locked_item(beneath, request)
        mine = beneath.get_one(type(request), request.id, with_for_update=True)
        _may_take_back(mine, staff, keeper)
        out = still_lent(mine, item)
        require(may_return(out, count))
        left = still_out(out, count)
        _count_back(mine, count, note)
        verb = Verb.RETURN_PART if left else Verb.RETURN_ALL
        mine.state = next_state(kind_of(mine), State(mine.state), verb)
        if not left:
            mine.returned_at, mine.returned_to_id = now, keeper
            _shelve(item, mine)
        _settle(beneath, mine, item, staff)
        end_untrue(beneath, mine, now)
        seen = Seen(count=count, note=note, damage=damage, keeper=keeper, now=now)
        open_records(beneath, mine, item, seen, staff)
        settle(beneath, item, now)
        trail.note(
            beneath, "returned", mine, item=item.number, good=count.good, damaged=count.damaged, missing=count.missing
        )
    return left


def still_lent(request: Register, item: Any) -> int:
    """Copies of *request* that are out now."""
    if request.issued_at is None or request.returned_at is not None:
        return 0
    lent = getattr(request, "copies", None) or item.copies
    return lent - (request.returned_copies or 0) - (request.missing_copies or 0)


def _may_take_back(request: Register, staff: Staff, keeper: int) -> None:
    if keeper == request.applicant_id:
        raise Refused(refuse("R-ROLE-04", "own_request", say("不能给自己办理归还，请由他人办理")))
    if not works_at_desk(staff, keeper, request.applicant_id):
        raise Refused(refuse("R-ROLE-03", "not_signer", say("归还由档案管理员或其代理人办理")))


def _count_back(request: Register, count: Count, note: str) -> None:
    request.returned_copies = (request.returned_copies or 0) + count.good + count.damaged
    request.missing_copies = (request.missing_copies or 0) + count.missing
    seen = ["missing"] * bool(count.missing) + ["damaged"] * bool(count.damaged) + ["good"]
    request.condition = max([*seen, request.condition or "good"], key=_CONDITIONS.index)
    if note.strip():
        request.remark = "\n".join(filter(None, [request.remark, note.strip()[:200]]))


def _shelve(item: Any, request: Register) -> None:
    """Back in its place, with as many copies as came back; one that came back not at all is missing."""
    item.holder_id = item.due_at = None
    item.state = "in" if request.returned_copies else "missing"
    if request.returned_copies:
        item.copies = request.returned_copies


def _settle(session: Session, request: Register, item: Any, staff: Staff) -> None:
    """Write, and let parties and grants follow the new state."""
    session.flush()
    expect(session, request, standing(session, request, item), staff)
    renew_grant(session, request.item_id, request.applicant_id)
