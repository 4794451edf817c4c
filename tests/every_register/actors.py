"""Who does something with a register in these tests: somebody granted it, and a record that lies in their scope.

Whether the grants are the right ones is asked elsewhere, of a literal matrix (``test_matrix.py``).
"""

from typing import Any

from admin_app.models import Register
from admin_app.permissions import Action, Role, Scope
from tests.fixtures.company import DEPARTMENT_IDS, PEOPLE, PERSON_IDS, STORE_IDS


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
    return all(rights.get(action, Scope.NOBODY) != Scope.NOBODY for action in (Action.SEE, *actions))


def scope_of(username: str, register: type[Register]) -> dict[str, Any]:
    """The scope columns of a record of *username*'s own; of their store and department too, where they have one."""
    department, store = PEOPLE[username]
    mine = {
        "store_id": STORE_IDS.get(store),
        "department_id": DEPARTMENT_IDS[department],
        "owner_id": PERSON_IDS[username],
    }
    return {column: mine[column] for column in register.declaration.scope_columns()}
