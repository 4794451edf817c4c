"""How many contacts a customer needs in a month (R-FOLL-01)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.follow_up import required_contacts
from admin_app.rules.months import Month

pytestmark = pytest.mark.rule("R-FOLL-01")
NEEDS = {"A": 4, "B": 3, "C": 2, "D": 1}
APRIL, FEBRUARY = Month(2026, 4), Month(2026, 2)


@pytest.mark.parametrize(("grade", "times"), NEEDS.items())
def test_a_customer_of_a_whole_month_needs_what_their_grade_says(grade, times):
    assert required_contacts(grade, date(2026, 3, 31), APRIL, NEEDS) == times
    assert required_contacts(grade, date(2026, 4, 1), APRIL, NEEDS) == times


@pytest.mark.parametrize(
    ("grade", "registered", "month", "times"),
    [
        ("A", date(2026, 4, 20), APRIL, 1),  # 4 x 11/30 = 1.46
        ("A", date(2026, 4, 2), APRIL, 3),  # 4 x 29/30 = 3.86
        ("A", date(2026, 4, 16), APRIL, 2),  # 4 x 15/30 = 2
        ("B", date(2026, 4, 11), APRIL, 2),  # 3 x 20/30 = 2
        ("B", date(2026, 4, 12), APRIL, 1),  # 3 x 19/30 = 1.9
        ("C", date(2026, 2, 15), FEBRUARY, 1),  # 2 x 14/28 = 1
        ("C", date(2026, 2, 16), FEBRUARY, 1),  # 2 x 13/28 = 0.93, but one at least
        ("D", date(2026, 4, 30), APRIL, 1),  # 1 x 1/30, but one at least
    ],
)
def test_registered_within_the_month_it_is_pro_rata_rounded_down_and_one_at_least(grade, registered, month, times):
    assert required_contacts(grade, registered, month, NEEDS) == times


def test_who_has_no_grade_or_is_registered_later_needs_none():
    assert required_contacts(None, date(2026, 1, 1), APRIL, NEEDS) == 0
    assert required_contacts("A", date(2026, 5, 1), APRIL, NEEDS) == 0


@given(st.sampled_from("ABCD"), st.integers(1, 30))
def test_a_later_registration_never_needs_more_and_always_one(grade, day):
    here, before = (required_contacts(grade, date(2026, 4, n), APRIL, NEEDS) for n in (day, max(1, day - 1)))
    assert 1 <= here <= before <= NEEDS[grade]
