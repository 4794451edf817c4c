"""Months as people write them, and the weeks that begin in them."""

from datetime import date

import pytest

from admin_app.rules.months import Month


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-10", Month(2026, 10)), (" 2026-02 ", Month(2026, 2)), ("2026-13", None), ("2026-1", None),
     ("1999-10", None), ("", None), ("2026-10-01", None), ("2999-12", Month(2999, 12)), ("3000-01", None),
     ("9999-12", None), ("２０２６-１０", None), ("2026-१०", None)],
)  # fmt: skip
def test_a_month_is_read_as_it_is_written(text, month):
    assert Month.read(text) == month


def test_a_month_knows_its_days_and_its_neighbours():
    december = Month(2026, 12)
    assert (december.first, december.last, december.length) == (date(2026, 12, 1), date(2026, 12, 31), 31)
    assert (str(december), december.next, december.before) == ("2026-12", Month(2027, 1), Month(2026, 11))
    assert Month(2028, 2).days[-1] == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("month", "mondays"),
    [(Month(2026, 6), [1, 8, 15, 22, 29]), (Month(2026, 3), [2, 9, 16, 23, 30]), (Month(2026, 2), [2, 9, 16, 23])],
)
def test_a_week_belongs_to_the_month_in_which_it_begins(month, mondays):
    assert [day.day for day in month.mondays] == mondays
    assert all(day.weekday() == 0 for day in month.mondays)
