"""Persons as the program knows them: who acts, with the rights they hold now."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from .. import clock
from ..guard.rights import profile_of, rights_of
from ..models import register_named
from ..permissions import Level, Person, Role
from .today import local_day


def load_person(session: Session, employee_id: int) -> Person | None:
    """The person of an employee with the rights they hold now; None for one who is voided or has left."""
    row = session.connection().execute(_who(), {"who": employee_id}).mappings().first()
    if row is None or row["voided_at"] is not None or _has_left(session, row):
        return None
    return _person(session, row)


@cache
def _who() -> Select[Any]:
    """What rights depend on, of the employee bound at execution; built once, as every request asks."""
    table = register_named("employee").__table__
    names = "id number name roles clearance store_id department_id left_on voided_at"
    return select(*(table.c[name] for name in names.split())).where(table.c.id == bindparam("who"))


def _has_left(session: Session, row: Any) -> bool:
    """The last day is still a working day."""
    return row["left_on"] is not None and row["left_on"] < local_day(session, clock.now())


def _person(session: Session, row: Any) -> Person:
    roles = frozenset(Role(role) for role in row["roles"] or ())
    clearance = Level(int(row["clearance"] or 0))
    return Person(
        id=row["id"], username=row["number"] or "", name=row["name"], roles=roles, clearance=clearance,
        store_id=row["store_id"], department_id=row["department_id"], rights=rights_of(session, roles),
        profile=profile_of(session, roles, clearance),
    )  # fmt: skip
