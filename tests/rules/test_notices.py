"""When a loan is reminded of, by the company's days and nobody's clock but its own (R-LOAN-09)."""

from datetime import date, timedelta

import pytest

from admin_app.rules.notices import (
    LOAN_OVERDUE,
    LOAN_OVERDUE_HEAD,
    LOAN_OVERDUE_MANAGER,
    LOAN_TODAY,
    LOAN_TOMORROW,
    loan_reminders,
)
from admin_app.rules.working_days import PUBLIC, Calendar

pytestmark = pytest.mark.rule("R-LOAN-09")

WITH_HEAD = (LOAN_OVERDUE, LOAN_OVERDUE_HEAD)
ALL = (LOAN_OVERDUE, LOAN_OVERDUE_HEAD, LOAN_OVERDUE_MANAGER)
#: due day -> what is told on the days from two before it on
CASES = {
    # a Wednesday: Thursday, Friday and Monday are working days one, two and three
    "an ordinary week": (date(2026, 3, 11), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, WITH_HEAD, (), (), ALL, ALL]),
    # the weekend doesn't keep the two before it from being told
    "due on a Sunday": (date(2026, 3, 15), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, WITH_HEAD, ALL]),
    # 调休: Saturday 28 February 2026 is worked for the Spring Festival
    "a make-up Saturday": (date(2026, 2, 26), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, WITH_HEAD, (), ALL]),
    # Spring Festival: 15 to 23 February 2026 are off, 14 February is worked
    "over the Spring Festival": (date(2026, 2, 13), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, *[()] * 9, WITH_HEAD, ALL]),
    # New Year: 1 to 3 January 2026 are off, Sunday the 4th is worked
    "over the year's end": (date(2025, 12, 31), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), (), (), (), WITH_HEAD, WITH_HEAD, ALL]),
    "over a month's end": (date(2026, 4, 29), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, *[()] * 5, WITH_HEAD]),
    "over the end of February": (date(2028, 2, 28), [(), (LOAN_TOMORROW,), (LOAN_TODAY,), WITH_HEAD, WITH_HEAD, ALL]),
}  # fmt: skip


@pytest.mark.parametrize(("due", "told"), CASES.values(), ids=CASES)
def test_what_is_told_day_by_day(due, told):
    days = [due + timedelta(days=number - 2) for number in range(len(told))]
    assert [loan_reminders(due, day, PUBLIC) for day in days] == told


def test_a_company_s_own_day_off_is_no_working_day():
    due, day = date(2026, 3, 11), date(2026, 3, 12)
    assert loan_reminders(due, day, Calendar(closed=frozenset({day}))) == ()
    assert loan_reminders(due, day + timedelta(days=1), Calendar(closed=frozenset({day}))) == WITH_HEAD


def test_years_late_costs_no_more_than_days():
    assert loan_reminders(date(1990, 1, 1), date(2026, 3, 11), PUBLIC) == ALL
