"""What no write of an employee or account may do, whatever its path: form, ledger, bulk action, undo (R-ROLE-02).

Nobody comes into the register with roles or a clearance, and somebody always administers and manages. It sits on the
session, beneath every screen; importing this package arms it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from ..guard.adding import by_flush
from ..guard.session import GuardedSession, state_of
from ..models import Register, register_named
from ..permissions import Role
from ..rules.roles import INDISPENSABLE, may_take_away
from ..texts import say
from ..verdicts import Refused, refuse, require
from ..working.people import Account

_POWERS = ("roles", "clearance")
_PRESENCE = ("roles", "voided_at", "left_on")


by_flush("employee")


@event.listens_for(GuardedSession, "before_flush")
def _keep_powers(session: Session, context: Any, instances: Any) -> None:
    employees = [record for record in [*session.new, *session.dirty] if _is_employee(record)]
    if not state_of(session).operating and any(_changed(record, *_POWERS) for record in employees):
        raise Refused(refuse("R-ROLE-02", "operation_only", say("系统岗位和密级权限只能按规定申请、批准")))
    left = {one.id: _roles_left(one) for one in employees if one in session.dirty and _changed(one, *_PRESENCE)}
    left |= {
        account.employee_id: frozenset()
        for account in session.dirty
        if isinstance(account, Account) and account.disabled and _changed(account, "disabled")
    }
    if left:
        _keep_the_last(session, left)


def hold_powers(session: Session) -> None:
    """Lock who holds what before anything else is written: two who change each other's powers would deadlock."""
    _active(session)


def _is_employee(record: object) -> bool:
    return isinstance(record, Register) and record.__tablename__ == "employee"


def _changed(record: object, *names: str) -> bool:
    return any(inspect(record).attrs[name].history.has_changes() for name in names)


def _roles_left(employee: Any) -> frozenset[Role]:
    """The roles of an employee after this write: none for who is voided, or on the way out."""
    gone = employee.voided_at is not None or employee.left_on is not None
    return frozenset() if gone else frozenset(Role(role) for role in employee.roles or ())


def _keep_the_last(session: Session, left: dict[int, frozenset[Role]]) -> None:
    """Refuse ("last_holder") when an indispensable role would be nobody's who stays."""
    active = _active(session)
    for role in sorted(INDISPENSABLE):
        losing = {id_ for id_, roles in left.items() if role in active.get(id_, _NOBODY).roles - roles}
        staying = {id_ for id_, one in active.items() if role in one.roles and one.stays} - losing
        if losing:
            require(may_take_away(role, 1 + len(staying)))


@dataclass(frozen=True)
class _Active:
    """What somebody who can sign in holds, and whether they are to stay."""

    roles: frozenset[Role]
    stays: bool


_NOBODY = _Active(frozenset(), stays=False)


def _active(session: Session) -> dict[int, _Active]:
    """Who can sign in, by id, as the database has them before this write.

    Locked until the end of the transaction, or two admins could take the role from each other at once.
    """
    employee, account = register_named("employee").__table__, Account.__table__
    rows = session.connection().execute(
        select(employee.c.id, employee.c.roles, employee.c.left_on)
        .join(account, account.c.employee_id == employee.c.id)
        .where(employee.c.voided_at.is_(None), ~account.c.disabled, employee.c.roles.is_not(None))
        .order_by(employee.c.id)
        .with_for_update(key_share=True)
    )
    return {row.id: _Active(frozenset(map(Role, row.roles)), row.left_on is None) for row in rows}
