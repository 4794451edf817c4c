"""Roles and clearances that admin gives and takes alone (R-ROLE-02); what must be granted is in ``power_requests``."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.session import acting
from ..guard.stamps import operating
from ..models import Register
from ..permissions import Level, Role
from ..rules.combining import first_refusal
from ..rules.powers import may_administer, may_give, may_lower
from ..rules.roles import may_hold_together
from ..texts import say
from ..verdicts import Refused, refuse, require
from .accounts import account_of, end_sessions
from .archives.upkeep import keep_up
from .powers_kept import hold_powers


def roles_of(employee: Register) -> frozenset[Role]:
    """The roles an employee holds."""
    return frozenset(Role(role) for role in employee.roles or ())


def clearance_of(employee: Register) -> Level:
    """The clearance an employee holds."""
    return Level(int(employee.clearance or 0))


def give(session: Session, employee: Register, role: Role, now: datetime) -> None:
    """Give a role that approves nothing; raises Refused: role, not_signed (must be granted), incompatible."""
    by, roles = acting(session), roles_of(employee) | {role}
    require(may_administer(by.roles))
    require(first_refusal(may_give(role, for_oneself=by.id == employee.id), may_hold_together(roles)))
    trail.note(session, "role_given", employee, role=role.value)
    _change(session, employee, roles, clearance_of(employee), now)


def take_away(session: Session, employee: Register, role: Role, now: datetime) -> None:
    """Take a role away at once; raises Refused: role, wrong_state (not held), last_holder."""
    require(may_administer(acting(session).roles))
    if role not in roles_of(employee):
        raise Refused(refuse("R-ROLE-02", "wrong_state", say("没有“{role}”岗位", role=role.title)))
    trail.note(session, "role_taken", employee, role=role.value)
    _change(session, employee, roles_of(employee) - {role}, clearance_of(employee), now)


def lower(session: Session, employee: Register, clearance: Level, now: datetime) -> None:
    """Set a clearance down at once; raises Refused: role, not_signed (it would not be lower)."""
    require(may_administer(acting(session).roles))
    require(may_lower(clearance_of(employee), clearance))
    trail.note(session, "clearance_lowered", employee, clearance=int(clearance))
    _change(session, employee, roles_of(employee), clearance, now)


def _change(session: Session, employee: Register, roles: frozenset[Role], clearance: Level, now: datetime) -> None:
    set_powers(session, employee, roles, clearance)
    keep_up(session, now)


def set_powers(session: Session, employee: Register, roles: frozenset[Role], clearance: Level) -> None:
    """Write what was given or granted; every session of the person ends at its next request (R-SIGN-02)."""
    hold_powers(session)
    if account := account_of(session, employee.id):
        end_sessions(session, account, "powers_changed")
    with operating(session):
        employee.roles = tuple(role.value for role in Role if role in roles)
        employee.clearance = str(int(clearance))
