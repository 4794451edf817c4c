"""Granting a clearance or an approving role, or refusing it, and whose it is to decide (R-ROLE-02, R-ROLE-05)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard.session import acting, elevated, state_of
from ..guard.stamped import Stamped
from ..models import Register, register_named
from ..permissions import Person, Role
from ..rules.approvals import Request, has_reason, may_sign, next_step, not_own_request, signs_this_step
from ..rules.combining import first_refusal
from ..rules.figures import PASSWORD_GOOD_FOR
from ..rules.powers import is_to_be_asked
from ..rules.roles import may_hold_together
from ..rules.signers import Signer, Staff, who_may_sign
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.people import PowerRequest
from .archives.approvals import Decision
from .archives.upkeep import keep_up
from .figures import span_on
from .power_requests import GRANTED, REFUSED, WAITING, as_request, must_wait, note, power_of
from .powers import clearance_of, roles_of, set_powers
from .staff import staff_on
from .today import local_day

#: whoever has one of these finds the page of waiting requests in the menu, also while none waits
GRANTERS = frozenset({Role.SERVICE_MANAGER, Role.GENERAL_MANAGER})


def decide(session: Session, request: PowerRequest, decision: Decision, now: datetime) -> None:
    """Grant or refuse, for exactly what was seen; the power holds, and the person's sessions end, at once.

    Raises Refused: wrong_state, own_request, not_signer, no_signer, changed, password_due, no_reason, incompatible.
    """
    staff = staff_on(session, local_day(session, now))
    with elevated(session) as beneath:
        mine = beneath.get_one(PowerRequest, request.id, with_for_update=True)
        employee = beneath.get_one(register_named("employee"), mine.employee_id, with_for_update=True)
        must_wait(mine)
        asked = as_request(mine, employee)
        require(may_sign(
            next_step(asked), acting(session).id, asked, staff,
            seen=decision.seen, password_checked_at=decision.checked_at,
            password_good_for=span_on(session, PASSWORD_GOOD_FOR, now), now=now,
        ))  # fmt: skip
        if not decision.approve:
            require(has_reason("R-ROLE-02", decision.reason))
        _sign(mine, asked, decision, _signer(acting(session), asked, staff))
        mine.decided_at, mine.address = now, state_of(session).address
        note(beneath, "power_granted" if decision.approve else "power_refused", employee, mine)
        if decision.approve:
            _grant(beneath, mine, employee)
    keep_up(session, now)


def _signer(person: Person, asked: Request, staff: Staff) -> Signer:
    """As whom *person* decides: for themselves, or for whom they stand in."""
    return next(one for one in who_may_sign(asked.ladder[0], None, asked.barred, staff) if one.person == person.id)


def _sign(mine: PowerRequest, asked: Request, decision: Decision, signer: Signer) -> None:
    """Who, for whom, and the digest of exactly what was on the page (R-ROLE-05)."""
    mine.state = GRANTED if decision.approve else REFUSED
    mine.decided_by_id, mine.decided_for_id, mine.digest = signer.person, signer.stands_for, asked.digest
    mine.decision_reason = decision.reason.strip()[:200] or None


def _grant(session: Session, mine: PowerRequest, employee: Register) -> None:
    power, roles, clearance = power_of(mine), roles_of(employee), clearance_of(employee)
    if employee.voided_at is not None:
        raise Refused(refuse("R-ROLE-02", "wrong_state", say("这名员工已作废")))
    require(is_to_be_asked(power, mine.asked_by_id == mine.employee_id, roles, clearance))
    if isinstance(power, Role):
        roles |= {power}
        require(may_hold_together(roles))
    else:
        clearance = power
    set_powers(session, employee, roles, clearance)


def waiting_for(session: Session, person: Person, now: datetime) -> list[tuple[PowerRequest, Request]]:
    """The waiting requests that *person* may decide now, oldest first, each as the rules see it."""
    if not _any_waiting.get(session):
        return []
    waiting = select(PowerRequest).where(PowerRequest.state == WAITING).order_by(PowerRequest.id)
    requests = session.scalars(waiting).all()
    if person.seen_by is not None:  # admin looks on, who knows of requests by the pages of the employees they see
        requests = [request for request in requests if session.get(register_named("employee"), request.employee_id)]
    if not requests:
        return []
    staff = staff_on(session, local_day(session, now))
    held = _held(session, {request.employee_id for request in requests})
    asked = [(request, as_request(request, held[request.employee_id])) for request in requests]
    return [(request, one) for request, one in asked if _may_decide(one, person.id, staff)]


def _load_any(session: Session, key: object) -> bool:
    """Whether any request waits at all; every page asks for its menu."""
    return session.scalar(select(PowerRequest.id).where(PowerRequest.state == WAITING).limit(1)) is not None


_any_waiting = Stamped("power_requests", _load_any, tables=["power_request"])


def may_open(session: Session, person: Person, now: datetime) -> bool:
    """Whether waiting requests are this person's business: as a granter, or because one waits for them today."""
    return bool(person.roles & GRANTERS) or bool(waiting_for(session, person, now))


def _may_decide(asked: Request, person: int, staff: Staff) -> bool:
    return bool(first_refusal(not_own_request(person, asked), signs_this_step(asked.ladder[0], person, asked, staff)))


def _held(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """What employees hold, read beneath the row rule: roles and clearance, nothing personal."""
    table = register_named("employee").__table__
    rows = session.connection().execute(
        select(table.c.id, table.c.roles, table.c.clearance).where(table.c.id.in_(ids))
    )  # fmt: skip
    return {row.id: row for row in rows}
