"""When a file is to be inspected (R-ARCH-05)."""

from datetime import date

import pytest

from admin_app.rules.inspection import Period, is_left, may_find, may_inspect, may_lie, period_of

pytestmark = pytest.mark.rule("R-ARCH-05")
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "months", "first", "due", "code"),
    [
        (date(2026, 3, 11), 6, date(2026, 1, 1), date(2026, 6, 30), "first_half"),
        (date(2026, 6, 30), 6, date(2026, 1, 1), date(2026, 6, 30), "first_half"),
        (date(2026, 7, 1), 6, date(2026, 7, 1), date(2026, 12, 31), "second_half"),
        (date(2026, 11, 22), 3, date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        (date(2028, 2, 29), 3, date(2028, 1, 1), date(2028, 3, 31), "quarter"),
        (date(2026, 3, 11), 5, date(2026, 1, 1), date(2026, 4, 30), "quarter"),
    ],
)
def test_a_period_is_due_half_yearly_or_as_often_as_the_type_says(day, months, first, due, code):
    period = period_of(day, months)
    assert (period, period.code) == (Period(first, due), code)


@pytest.mark.parametrize(
    ("opened_on", "inspected_on", "left"),
    [
        (date(2025, 12, 31), None, True),
        (date(2025, 12, 31), date(2025, 12, 31), True),
        (date(2025, 12, 31), date(2026, 1, 1), False),
        (date(2026, 1, 1), None, False),
    ],
)
def test_a_file_is_left_until_it_is_inspected_in_the_period_and_new_ones_were_checked_as_they_came(
    opened_on, inspected_on, left
):
    assert is_left(HALF, opened_on, inspected_on) is left


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (may_inspect(True, 0), ""),
        (may_inspect(False, 0), "wrong_state"),
        (may_inspect(True, 2), "on_loan"),
        (may_find("good", ""), ""),
        (may_find("absent", ""), ""),
        (may_find("faded", "末页"), ""),
        (may_find("faded", " "), "no_reason"),
        (may_find("burnt", "末页"), "out_of_range"),
    ],
)
def test_what_an_inspection_may_say(verdict, code):
    assert verdict.code == code


@pytest.mark.rule("R-CONF-04")
@pytest.mark.parametrize(("level", "clearance", "code"), [(2, 2, ""), (3, 2, "place"), (3, 4, "")])
def test_a_file_lies_where_the_place_is_meant_for_its_level(level, clearance, code):
    assert may_lie(level, clearance).code == code
