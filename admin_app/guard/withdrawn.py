"""Who has withdrawn consent is contacted no more, on every path beneath all screens (R-PRIV-01).

A register whose records are contacts that the company makes names their day or moment (``reaches``). From the day of the
withdrawal on none is written; one of an earlier day may still be written down, and what was written stays. What customers
begin themselves, a visit or a call of theirs, is no such contact.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from ..models import Register, register_named
from ..texts import say
from ..verdicts import Refused, refuse
from .parts import in_parts
from .session import state_of

NO_MORE = say("客户已撤回同意，从撤回当日起不再联系；只能补登撤回以前的联系，其他情况请写在客户的备注里")


def check_withdrawn(session: Session, records: Iterable[Any], new: bool) -> None:
    """Raise Refused "wrong_state" where one of *records* newly tells of a contact with a customer who had withdrawn.

    One query for some hundreds of customers. Two records that are made one keep all that hangs on either (R-CUST-07).
    """
    if state_of(session).beneath:
        return
    told = [
        (record.customer_id, day_reached(session, getattr(record, record.reaches)))
        for record in records
        if record.reaches and record.customer_id is not None and (new or _is_moved(record))
    ]
    withdrew = withdrawn_among(session, {customer for customer, _day in told})
    if any(is_too_late(day, withdrew.get(customer)) for customer, day in told):
        raise Refused(refuse("R-PRIV-01", "wrong_state", NO_MORE))


def day_reached(session: Session, at: date | datetime | None) -> date | None:
    """The company's day of a contact *at* that day or moment; None while there was none."""
    return at.astimezone(state_of(session).zone).date() if isinstance(at, datetime) else at


def is_too_late(day: date | None, withdrew: date | None) -> bool:
    """Whether a contact of that *day* comes after the withdrawal; the day alone is known of it, and it counts whole."""
    return day is not None and withdrew is not None and day >= withdrew


def withdrawn_among(session: Session, customers: Iterable[int]) -> dict[int, date]:
    """Customer -> day of withdrawal, of those who have; beneath the row rule, as whoever writes names them already."""
    one = register_named("customer").__table__.c
    asked = select(one.id, one.withdrawn_on).where(one.withdrawn_on.is_not(None))
    return {
        id_: day
        for some in in_parts(customers)
        for id_, day in session.connection().execute(asked.where(one.id.in_(some)))
    }


def _is_moved(record: Register) -> bool:
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in ("customer_id", record.reaches))
