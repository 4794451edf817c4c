"""When a handover is due, and whether it was in time (R-ARCH-04); papers found elsewhere are called in (R-ARCH-10)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import clock
from ...guard.jobs import job
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Level, Role
from ...rules.archives import Handover, call_in_due, handover_due, is_handed_in
from ...rules.figures import CALL_IN_DAYS
from ...rules.notices import EVENTS, PAPERS_FOUND, PAPERS_FOUND_KEEPER, To
from ...texts import word
from ..figures import value_on
from ..followups import after_writing, before_adding
from ..notices.telling import end, notify
from ..staff import staff_on
from ..today import local_day, midnight
from ..working_time import working_time

#: papers of every customer are called in
CALLING_IN = job("calling_in", word("散存资料收回"), Level.TOP_SECRET)

#: what is handed over of customers of a kind
_KINDS = {"car_buyer": Handover.SALE, "car_service": Handover.SERVICE}


@before_adding("archive_handover")
def name_department(session: Session, handover: Register) -> None:
    """Where none is named it is the department of who hands over, not of who writes it down."""
    if handover.department_id is None and handover.owner_id is not None:
        handover.department_id = department_of(session, handover.owner_id)


@after_writing("archive_handover")
def keep_due(session: Session, handover: Any, before: Mapping[str, Any]) -> None:
    """Keep the last day of a handover true, where its type has one and the delivery is known, or it was found elsewhere."""
    due_on, on_time = _called_in(session, handover) if handover.found_on else _delivered(session, handover)
    with operating(session):
        handover.due_on, handover.on_time = due_on, on_time
    _take_back(session, handover, before)
    if handover.found_on and handover.voided_at is None and handover.received_by_id is None:
        _tell(session, handover)


def _delivered(session: Session, handover: Any) -> tuple[date | None, bool | None]:
    kind = kinds_of_types(session).get(handover.archive_type_id)
    if kind is None or handover.delivered_on is None:
        return None, None
    due_on = handover_due(kind, midnight(session, handover.delivered_on), working_time(session)).date()
    return due_on, handover.handed_on <= due_on


def _called_in(session: Session, handover: Any) -> tuple[date, bool | None]:
    """By the company's figure of the day on which the papers were found (R-ARCH-10)."""
    found = midnight(session, handover.found_on)
    due_on = call_in_due(found, value_on(session, CALL_IN_DAYS, found), working_time(session)).date()
    received = handover.received_at and local_day(session, handover.received_at)
    return due_on, is_handed_in(due_on, received)


def _tell(session: Session, handover: Any) -> None:
    """Tell who has the papers and the keepers, once; whose papers they are stands on the record alone."""
    now, day = clock.now(), handover.found_on.isoformat()
    with elevated(session, CALLING_IN) as beneath:
        staff = staff_on(beneath, local_day(beneath, now)).people
        keepers = [one.id for one in staff.values() if Role.ARCHIVE_KEEPER in one.roles]
        for event, people in ((PAPERS_FOUND, [handover.owner_id]), (PAPERS_FOUND_KEEPER, keepers)):
            for person in staff.keys() & set(people):
                notify(beneath, event, person, handover, now, due=handover.due_on, occurrence=day)


def _take_back(session: Session, handover: Any, before: Mapping[str, Any]) -> None:
    """What was told to who was named wrongly, or of papers that weren't found after all, goes off their desks."""
    former, found = before.get("owner_id"), before.get("found_on")
    with elevated(session, CALLING_IN) as beneath:
        for event in EVENTS.values():
            if former is not None and handover.__tablename__ in event.tables and event.to is To.GIVER:
                end(beneath, event, former, handover, clock.now())
        for event in (PAPERS_FOUND, PAPERS_FOUND_KEEPER) if found and not handover.found_on else ():
            end(beneath, event, None, handover, clock.now())


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
