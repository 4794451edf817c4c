"""A new colleague in one step: the register, an account with its first password, what goes with the post (R-ROLE-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..models import Register, register_named
from . import accounts, records, titles


@dataclass(frozen=True)
class Joined:
    """Who came, the first password to hand over, and what was given and asked for; None where nothing was to be."""

    employee: Register
    password: str
    supplied: titles.Lacking | None


def join(session: Session, values: Mapping[str, Any], username: str, reason: str | None, now: datetime) -> Joined:
    """Write the employee, open the account, and with a *reason* give and ask for what goes with the post.

    All or nothing; raises Refused: no_right, role, incomplete, wrong_state (name is taken), incompatible.
    """
    employee = records.add(session, register_named("employee"), values)
    for name in employee.declaration.scope_columns():
        setattr(employee, name, values.get(name))  # where they work, which needn't be where admin does
    session.flush()
    password = accounts.invite_employee(session, employee, username, now)
    supplied = titles.supply(session, employee, reason, now) if reason else None
    return Joined(employee, password, supplied)
