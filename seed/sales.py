"""Rankings and bonuses of the demo as its orders have them: all published but the last month's, which waits."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from admin_app.guard.session import elevated
from admin_app.models import register_named
from admin_app.operations.sales import bonuses, ranking
from admin_app.operations.sales.ranking import Period
from admin_app.rules.months import Month
from admin_app.rules.sales import is_published

from .invented import ZONE
from .people import Company

#: who approves, so many days after the month
_APPROVER, _LATER = "director", timedelta(days=4)


def settle(company: Company) -> None:
    """Work out every month that has a ranking, its bonuses where it is published."""
    one = register_named("sales_ranking")
    with elevated(company.session) as beneath:
        days = beneath.scalars(select(one.month_on).where(one.period == "month").distinct()).all()
        months = sorted(Month.of(day) for day in days)
        for month in months:
            computed = datetime.combine(month.next.first + timedelta(days=1), time(9), ZONE)
            ranking.rank(beneath, Period(month), min(computed, company.invent.now))
            _publish(company, beneath, Period(month), month != months[-1])
            if month != months[-1]:
                bonuses.work_out(beneath, Period(month))


def _publish(company: Company, session: Any, period: Period, is_over: bool) -> None:
    at = datetime.combine(period.last + _LATER, time(10), ZONE)
    for row in ranking.held(session, period).values():
        row.approved_by_id, row.approved_at = (company.people[_APPROVER].id, at) if is_over else (None, None)
        row.published = is_over and is_published(row.rank_no, row.net_sales)
        row.published_on = at.date() if row.published else None
    session.flush()
