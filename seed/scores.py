"""Scores of the demo, worked out of its records: past months locked and reported, the last one on its way."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app import clock
from admin_app.guard.session import elevated
from admin_app.models import register_named
from admin_app.operations.scoring.computing import compute_month
from admin_app.operations.scoring.reporting import report
from admin_app.operations.scoring.sheets import current
from admin_app.rules.months import Month
from admin_app.rules.scoring_steps import State

from .invented import ZONE
from .people import Company

#: days of the next month on which a sheet is computed, reviewed, accepted and approved, and the summary sent and received
_COMPUTED, _REVIEWED, _ACCEPTED, _APPROVED, _SENT = range(2, 7)


def settle(company: Company) -> None:
    """Score every month of which colleagues gave ratings, as those would who do it."""
    rating = register_named("internal_rating")
    with elevated(company.session) as beneath:
        rated = beneath.scalars(select(rating.month_on).distinct()).all()
        months = [month for month in sorted(map(Month.of, rated)) if _on(month, _COMPUTED) < company.invent.now]
        for month in months:
            with clock.stopped_at(_on(month, _COMPUTED)):
                compute_month(beneath, month, clock.now())
            sheets = list(current(beneath, month).values())
            if month != months[-1] and _on(month, _SENT) < company.invent.now:
                _lock(company, sheets, month)
                _send(company, beneath, month)
            else:
                _review(company, sheets[::2])


def _on(month: Month, day: int) -> datetime:
    return datetime.combine(month.next.first + timedelta(days=day - 1), time(9), ZONE)


def _review(company: Company, sheets: Iterable[Any]) -> None:
    """Yesterday: whose sheets they are may still object."""
    for sheet in sheets:
        sheet.reviewed_by_id, sheet.reviewed_at = (
            company.people["director"].id,
            company.invent.now - timedelta(hours=20),
        )
        sheet.state = State.REVIEWED.value


def _lock(company: Company, sheets: Iterable[Any], month: Month) -> None:
    for sheet in sheets:
        sheet.reviewed_by_id, sheet.reviewed_at = company.people["director"].id, _on(month, _REVIEWED)
        sheet.accepted_at = _on(month, _ACCEPTED)
        sheet.approved_by_id, sheet.approved_at = company.people["general_manager"].id, _on(month, _APPROVED)
        sheet.state = State.APPROVED.value


def _send(company: Company, session: Session, month: Month) -> None:
    session.flush()
    with clock.stopped_at(_on(month, _APPROVED)):
        made: Any = report(session, month, clock.now())
    # signed and sent while it is in time: five working days, of which the month's first weekend may take two
    sent = min(_on(month, _SENT), datetime.combine(made.due_on, time(9), ZONE))
    made.approved_by_id, made.approved_at = company.people["director"].id, sent
    made.sent_on, made.received_at = sent.date(), sent
    made.received_by_id = company.people["hr"].id
    session.flush()
