"""Persons as the program knows them: who acts, with the rights they hold now."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from .. import clock
from ..guard.prepared import PREPARED
from ..guard.rights import profile_of, rights_of
from ..models import register_named
from ..permissions import Level, Person, Role
from ..working.people import Account
from .today import local_day

_ACCOUNT = ("id", "epoch", "disabled", "must_change_password")


@dataclass(frozen=True)
class SignedIn:
    """What of an account every request asks for."""

    id: int
    epoch: int
    disabled: bool
    must_change_password: bool


def load_person(session: Session, employee_id: int) -> Person | None:
    """The person of an employee with the rights they hold now; None for one who is voided or has left."""
    row = session.connection().execute(_who(), {"who": employee_id}).mappings().first()
    return _person(session, row) if row is not None and _works_here(session, row) else None


def load_signed_in(session: Session, account_id: int) -> tuple[SignedIn | None, Person | None]:
    """An account and its person, who is None as ``load_person`` says; one query, as every request begins with it."""
    row = session.connection().execute(_whose(), {"account": account_id}).mappings().first()
    if row is None:
        return None, None
    account = SignedIn(**{name: row[f"account_{name}"] for name in _ACCOUNT})
    return account, _person(session, row) if _works_here(session, row) else None


@cache
def _who() -> Select[Any]:
    """What rights depend on, of the employee bound at execution; built once."""
    return select(*_facts()).where(register_named("employee").__table__.c.id == bindparam("who"))


@cache
def _whose() -> Select[Any]:
    """The same of the employee who has the account bound at execution, with the account."""
    employee, account = register_named("employee").__table__, Account.__table__
    asked = (account.c[name].label(f"account_{name}") for name in _ACCOUNT)
    joined = account.join(employee, employee.c.id == account.c.employee_id)
    return (
        select(*asked, *_facts())
        .select_from(joined)
        .where(account.c.id == bindparam("account"))
        .execution_options(**PREPARED)
    )


def _facts() -> list[Any]:
    table = register_named("employee").__table__
    names = "id number name roles clearance store_id department_id left_on voided_at"
    return [table.c[name] for name in names.split()]


def _works_here(session: Session, row: Any) -> bool:
    """The last day is still a working day."""
    left = row["left_on"] is not None and row["left_on"] < local_day(session, clock.now())
    return row["voided_at"] is None and not left


def _person(session: Session, row: Any) -> Person:
    roles = frozenset(Role(role) for role in row["roles"] or ())
    clearance = Level(int(row["clearance"] or 0))
    return Person(
        id=row["id"], username=row["number"] or "", name=row["name"], roles=roles, clearance=clearance,
        store_id=row["store_id"], department_id=row["department_id"], rights=rights_of(session, roles),
        profile=profile_of(session, roles, clearance),
    )  # fmt: skip
