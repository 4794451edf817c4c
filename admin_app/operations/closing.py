"""What signatures do to a form: a change takes back what was judged of it, the last one closes it (R-ROLE-05)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from ..fields import Face
from ..guard.order import may_still_change
from ..guard.stamps import operating
from ..models import Register
from ..permissions import Action
from ..verdicts import require


def signatures_of(record: Register) -> list[Face]:
    """The signatures that people give on the form itself, in its order."""
    return [face for face in record.faces.values() if face.signed_with]


def moment_of(signature: Face) -> str:
    """The name of the moment beside a signature."""
    return f"{signature.name.removesuffix('_by_id')}_at"


def is_closed(record: Register) -> bool:
    """Whether the signature that closes the form stands."""
    return bool(record.closes_with) and getattr(record, record.closes_with) is not None


def lose_judgements(session: Session, record: Register, changed: Collection[str]) -> Mapping[str, Any]:
    """A form that changes loses what was judged of it before; *changed*: the fields, those of after the judgement don't.

    Returns the signatures that fell: who had given each.
    """
    if set(changed) <= set(record.filled_after_judging.split()):
        return {}
    fallen = {name: person for name in _judgements(record) if (person := getattr(record, name)) is not None}
    if fallen:
        require(may_still_change(record))
        with operating(session):
            for name in fallen:
                setattr(record, name, None)
                setattr(record, moment_of(record.faces[name]), None)
    return fallen


def is_judged(record: Register) -> bool:
    """Whether somebody has judged *record*, so that a change of it would take that back."""
    return any(getattr(record, name) is not None for name in _judgements(record))


def _judgements(record: Register) -> set[str]:
    """The signatures that judge, and those given because of one, which stand after it on the form."""
    found: set[str] = set()
    for face in signatures_of(record):
        if face.signed_with == Action.APPROVE or found.intersection(face.after.split()):
            found.add(face.name)
    return found
