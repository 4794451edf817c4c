"""What the clock gives reason to tell, of what is so now: loans that are out, handovers, orders (R-LOAN-09, R-ARCH-04).

Nothing is kept of what is to be reminded of later: whatever has been returned by then isn't there any more.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...guard import writing
from ...guard.jobs import job
from ...guard.session import elevated
from ...models import register_named
from ...permissions import Level, Role
from ...rules.dispatch_steps import WAITING
from ...rules.notices import (
    DISPATCH_LAPSES,
    EVENTS,
    HANDOVER_LATE,
    HANDOVER_LATE_HEAD,
    LAPSE_AHEAD,
    Event,
    To,
    loan_reminders,
)
from ...rules.signers import Staff
from ...texts import word
from ...working.notices import Notice
from ..archives.reservations import settle_all
from ..staff import staff_on
from ..today import local_day, midnight, zone_of
from ..working_time import working_time
from .telling import Told, notify_all

#: loans of any level are reminded of, by number and due time alone
REMINDERS = job("reminders", word("到期提醒"), Level.TOP_SECRET)
#: a handover later than this is an old ledger's; after a standstill of the program it is still told
_STILL_NEWS = timedelta(days=7)


def remind(session: Session, now: datetime) -> int:
    """Put on the desks what the clock gives reason to tell, and take off them what isn't so any more; how many are new."""
    with writing(session):
        settle_all(session, now)  # whose turn it is with a reserved item passes in the middle of the day
    with writing(session):
        return remind_within(session, now)


def remind_within(session: Session, now: datetime) -> int:
    """``remind`` in a transaction that runs already."""
    with elevated(session, REMINDERS) as beneath:
        staff = staff_on(beneath, local_day(beneath, now))
        # the loans first: a return holds its loan, too, before it touches what was told of it
        told = [*_loans(beneath, staff, now), *_handovers(beneath, staff, now), *_orders(beneath, staff, now)]
        _end_untrue(beneath, now)
        return notify_all(beneath, told, now)


def _end_untrue(session: Session, now: datetime) -> None:
    """Take off the desks what isn't so any more: one statement for each event and register."""
    today = local_day(session, now).isoformat()
    for event in EVENTS.values():
        for table in event.tables:
            untrue = (
                ~select(1)
                .where(register_named(table).id == Notice.record_id, *_true(event, register_named(table)))
                .exists()
            )
            if event.daily:
                untrue |= Notice.occurrence != today
            ended = (Notice.event == event.name, Notice.table_name == table, Notice.read_at.is_(None), untrue)
            session.execute(
                update(Notice).where(*ended).values(read_at=now).execution_options(synchronize_session=False)
            )


def _true(event: Event, register: Any) -> list[Any]:
    """``telling.is_true`` in SQL."""
    conditions = [register.voided_at.is_(None)]
    if event.ended_by:
        conditions.append(getattr(register, event.ended_by).is_(None))
    return [*conditions, register.state.in_(event.states)] if event.states else conditions


def _loans(session: Session, staff: Staff, now: datetime) -> Iterator[Told]:
    """Of what is out; who returns it waits until it has been told of, and what is being returned isn't told of."""
    loan, calendar = register_named("archive_loan"), working_time(session)
    soon = midnight(session, staff.today + timedelta(days=2))
    out = (loan.issued_at.is_not(None), loan.returned_at.is_(None), loan.voided_at.is_(None), loan.due_at < soon)
    for one in session.scalars(select(loan).where(*out).order_by(loan.id).with_for_update()):
        borrower = one.borrower_id or one.applicant_id
        due = one.due_at.astimezone(zone_of(session)).date()
        events = loan_reminders(due, staff.today, calendar)
        # who is head and manager at once is told the graver, which comes later
        told = {person: event for event in events for person in _told(event.to, borrower, one.department_id, staff)}
        for person, event in told.items():
            yield Told(event=event, person=person, record=one, due=one.due_at)


def _told(to: To, concerned: int | None, department: int | None, staff: Staff) -> list[int]:
    """Who is told of what concerns somebody: nobody who can't sign in, and nobody of themselves as a head."""
    if to is To.SERVICE_MANAGER:
        return [one.id for one in staff.people.values() if Role.SERVICE_MANAGER in one.roles and one.id != concerned]
    if to is To.HEAD:
        here = staff.people[concerned].department_id if concerned in staff.people else department
        return [head for head in staff.heads_from(here) if head != concerned][:1]
    return [concerned] if concerned in staff.people else []


def _handovers(session: Session, staff: Staff, now: datetime) -> Iterator[Told]:
    """Told of once, the day after it was due."""
    handover = register_named("archive_handover")
    late = (
        handover.due_on < staff.today, handover.due_on >= staff.today - _STILL_NEWS,
        handover.received_by_id.is_(None), handover.voided_at.is_(None),
    )  # fmt: skip
    for one in session.scalars(select(handover).where(*late).order_by(handover.id)):
        for event in (HANDOVER_LATE, HANDOVER_LATE_HEAD):
            for person in _told(event.to, one.owner_id, one.department_id, staff):
                yield Told(event=event, person=person, record=one, due=one.due_on, occurrence=one.due_on.isoformat())


def _orders(session: Session, staff: Staff, now: datetime) -> Iterator[Told]:
    """Told of once, some days before an order lapses."""
    order = register_named("dispatch_order")
    soon = (order.lapses_on > staff.today, order.lapses_on <= staff.today + LAPSE_AHEAD)
    waiting = select(order).where(order.state.in_(WAITING), *soon, order.voided_at.is_(None)).order_by(order.id)
    for one in session.scalars(waiting):
        yield from (_of_order(one, person) for person in {one.owner_id, one.designer_id} & staff.people.keys())


def _of_order(order: Any, person: int) -> Told:
    day = order.lapses_on
    return Told(event=DISPATCH_LAPSES, person=person, record=order, due=day, occurrence=day.isoformat())
