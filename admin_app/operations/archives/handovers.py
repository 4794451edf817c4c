"""When a handover is due, and whether it was in time (R-ARCH-04)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.stamps import operating
from ...models import Register, register_named
from ...rules.archives import Handover, handover_due
from ..followups import after_writing, before_adding
from ..today import midnight
from ..working_time import working_time

#: what is handed over of customers of a kind
_KINDS = {"car_buyer": Handover.SALE, "car_service": Handover.SERVICE}


@before_adding("archive_handover")
def name_department(session: Session, handover: Register) -> None:
    """Where none is named it is the department of who hands over, not of who writes it down."""
    if handover.department_id is None and handover.owner_id is not None:
        handover.department_id = department_of(session, handover.owner_id)


@after_writing("archive_handover")
def keep_due(session: Session, handover: Register, before: Mapping[str, Any]) -> None:
    """Keep the last day of a handover true, where its type has one and the delivery is known."""
    kind = kinds_of_types(session).get(handover.archive_type_id)
    due_on = None
    if kind is not None and handover.delivered_on is not None:
        due_on = handover_due(kind, midnight(session, handover.delivered_on), working_time(session)).date()
    with operating(session):
        handover.due_on = due_on
        handover.on_time = None if due_on is None else handover.handed_on <= due_on


def kinds_of_types(session: Session) -> dict[int, Handover]:
    """Archive type -> what its handovers follow from; types of other customers have no such day."""
    types = register_named("archive_type").__table__
    rows = session.connection().execute(select(types.c.id, types.c.customer_kinds)).all()
    found = ((row.id, [_KINDS[kind] for kind in row.customer_kinds or () if kind in _KINDS]) for row in rows)
    return {id_: kinds[0] for id_, kinds in found if kinds}


def department_of(session: Session, employee_id: int) -> int | None:
    """Where somebody works."""
    employees = register_named("employee").__table__
    return session.connection().scalar(select(employees.c.department_id).where(employees.c.id == employee_id))
