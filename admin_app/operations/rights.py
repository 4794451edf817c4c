"""The matrix of rights as admin changes it: role by register by action, beside what was shipped (R-ROLE-01)."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.rights import matrix
from ..guard.session import acting
from ..models import Register
from ..permissions import Action, Role, Scope
from ..rules.powers import may_administer
from ..verdicts import require
from ..working.people import ChangedRight

#: what a role may do on a register, every action named: its scope, or None where it isn't granted
Row = Mapping[Action, Scope | None]


def row_now(session: Session, register: type[Register], role: Role) -> Row:
    """What *role* may do on *register* as it holds now."""
    rights = matrix(session).get(register.__tablename__, {}).get(role, {})
    return {action: rights.get(action) for action in Action}


def row_shipped(register: type[Register], role: Role) -> Row:
    """What *role* may do on *register* unless the company changes it."""
    rights = register.declaration.grants.get(role, {})
    return {action: rights.get(action) for action in Action}


def change_row(session: Session, register: type[Register], role: Role, wanted: Row) -> int:
    """Let *role* do on *register* what *wanted* says, as admin, from everybody's next request on; how many changed.

    What *wanted* leaves out stays. Raises Refused "role".
    """
    require(may_administer(acting(session).roles))
    now, shipped = row_now(session, register, role), row_shipped(register, role)
    changed = {action: scope for action, scope in wanted.items() if scope != now[action]}
    for action, scope in changed.items():
        place = {"role": role.value, "table_name": register.__tablename__, "action": action.value}
        _write(session, place, scope, as_shipped=scope == shipped[action])
        trail.note(
            session, "right_changed", role=role.value, table=register.__tablename__, action=action.value,
            old=_number(now[action]), new=_number(scope),
        )  # fmt: skip
    if changed:
        session.flush()
    return len(changed)


def restore_row(session: Session, register: type[Register], role: Role) -> int:
    """Let *role* do on *register* what was shipped; how many rights changed back."""
    return change_row(session, register, role, row_shipped(register, role))


def _write(session: Session, place: Mapping[str, str], scope: Scope | None, as_shipped: bool) -> None:
    """Keep what differs from the shipped right, and nothing else."""
    row = session.get(ChangedRight, dict(place))
    if as_shipped:
        if row is not None:
            session.delete(row)
        return
    row = row or ChangedRight(**place)
    row.scope = _number(scope)
    session.add(row)


def _number(scope: Scope | None) -> int | None:
    return None if scope is None else scope.value
