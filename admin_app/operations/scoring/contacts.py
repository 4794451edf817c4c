"""Customers contacted less often in the month than their grade asks (R-FOLL-01), all of them in one statement."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, case, cast, func, select

from ...models import register_named
from ...rules.follow_up import required_contacts
from ...rules.scoring import Kind, Part
from ...texts import say
from .as_of import changed_since, code_at, link_at, newest_before
from .period import Fault, Period


class Missing(NamedTuple):
    """A customer with too few contacts: how many are missing, and how many of all customers of that manager."""

    customer: int
    person: int
    required: int
    missing: int
    of_all: int


def missing_contacts(period: Period, most: int) -> Iterator[tuple[Fault, int]]:
    """The faults, those with the most missing first, up to *most* points of each person; beside each the missing of all.

    Owner and grade are those at the month's end. Who has withdrawn consent isn't to be contacted and isn't missed.
    """
    for row in period.session.execute(_asked(period, most)):
        one = Missing(*row)
        why = say("应追访 {required} 次，缺 {missing} 次", required=one.required, missing=one.missing)
        fault = Fault(
            one.person,
            Part.FOLLOW_UP,
            Kind.MISSING_CONTACT,
            Decimal(one.missing),
            "customer",
            one.customer,
            period.month.last,
            why,
        )
        yield fault, one.of_all


def _asked(period: Period, most: int) -> Any:
    lacking = _lacking(period)
    by_person = {"partition_by": lacking.c.person}
    order = (lacking.c.missing.desc(), lacking.c.id)
    through = func.sum(lacking.c.missing).over(order_by=order, rows=(None, 0), **by_person)
    of_all = func.sum(lacking.c.missing).over(**by_person)
    ranked = select(*lacking.c, of_all.label("of_all"), (through - lacking.c.missing).label("before")).subquery()
    columns = [ranked.c[name] for name in ("id", "person", "required", "missing", "of_all")]
    return (
        select(*columns).where(ranked.c.before < most).order_by(ranked.c.person, ranked.c.missing.desc(), ranked.c.id)
    )


def _lacking(period: Period) -> Any:
    """id, person, required and missing of the customers with too few contacts."""
    each = _of_each(period)
    missing = cast(each.c.required - each.c.made, Integer)  # a sum of 64 bits is reckoned digit by digit
    lacking = select(each.c.id, each.c.person, each.c.required, missing.label("missing"))
    return lacking.where(each.c.required > each.c.made).subquery()


def _of_each(period: Period) -> Any:
    """id, person, required and made of every customer; apart, so that what is long in SQL stands in the statement once."""
    customer, since = register_named("customer"), newest_before(period.session, period.end)
    moved = changed_since(customer, ["owner_id"], since).subquery()
    graded = changed_since(customer, ["grade"], since).subquery()
    person, made = link_at(customer.owner_id, moved), made_in(period)
    required = required_in(period, code_at(customer.grade, graded), customer.registered_at)
    return (
        select(
            customer.id, person.label("person"), required.label("required"), func.coalesce(made.c.days, 0).label("made")
        )
        .outerjoin(moved, moved.c.record_id == customer.id)
        .outerjoin(graded, graded.c.record_id == customer.id)
        .outerjoin(made, made.c.customer_id == customer.id)
        .where(customer.voided_at.is_(None), customer.registered_at < period.end, person.in_(period.people))
        .where(func.coalesce(customer.withdrawn_on > period.month.last, True))
        .subquery()
    )


def made_in(period: Period) -> Any:
    """customer_id and the days of the month on which a contact was completed."""
    contact = register_named("follow_up")
    days = func.count(period.local_day(contact.happened_at).distinct())
    made = select(contact.customer_id, days.label("days")).where(
        contact.voided_at.is_(None), contact.completed, period.holds(contact.happened_at)
    )
    return made.group_by(contact.customer_id).subquery()


def required_in(period: Period, grade: ColumnElement[Any], registered: Any) -> ColumnElement[int]:
    """What the rule asks for, worked out for each grade and day of registration."""
    needs = period.needs

    def each(day: date) -> ColumnElement[int]:
        whole = ((grade == one, required_contacts(one, day, period.month, needs)) for one in needs)
        return case(*whole, else_=0)

    pro_rata = period.by_day(registered, [each(day) for day in period.month.days])
    return case((registered < period.begin, each(period.month.first)), else_=pro_rata)
