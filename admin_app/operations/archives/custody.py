"""Whose charge a file may be put in: somebody's whose role keeps archives, on every path (R-CONF-04)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...fields import Face
from ...models import Register, register_named
from ...permissions import Role
from ...rules.levels import may_be_custodian
from ...verdicts import Verdict, require
from ..followups import after_changing, before_adding

FILE = "archive_file"


@before_adding(FILE)
def names_a_keeper(session: Session, file: Register) -> None:
    for face in _custody(file):
        require(_may_hold(session, face, getattr(file, face.name)))


@after_changing(FILE)
def still_names_a_keeper(session: Session, file: Register, before: Mapping[str, Any]) -> None:
    """Asked when somebody else is named: who was named before the rule, or has another role since, stays."""
    for face in _custody(file):
        if face.name in before:
            require(_may_hold(session, face, getattr(file, face.name)))


def _custody(file: Register) -> list[Face]:
    return [face for face in file.faces.values() if face.held_by and getattr(file, face.name) is not None]


def _may_hold(session: Session, face: Face, person: int) -> Verdict:
    return may_hold(session, face, [person])[person]


def may_hold(session: Session, face: Face, people: Iterable[int]) -> dict[int, Verdict]:
    """Employee id -> whether *face* names them by their roles, read beneath the row rule: who names them needn't see them."""
    employee, keepers = register_named("employee").__table__.c, {Role(role) for role in face.held_by.split()}
    rows = session.connection().execute(select(employee.id, employee.roles).where(employee.id.in_(people)))
    return {row.id: may_be_custodian({Role(role) for role in row.roles or ()}, keepers) for row in rows}
