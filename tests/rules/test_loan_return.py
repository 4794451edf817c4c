"""Taking back: what is counted, what stays out, what follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.loan_return import Count, consequences, may_return, still_out


@pytest.mark.rule("R-LOAN-08")
@pytest.mark.parametrize(
    ("out", "count", "code"),
    [
        (3, Count(good=3), ""),
        (3, Count(good=1), ""),
        (3, Count(good=1, damaged=1, missing=1), ""),
        (3, Count(missing=3), ""),
        (3, Count(good=4), "copies"),
        (3, Count(good=3, missing=1), "copies"),
        (3, Count(), "copies"),
        (3, Count(good=4, missing=-1), "copies"),
        (0, Count(good=1), "wrong_state"),
    ],
)
def test_what_comes_back_was_out(out, count, code):
    assert may_return(out, count).code == code


@pytest.mark.rule("R-LOAN-08")
@pytest.mark.parametrize(
    ("out", "count", "rest"),
    [(3, Count(good=3), 0), (3, Count(good=1), 2), (3, Count(damaged=1, missing=1), 1)],
)
def test_a_part_return_keeps_the_rest_on_loan(out, count, rest):
    assert still_out(out, count) == rest


@pytest.mark.rule("R-LOAN-08")
@pytest.mark.parametrize(
    ("count", "opened"),
    [
        (Count(good=2), ()),
        (Count(good=1, missing=1), ("archive_violation",)),
        (Count(good=1, damaged=1), ("archive_repair",)),
        (Count(damaged=1, missing=1), ("archive_violation", "archive_repair")),
    ],
)
def test_missing_copies_open_a_violation_and_damaged_ones_a_repair(count, opened):
    assert consequences(count) == opened


@pytest.mark.rule("R-LOAN-08")
@given(out=st.integers(0, 20), good=st.integers(-2, 20), damaged=st.integers(-2, 20), missing=st.integers(-2, 20))
def test_an_allowed_return_never_leaves_less_than_nothing_and_never_more_than_before(out, good, damaged, missing):
    count = Count(good, damaged, missing)
    assert not may_return(out, count) or 0 <= still_out(out, count) < out
