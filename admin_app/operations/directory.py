"""Employees as admin works on them: with account, roles, clearance and what waits to be granted (R-ROLE-02)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from ..models import Register, register_named
from ..permissions import Role
from ..working.people import Account, PowerRequest
from .power_requests import WAITING

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which employees; *account* is "open", "disabled" or "none"."""

    text: str = ""
    role: Role | None = None
    account: str | None = None
    page: int = 1


@dataclass(frozen=True)
class Entry:
    """An employee, how they sign in, and how many requests wait for them."""

    employee: Register
    account: Account | None
    waiting: int


def find(session: Session, query: Query) -> tuple[list[Entry], int]:
    """A page of the visible employees by number, and how many there are in all."""
    total = session.scalar(_asked(query, func.count())) or 0
    employee = register_named("employee")
    waiting = (
        select(func.count())
        .where(PowerRequest.employee_id == employee.id, PowerRequest.state == WAITING)
        .scalar_subquery()
    )
    rows = session.execute(
        _asked(query, employee, Account, waiting)
        .order_by(employee.number, employee.id)
        .limit(PAGE)
        .offset((query.page - 1) * PAGE)
    )
    return [Entry(*row) for row in rows], total


def _asked(query: Query, *columns: object) -> Select:
    employee = register_named("employee")
    return (
        select(*columns)
        .select_from(employee)
        .outerjoin(Account, Account.employee_id == employee.id)
        .where(employee.voided_at.is_(None), *_conditions(query))
    )


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    employee = register_named("employee")
    accounts = {"open": ~Account.disabled, "disabled": Account.disabled, "none": Account.id.is_(None)}
    conditions = [accounts[query.account]] if query.account in accounts else []
    if query.role:
        conditions.append(employee.roles.like(f"%,{query.role.value},%"))
    if text := query.text.strip():
        part = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        columns = (employee.name, employee.number, employee.post, Account.username)
        conditions.append(or_(*(column.like(part, escape="\\") for column in columns)))
    return conditions
