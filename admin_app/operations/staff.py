"""The company as the approval rules see it: who can sign in, the tree of departments, who stands in for whom today."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..models import register_named
from ..permissions import Level, Person, Role
from ..rules.signers import Department, Staff, StandIn
from ..working.people import Account
from ..working.people import StandIn as StandInRow


def staff_on(session: Session, day: date) -> Staff:
    """The staff on *day*, read beneath the row rule: ids, roles, clearances and the tree, nothing personal."""
    return Staff(_people(session, day), _departments(session), _stand_ins(session, day), day)


def _people(session: Session, day: date) -> dict[int, Person]:
    table, account = register_named("employee").__table__, Account.__table__
    here = or_(table.c.left_on.is_(None), table.c.left_on >= day)
    rows = session.connection().execute(
        select(
            table.c.id,
            table.c.name,
            table.c.roles,
            table.c.clearance,
            table.c.store_id,
            table.c.department_id,
            account.c.username,
        )
        .join(account, account.c.employee_id == table.c.id)
        .where(table.c.voided_at.is_(None), ~account.c.disabled, here)
        .order_by(table.c.id)
    )
    return {
        row.id: Person(
            row.id, row.username, row.name, frozenset(Role(role) for role in row.roles or ()),
            Level(int(row.clearance or 0)), row.store_id, row.department_id,
        )
        for row in rows
    }  # fmt: skip


def _departments(session: Session) -> dict[int, Department]:
    table = register_named("department").__table__
    rows = session.connection().execute(
        select(table.c.id, table.c.head_id, table.c.parent_id).where(table.c.voided_at.is_(None))
    )
    return {row.id: Department(row.id, row.head_id, row.parent_id) for row in rows}


def _stand_ins(session: Session, day: date) -> tuple[StandIn, ...]:
    named = select(StandInRow).where(StandInRow.from_day <= day, StandInRow.until_day >= day).order_by(StandInRow.id)
    return tuple(StandIn(row.absent_id, row.stand_in_id, row.from_day, row.until_day) for row in session.scalars(named))
