"""Who is to be contacted how often this month, how often they were, and with whom another contact is agreed (R-FOLL-01).

The month's score counts for everybody and beneath the row rule; this counts what the acting person sees and reads (R-CONF-02).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from ...guard.readable import where_read
from ...guard.session import acting
from ...models import Register, register_named
from ...rules.coverage import sees_others
from ...rules.follow_up import may_log_call
from ...rules.months import Month
from ...texts import say
from ...verdicts import require
from .. import records
from ..due import falls_due
from ..in_pages import Page, page_of
from ..scoring.contacts import made_in, required_in
from ..scoring.period import Period
from ..today import local_day

_CALLED = say("电话追访")


class FollowedUp(NamedTuple):
    """An officer's month: contacts required, made of these and missing, and customers with whom one is agreed by today."""

    officer: int
    required: int
    made: int
    missing: int
    due: int


class Wanted(NamedTuple):
    """A customer's month: contacts required and days on which there was one; the day agreed on, if it has come."""

    required: int
    made: int
    agreed_on: date | None


def month_of(session: Session, now: datetime) -> Period:
    """This month, of nobody in particular."""
    return Period(session, Month.of(local_day(session, now)), frozenset())


def by_officer(session: Session, now: datetime) -> list[FollowedUp]:
    """Everybody whose customers the acting person may look at, the most missing first; two queries."""
    one, period = register_named("customer"), month_of(session, now)
    made = made_in(period)
    required, days = _required(period), func.coalesce(made.c.days, 0)
    each = select(one.owner_id, required.label("required"), cast(days, Integer).label("days"))
    each = each.outerjoin(made, made.c.customer_id == one.id).where(*_followed(period)).subquery()
    counted = case((each.c.days < each.c.required, each.c.days), else_=each.c.required)
    asked = select(each.c.owner_id, func.sum(each.c.required), func.sum(counted)).group_by(each.c.owner_id)
    due = _due_by_officer(session, period, now)
    found = [
        FollowedUp(officer, int(required), int(made), int(required - made), due.get(officer, 0))
        for officer, required, made in session.execute(asked)
    ]
    return sorted(found, key=lambda each: (-each.missing, -each.due, each.officer))


def to_follow_up(session: Session, officer: int, now: datetime, page: int) -> Page:
    """The customers of *officer* who were contacted too seldom, or have one agreed by today, the most missing first."""
    one, period = register_named("customer"), month_of(session, now)
    missing = _required(period) - _days_of(period)
    wanted = or_(missing > 0, one.id.in_(_agreed(session, now, "customer_id")))
    return page_of(
        session, one, (*_followed(period), one.owner_id == officer, wanted), (missing.desc(), one.registered_at), page
    )


def wanted_of(session: Session, customers: Sequence[int], now: datetime) -> dict[int, Wanted]:
    """Customer -> how their month stands; two queries."""
    one, period = register_named("customer"), month_of(session, now)
    contact = register_named("follow_up")
    theirs = _agreed(session, now, "customer_id", "next_on").where(contact.customer_id.in_(customers))
    agreed = dict(session.execute(theirs.order_by(contact.next_on.desc())).all())
    asked = select(one.id, _required(period), _days_of(period)).where(one.id.in_(customers))
    return {id_: Wanted(required, made, agreed.get(id_)) for id_, required, made in session.execute(asked)}


def log_call(session: Session, customer: Any, now: datetime) -> Register:
    """Note that the acting person has just called *customer*, whom they see; raises Refused: role, wrong_state."""
    person = acting(session)
    withdrew = customer.withdrawn_on is not None and customer.withdrawn_on <= local_day(session, now)
    require(may_log_call(customer.owner_id == person.id, customer.voided_at is None and not withdrew))
    told = {
        "customer_id": customer.id, "happened_at": now, "method": "phone", "by_id": person.id, "completed": True,
        "grade": customer.grade, "content": str(_CALLED),
    }  # fmt: skip
    return records.add(session, register_named("follow_up"), told)


def _followed(period: Period) -> tuple[ColumnElement[bool], ...]:
    """Customers of somebody who count in the month's score, as far as they are read."""
    one, person = register_named("customer"), acting(period.session)
    mine = one.owner_id.is_not(None) if sees_others(person.roles) else one.owner_id == person.id
    read = (where_read(one, one.faces[name], person) for name in ("owner_id", "grade"))
    reachable = func.coalesce(one.withdrawn_on > period.month.last, True)
    return mine, one.voided_at.is_(None), reachable, one.grade.in_(period.needs), *read


def _required(period: Period) -> ColumnElement[Any]:
    one = register_named("customer")
    return required_in(period, one.grade, one.registered_at)


def _days_of(period: Period) -> ColumnElement[Any]:
    """On how many days of the month a customer was contacted, for a page of them."""
    one, contact = register_named("customer"), register_named("follow_up")
    days = func.count(period.local_day(contact.happened_at).distinct())
    made = select(days).where(
        contact.customer_id == one.id, contact.voided_at.is_(None), contact.completed, period.holds(contact.happened_at)
    )
    return cast(made.scalar_subquery(), Integer)


def _agreed(session: Session, now: datetime, *names: str) -> Select[Any]:
    """Fields of the follow-ups that agreed on a day which has come, where nothing has followed."""
    contact = register_named("follow_up")
    columns = (getattr(contact, name) for name in names)
    return select(*columns).where(falls_due(contact, acting(session), local_day(session, now)))


def _due_by_officer(session: Session, period: Period, now: datetime) -> dict[int, int]:
    """Officer -> customers with whom a contact is agreed by today."""
    one = register_named("customer")
    agreed = and_(*_followed(period), one.id.in_(_agreed(session, now, "customer_id")))
    return dict(session.execute(select(one.owner_id, func.count(one.id)).where(agreed).group_by(one.owner_id)).all())
