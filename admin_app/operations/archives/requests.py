"""Requests to borrow or to read: drafted, changed, submitted, withdrawn by their applicant (R-LOAN-01, R-LOAN-02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard import trail
from ...guard.session import acting, elevated
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Action
from ...rules.approvals import signs_this_step
from ...rules.ladders import may_register_outsider
from ...rules.rights import may_do
from ...rules.states import State, Verb, may, next_state
from ...texts import say
from ...verdicts import Refused, refuse, require
from .. import records
from ..staff import staff_on
from ..today import local_day
from .condition import as_told, item_may_be_asked_for
from .parties import expect, renew_grant, signatures_lost
from .standing import KINDS, begin_round, contents_digest, item_of, kind_of, standing


def draft(session: Session, table: str, item: Register, values: Mapping[str, Any]) -> Register:
    """A draft of the acting person's request for *item*, which they found with their own eyes (R-CONF-04).

    *table*: archive_loan or access_request. Raises Refused without the right to ask, or for an outsider whose letter
    isn't registered whole.
    """
    register, person = register_named(table), acting(session)
    require(may_do(person, Action.ADD, register))
    require(as_told(session, item, item_may_be_asked_for(session, item)))
    _check_outsider(table, values)
    borrowing = {"borrower_id": person.id, "copies": item.copies} if "borrower_id" in register.faces else {}
    with operating(session):
        return records.create(session, register, {**values, **borrowing, "item_id": item.id, "applicant_id": person.id})


def draft_file(session: Session, table: str, file: Register, values: Mapping[str, Any]) -> list[Register]:
    """A draft for each item of *file* that is in; raises Refused ("not_in") where none is (R-LOAN-06)."""
    item = register_named("archive_item")
    is_in = select(item).where(item.file_id == file.id, item.state == "in", item.voided_at.is_(None))
    items = session.scalars(is_in.order_by(item.number)).all()
    if not items:
        raise Refused(refuse("R-LOAN-06", "not_in", say("该案卷没有在架的文件")))
    return [draft(session, table, one, values) for one in items]


def require_applicant(session: Session, request: Register) -> None:
    """Raise Refused ("not_applicant") unless the acting person is who asks."""
    if request.applicant_id != acting(session).id:
        raise Refused(refuse("R-LOAN-02", "not_applicant", say("只有申请人可以办理")))


def change(session: Session, request: Register, values: Mapping[str, Any]) -> None:
    """Change what is asked for: back to a draft, every signature lost (R-ROLE-05)."""
    require_applicant(session, request)
    _check_outsider(request.__tablename__, {**_outsider(request), **values})
    state = next_state(kind_of(request), State(request.state), Verb.CHANGE)
    with operating(session):
        for name, value in values.items():
            setattr(request, name, value)
        request.state, request.granted_level = state, None
        request.submitted_at = request.granted_at = request.lapses_at = None
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        signatures_lost(beneath, mine)
        _let_go(beneath, mine, acting(session).id)


def submit(session: Session, request: Register, now: datetime) -> None:
    """Send a draft up its ladder; raises Refused ("no_signer") where nobody is left for the first step (R-ROLE-04)."""
    require_applicant(session, request)
    state = next_state(kind_of(request), State(request.state), Verb.SUBMIT)
    staff = staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(type(request), request.id)
        item = item_of(beneath, mine)
        mine.state, mine.submitted_at, mine.granted_level = state, now, str(int(item.level))
        mine.outcome = None
        mine.department_id = staff.people[mine.applicant_id].department_id
        begin_round(beneath, mine, item)
        stand = standing(beneath, mine, item)
        verdict = signs_this_step(stand.waiting, mine.applicant_id, stand.request, staff)
        if verdict.code == "no_signer":
            raise Refused(verdict)
        expect(beneath, mine, stand, staff)
        trail.note(beneath, "submitted", mine, digest=contents_digest(mine))


def alike(session: Session, request: Register) -> list[Register]:
    """The drafts that came of one request for a file: same applicant, purpose and reason; *request* among them."""
    register = type(request)
    same = (getattr(register, name) == getattr(request, name) for name in ("applicant_id", "purpose", "reason"))
    return list(session.scalars(select(register).where(*same, register.state == State.DRAFT).order_by(register.id)))


def withdraw(session: Session, request: Register, now: datetime) -> None:
    """The applicant takes the request back, at any time before issue (R-LOAN-02)."""
    require_applicant(session, request)
    with elevated(session) as beneath:
        _withdraw(beneath, beneath.get_one(type(request), request.id))


def _withdraw(session: Session, request: Register) -> None:
    request.state = next_state(kind_of(request), State(request.state), Verb.WITHDRAW)
    _let_go(session, request, request.applicant_id)
    trail.note(session, "withdrawn", request)


def withdraw_all(session: Session, applicant: int) -> int:
    """Take back every request not yet issued of somebody who leaves; how many. *session* sees beneath the row rule."""
    open_ones = [
        request
        for table in KINDS
        for request in session.scalars(_of_applicant(register_named(table), applicant))
        if may(kind_of(request), State(request.state), Verb.WITHDRAW)
    ]
    for request in open_ones:
        _withdraw(session, request)
    return len(open_ones)


def _of_applicant(register: type[Register], applicant: int) -> Any:
    return select(register).where(register.applicant_id == applicant).order_by(register.id)


def _let_go(session: Session, request: Register, applicant: int) -> None:
    """Nobody acts next, and what was granted ends."""
    item = item_of(session, request)
    expect(
        session, request, standing(session, request, item), staff_on(session, local_day(session, request.changed_at))
    )
    renew_grant(session, request.item_id, applicant)


_LETTER = ("reader_name", "reader_organisation", "letter_number", "letter_scan")


def _outsider(request: Register) -> dict[str, Any]:
    return {name: getattr(request, name) for name in _LETTER if name in request.faces}


def _check_outsider(table: str, values: Mapping[str, Any]) -> None:
    """An outsider's letter is registered whole or not at all (R-LOAN-03)."""
    name, issuer, number, scan = (values.get(field) or "" for field in _LETTER)
    if name or issuer or number or scan:
        require(may_register_outsider(KINDS[table], number if name else "", issuer, bool(scan)))
