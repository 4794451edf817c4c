"""Who was administrator when, as the trail knows it: to mark what admins did while they were (R-SIGN-04)."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from ..guard.chain import WHOLE, by_field
from ..permissions import Role
from ..working.trail import TrailEntry, TrailValue


@dataclass(frozen=True)
class AdminTerm:
    """From when until when an employee held the role; *until* is None while they hold it."""

    employee: int
    since: datetime
    until: datetime | None = None

    def covers(self, employee: int | None, at: datetime) -> bool:
        """Whether *employee* was admin at that moment; giving the role up was still done with it."""
        return employee == self.employee and self.since <= at and (self.until is None or at <= self.until)


def admin_terms(session: Session) -> list[AdminTerm]:
    """Every term anybody held the role, from the changes of employees' roles, in order."""
    changes = session.execute(
        select(TrailEntry.record_id, TrailEntry.at, TrailValue.field, TrailValue.old, TrailValue.new)
        .join(TrailValue, TrailValue.seq == TrailEntry.seq)
        .where(TrailEntry.table_name == "employee", TrailValue.field.in_(("roles", WHOLE)))
        .order_by(TrailEntry.seq)
    )
    open_terms: dict[int, AdminTerm] = {}
    ended: list[AdminTerm] = []
    for employee, at, *value in changes:
        roles = next((new for name, _, new in by_field(*value) if name == "roles"), None)
        holds = Role.ADMIN in json.loads(roles or "[]")
        if holds and employee not in open_terms:
            open_terms[employee] = AdminTerm(employee, at)
        elif not holds and employee in open_terms:
            ended.append(replace(open_terms.pop(employee), until=at))
    return [*ended, *open_terms.values()]


def while_admin(terms: list[AdminTerm]) -> ColumnElement[bool]:
    """Entries of those who were admin at the time."""
    parts = [
        and_(
            TrailEntry.actor_id == term.employee, TrailEntry.at >= term.since,
            *([TrailEntry.at <= term.until] if term.until else []),
        )
        for term in terms
    ]  # fmt: skip
    return or_(false(), *parts)
