"""Of the rights that bundles grant on a register, those that have something to act on there (R-ROLE-01).

A bundle serves many registers. What would never work on one of them (to reveal where nothing is masked) is left out, so
that the matrix, its screen and its document promise nothing that isn't so.
"""

from typing import Any

from .permissions import Action, Grants, Rights, Role


def usable(grants: Grants, register: Any, masks: bool) -> Grants:
    """*grants* without what *register* has no use for; *masks*: whether it, or its lines, mask any field."""
    return Grants(
        {
            role: {action: scope for action, scope in rights.items() if _works(action, role, rights, register, masks)}
            for role, rights in grants.items()
        }
    )


def _works(action: Action, role: Role, rights: Rights, register: Any, masks: bool) -> bool:
    if action in (Action.REVEAL, Action.PERSONAL):
        return masks
    if action is Action.IMPORT:  # a ledger does what its person could do by hand, or is closed history (R-IMPT-07)
        return bool(register.operations_only) or not rights.keys().isdisjoint({Action.ADD, Action.EDIT})
    return action is not Action.APPROVE or _decided_by_operations(register) or role in _judges(register)


def _decided_by_operations(register: Any) -> bool:
    """Whether operations of its own ask who approves: of requests, of what they compute, of signatures in an order."""
    own = any(face.signature and not face.signed_with for face in register.faces.values())
    return own or register.has_party_table or bool(register.operations_only)


def _judges(register: Any) -> set[str]:
    """The roles that give a judging signature on the form itself."""
    signatures = (face for face in register.faces.values() if face.signed_with == Action.APPROVE)
    return {role for face in signatures for role in face.roles.split()}
