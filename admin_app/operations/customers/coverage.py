"""Whom of their customers each officer has visited of late, and whom not (R-RELA-02).

Customers and visits count as far as the acting person sees them, and reads whose and when; of others nothing is told (R-CONF-02).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from ...guard.readable import where_read
from ...guard.session import acting
from ...models import register_named
from ...rules.coverage import round_began, sees_others
from ...rules.figures import VISIT_ROUND
from ..figures import value_on
from ..in_pages import Page, page_of
from ..today import local_day, midnight
from .standing import looked_after


class Covered(NamedTuple):
    """How many customers an officer holds, and how many of them were visited in this round."""

    officer: int
    held: int
    visited: int


def by_officer(session: Session, now: datetime) -> list[Covered]:
    """Everybody whose customers the acting person may look at, the most still to be visited first; one query."""
    one = register_named("customer")
    visited = func.sum(case((_visited(session, now), 1), else_=0))
    asked = select(one.owner_id, func.count(one.id), visited).where(*_held(session)).group_by(one.owner_id)
    found = (Covered(*row) for row in session.execute(asked))
    return sorted(found, key=lambda each: (each.visited - each.held, each.officer))


def unvisited(session: Session, officer: int, now: datetime, page: int) -> Page:
    """The customers of *officer* whom nobody visited in this round, longest ago first, from their registration if never."""
    one, visit = register_named("customer"), register_named("visit_report")
    last = select(func.max(visit.visited_at)).where(visit.customer_id == one.id, *_made(session, now)).scalar_subquery()
    where = (*_held(session), one.owner_id == officer, ~_visited(session, now))
    return page_of(session, one, where, (func.coalesce(last, one.registered_at),), page)


def last_visits(session: Session, customers: Sequence[int], now: datetime) -> dict[int, datetime]:
    """Customer -> when they were last visited; nothing for those who never were."""
    visit = register_named("visit_report")
    asked = select(visit.customer_id, func.max(visit.visited_at))
    asked = asked.where(visit.customer_id.in_(customers), *_made(session, now)).group_by(visit.customer_id)
    return {customer: at for customer, at in session.execute(asked)}


def _held(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Customers of somebody who are still looked after: neither given up nor out of reach (R-PRIV-01)."""
    one, person = register_named("customer"), acting(session)
    mine = one.owner_id.is_not(None) if sees_others(person.roles) else one.owner_id == person.id
    return (mine, where_read(one, one.faces["owner_id"], person), *looked_after(one))


def _visited(session: Session, now: datetime) -> ColumnElement[bool]:
    one = register_named("customer")
    return one.id.in_(_of_this_round(session, now))


def _of_this_round(session: Session, now: datetime) -> Select[Any]:
    visit = register_named("visit_report")
    since = midnight(session, round_began(local_day(session, now), value_on(session, VISIT_ROUND, now)))
    return select(visit.customer_id).where(visit.visited_at >= since, *_made(session, now))


def _made(session: Session, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Visits that took place."""
    visit = register_named("visit_report")
    return (
        visit.visited_at <= now,
        visit.voided_at.is_(None),
        where_read(visit, visit.faces["visited_at"], acting(session)),
    )
