"""Who does something with a register in these tests: somebody granted it, and a record that lies in their scope.

Whether the grants are the right ones is asked elsewhere, of a literal matrix (``test_matrix.py``).
"""

from typing import Any

from admin_app.models import Register, register_named
from admin_app.operations.values import typed
from admin_app.permissions import Action, Role, Scope
from tests.fixtures.company import DEPARTMENT_IDS, PEOPLE, PERSON_IDS, STORE_IDS, role_of
from tests.fixtures.records import make_record


def someone_who(register: type[Register], *actions: Action, without: Action | None = None) -> str | None:
    """The username of whoever may do all of *actions*, reading as much as possible; None where nobody may."""

    def breadth(role: Role) -> tuple[bool, int]:
        rights = register.declaration.grants[role]
        return Action.PERSONAL in rights, rights.get(Action.SEE, Scope.NOBODY).value

    able = [role for role, rights in register.declaration.grants.items() if _may(register, role, rights, actions)]
    able = [role for role in able if without is None or without not in register.declaration.grants[role]]
    return max(able, key=breadth).value if able else None


def _may(register: type[Register], role: Role, rights: dict[Action, Scope], actions: tuple[Action, ...]) -> bool:
    if role.clearance < register.declaration.level:
        return False
    reaching = {action for action, scope in rights.items() if scope != Scope.NOBODY}
    if Action.ADD in actions:  # what one adds is one's own, whatever else the right reaches
        reaching |= {Action.ADD, Action.SEE} & rights.keys()
    return reaching.issuperset((Action.SEE, *actions))


def scope_of(username: str, register: type[Register]) -> dict[str, Any]:
    """The scope columns of a record of *username*'s own; of their store and department too, where they have one."""
    department, store = PEOPLE[username]
    mine = {
        "store_id": STORE_IDS.get(store),
        "department_id": DEPARTMENT_IDS[department],
        "owner_id": PERSON_IDS[username],
    }
    return {column: mine[column] for column in register.declaration.scope_columns()}


def own_links(session: Any, register: type[Register], username: str) -> dict[str, int]:
    """Records that *username* sees for the links that can't be left out, as a form offers nobody those of others."""
    found = {}
    for face in register.faces.values():
        if not face.to or face.to in ("employee", register.__tablename__) or register.__table__.c[face.name].nullable:
            continue
        target = register_named(face.to)
        see = target.declaration.grants.get(role_of(username), {}).get(Action.SEE)
        parties = [other.name for other in target.faces.values() if other.party and typed(other)]
        named = {name: PERSON_IDS[username] for name in parties[:1]} if see == Scope.NOBODY else {}
        if target.declaration.scopes:
            found[face.name] = make_record(session, target, **scope_of(username, target), **named).id
    return found
