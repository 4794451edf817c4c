"""The rights of a set of roles: what the registers grant, and what the company changed (R-ROLE-01)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import all_registers
from ..permissions import Action, Grants, Level, Rights, Role, Scope, profile
from ..working.people import ChangedRight
from .stamped import Stamped


def matrix(session: Session) -> dict[str, Grants]:
    """table -> role -> action -> scope, as it holds now."""
    return _matrix.get(session)


def _load_matrix(session: Session, key: object) -> dict[str, Grants]:
    whole = {
        table: Grants({role: dict(rights) for role, rights in register.declaration.grants.items()})
        for table, register in all_registers().items()
    }
    for row in session.connection().execute(select(ChangedRight.__table__)):
        rights = whole.get(row.table_name, Grants()).setdefault(Role(row.role), {})
        if row.scope is None:
            rights.pop(Action(row.action), None)
        else:
            rights[Action(row.action)] = Scope(row.scope)
    return whole


def _load_rights(session: Session, roles: frozenset[Role]) -> dict[str, Rights]:
    together: dict[str, Rights] = {}
    for table, grants in matrix(session).items():
        merged: dict[Action, Scope] = {}
        for role in roles:
            for action, scope in grants.get(role, {}).items():
                merged[action] = merged.get(action, Scope.NOBODY) | scope
        if merged:
            together[table] = merged
    return together


_matrix = Stamped("rights", _load_matrix, tables=["changed_right"])
_rights = Stamped("rights", _load_rights, tables=["changed_right"])
_profiles = Stamped(
    "rights", lambda session, key: profile(rights_of(session, key[0]), key[1]), tables=["changed_right"]
)


def rights_of(session: Session, roles: frozenset[Role]) -> dict[str, Rights]:
    """table -> action -> scope for someone holding all of *roles*."""
    return _rights.get(session, roles)


def profile_of(session: Session, roles: frozenset[Role], clearance: Level) -> str:
    """The name of the rights of *roles* at *clearance*."""
    return _profiles.get(session, (roles, clearance))
