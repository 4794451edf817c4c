"""Persons as the program knows them: who acts, with the rights they hold now."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..guard.rights import profile_of, rights_of
from ..models import register_named
from ..permissions import Level, Person, Role
from .today import local_day


def load_person(session: Session, employee_id: int) -> Person | None:
    """The person of an employee with the rights they hold now; None for one who is voided or has left."""
    table = register_named("employee").__table__
    row = session.connection().execute(select(table).where(table.c.id == employee_id)).mappings().first()
    if row is None or row["voided_at"] is not None or _has_left(session, row):
        return None
    return _person(session, row)


def _has_left(session: Session, row: Any) -> bool:
    """The last day is still a working day."""
    return row["left_on"] is not None and row["left_on"] < local_day(session, clock.now())


def _person(session: Session, row: Any) -> Person:
    roles = frozenset(Role(role) for role in row["roles"] or ())
    person = Person(
        id=row["id"], username=row["number"] or "", name=row["name"], roles=roles,
        clearance=Level(int(row["clearance"] or 0)), store_id=row["store_id"], department_id=row["department_id"],
        rights=rights_of(session, roles),
    )  # fmt: skip
    return replace(person, profile=profile_of(session, person))
