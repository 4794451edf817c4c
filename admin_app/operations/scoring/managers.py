"""Whose month is scored: everybody who was a customer manager in it (R-SCOR-01)."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models import register_named
from ...permissions import Role
from .as_of import values_before
from .period import Period


def managers_of(period: Period) -> dict[int, Any]:
    """Employee id -> row (id, store_id, department_id) of those who had the role when the month began or ended."""
    employee = register_named("employee")
    month = period.month
    here = select(employee.id, employee.store_id, employee.department_id, employee.roles).where(
        employee.voided_at.is_(None),
        or_(employee.joined_on.is_(None), employee.joined_on <= month.last),
        or_(employee.left_on.is_(None), employee.left_on >= month.first),
    )
    before = [_roles_at(period.session, moment) for moment in (period.begin, period.end)]
    return {
        row.id: row
        for row in period.session.execute(here.order_by(employee.id))
        if any(Role.CUSTOMER_MANAGER in (roles.get(row.id, row.roles) or ()) for roles in before)
    }


def _roles_at(session: Session, moment: datetime) -> dict[int, Any]:
    """Employee id -> roles at *moment*, of those whose roles have changed since."""
    found = values_before(session, register_named("employee"), ["roles"], moment)
    return {id_: values["roles"] for id_, values in found.items()}
