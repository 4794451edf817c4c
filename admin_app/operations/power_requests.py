"""Asking for a clearance or an approving role, and taking the request back (R-ROLE-02)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..models import Register, register_named
from ..permissions import Level, Role
from ..rules.approvals import Request
from ..rules.combining import first_refusal
from ..rules.digests import digest
from ..rules.powers import Power, has_grounds, is_to_be_asked, ladder_of
from ..rules.roles import may_ask, may_hold_together
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.people import PowerRequest
from .powers import clearance_of, roles_of

WAITING, GRANTED, REFUSED, WITHDRAWN = "waiting", "granted", "refused", "withdrawn"


def power_of(request: PowerRequest) -> Power:
    """The role or clearance asked for."""
    return Role(request.role) if request.role else Level(request.clearance)


def ask(session: Session, employee: Register, power: Power, reason: str, now: datetime) -> PowerRequest:
    """Ask for *power* for *employee*; raises Refused: role, wrong_state (held, asked for), incompatible, no_reason."""
    by, roles = acting(session), roles_of(employee)
    wanted = roles | ({power} if isinstance(power, Role) else frozenset())
    require(first_refusal(
        may_ask(by.roles), is_to_be_asked(power, by.id == employee.id, roles, clearance_of(employee)),
        may_hold_together(wanted), has_grounds(reason),
    ))  # fmt: skip
    request = PowerRequest(
        employee_id=employee.id, reason=reason.strip()[:200], asked_by_id=by.id, asked_at=now, state=WAITING,
        role=power.value if isinstance(power, Role) else None,
        clearance=int(power) if isinstance(power, Level) else None,
    )  # fmt: skip
    if any((one.role, one.state) == (request.role, WAITING) for one in about(session, employee.id)):
        raise Refused(refuse("R-ROLE-02", "wrong_state", say("相同的申请正在等待批准")))
    session.add(request)
    session.flush()
    note(session, "power_asked", employee, request)
    return request


def withdraw(session: Session, request: PowerRequest) -> None:
    """Take a waiting request back, as an admin; raises Refused: role, wrong_state."""
    require(may_ask(acting(session).roles))
    must_wait(request)
    request.state = WITHDRAWN
    note(session, "power_withdrawn", session.get(register_named("employee"), request.employee_id), request)


def drop_all(session: Session, employee: Register) -> None:
    """Take back what waits to be granted to an employee who leaves; whether one may is for the caller to ask."""
    for request in about(session, employee.id):
        if request.state == WAITING:
            request.state = WITHDRAWN
            note(session, "power_withdrawn", employee, request)


def about(session: Session, employee_id: int) -> list[PowerRequest]:
    """Every request for an employee, newest first."""
    mine = PowerRequest.employee_id == employee_id
    return list(session.scalars(select(PowerRequest).where(mine).order_by(PowerRequest.id.desc())))


def as_request(request: PowerRequest, held: Any) -> Request:
    """A request as the approval rules see it; its digest covers what is asked, why, and what is *held* already
    (an employee, or a row with roles and clearance)."""
    contents = {
        "request": request.public_id, "employee": request.employee_id, "role": request.role,
        "clearance": request.clearance, "reason": request.reason, "asked_by": request.asked_by_id,
        "asked_at": request.asked_at, "roles": list(held.roles or ()), "held": int(held.clearance or 0),
    }  # fmt: skip
    ladder = ladder_of(power_of(request), for_oneself=request.asked_by_id == request.employee_id)
    return Request(
        applicant=request.asked_by_id, department_id=None, ladder=ladder, digest=digest(contents),
        about=frozenset({request.employee_id}),
    )  # fmt: skip


def must_wait(request: PowerRequest) -> None:
    """Raise Refused "wrong_state" unless *request* waits to be decided."""
    if request.state != WAITING:
        raise Refused(refuse("R-ROLE-02", "wrong_state", say("这份申请已经办结")))


def note(session: Session, event: str, employee: Register | None, request: PowerRequest) -> None:
    """Put what happened to *request* into the trail."""
    trail.note(
        session, event, employee,
        request=request.public_id, role=request.role, clearance=request.clearance, digest=request.digest,
    )  # fmt: skip
