"""Relative days of a filter, on the edges of months and years."""

from datetime import UTC, date, datetime

import pytest

from admin_app.fields import Reading
from admin_app.models import register_named
from admin_app.views.register.periods import period

#: a Saturday, 00:30 in Shanghai: the day before in UTC
NOW = datetime(2026, 2, 27, 16, 30, tzinfo=UTC)


@pytest.mark.rule("R-LIST-01")
@pytest.mark.parametrize(
    ("operator", "values", "first", "last"),
    [
        ("today", [], date(2026, 2, 28), date(2026, 2, 28)),
        ("this_week", [], date(2026, 2, 23), date(2026, 3, 1)),
        ("this_month", [], date(2026, 2, 1), date(2026, 2, 28)),
        ("last_month", [], date(2026, 1, 1), date(2026, 1, 31)),
        ("this_year", [], date(2026, 1, 1), date(2026, 12, 31)),
        ("last_days", ["3"], date(2026, 2, 26), date(2026, 2, 28)),
        ("next_days", ["3"], date(2026, 2, 28), date(2026, 3, 2)),
        ("next_days", ["some"], date(2026, 2, 28), date(2026, 3, 6)),
    ],
)
def test_a_period_begins_and_ends_by_the_company_s_clock(app, operator, values, first, last):
    day, moment = register_named("closed_customer_file").faces["due_on"], register_named("visitor").faces["came_at"]
    assert period(day, operator, values, Reading(), NOW) == [first, last]
    begins, ends = (one.astimezone(Reading().zone) for one in period(moment, operator, values, Reading(), NOW))
    assert (begins.date(), ends.date()) == (first, last)
    assert (begins.hour, begins.minute, ends.hour, ends.minute) == (0, 0, 23, 59)
