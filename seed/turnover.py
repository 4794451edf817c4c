"""Who came and who went: a customer manager left and a colleague has their customers; another joined last month."""

from datetime import timedelta

from admin_app import clock
from admin_app.guard import SYSTEM, act_as
from admin_app.operations.leaving import leaving
from admin_app.operations.people import load_person

from .invented import local_day
from .people import LEAVER, NEWCOMER, SUCCESSOR, Company, join

_JOINED_DAYS_AGO, _LEFT_DAYS_AGO = 25, 1


def turn_over(company: Company, password: str) -> None:
    """Hire the newcomer and see the leaver off, as the administrator does it (R-CUST-09)."""
    session, now, leaver = company.session, company.invent.now, company.people[LEAVER]
    home = next(name for name, one in company.departments.items() if one.id == leaver.department_id)
    joined_at = now - timedelta(days=_JOINED_DAYS_AGO)
    with clock.stopped_at(joined_at):
        join(company, NEWCOMER, home, local_day(joined_at), password)
    last_day = local_day(now) - timedelta(days=_LEFT_DAYS_AGO)
    manager = company.stores[home].manager_id
    act_as(session, load_person(session, company.people["admin"].id))
    leaving.leave(
        session, leaver, leaving.Plan(first=company.people[SUCCESSOR].id, second=manager, last_day=last_day), now
    )
    act_as(session, SYSTEM)
