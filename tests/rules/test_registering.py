"""By when a day's registrations are handed in (R-CUST-05). Times are those of Shanghai."""

from datetime import date, datetime, time

import pytest

from admin_app.rules.registering import Hours, due_at, is_late
from admin_app.rules.working_days import SHANGHAI

pytestmark = pytest.mark.rule("R-CUST-05")
HOURS = Hours(time(18), time(10), SHANGHAI)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("happened", "leave", "due"),
    [
        (at(2, 10), False, at(2, 18)),
        (at(2, 10), True, at(3, 10)),
        (date(2026, 3, 2), False, at(2, 18)),
        (at(2, 0), False, at(2, 18)),
        (at(2, 18), False, at(2, 18)),
        (at(2, 18, 30), False, at(3, 10)),
    ],
)
def test_the_day_is_due_at_its_closing_and_with_leave_or_after_it_the_next_morning(happened, leave, due):
    assert due_at(happened, leave, HOURS) == due


@pytest.mark.parametrize(
    ("handed_in", "leave", "late"),
    [(at(2, 18), False, False), (at(2, 18, 1), False, True), (at(3, 10), True, False), (at(3, 10, 1), True, True)],
)
def test_later_than_that_is_late(handed_in, leave, late):
    assert is_late(handed_in, at(2, 9), leave, HOURS) is late
