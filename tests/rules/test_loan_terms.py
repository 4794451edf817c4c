"""How long loans, grants and reservations run."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules import loan_terms
from admin_app.rules.working_days import PUBLIC

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("issued", "due"),
    [
        ("2026-11-23T14:32", "2026-11-26T14:32"),
        ("2026-11-20T17:59", "2026-11-23T17:59"),  # the weekend counts
        ("2025-09-30T10:00", "2025-10-03T10:00"),  # National Day counts
        ("2028-02-28T08:00", "2028-03-02T08:00"),  # a leap day is a day
        ("2025-12-30T00:00", "2026-01-02T00:00"),
    ],
)
def test_a_loan_is_due_after_72_calendar_hours(issued, due):
    assert loan_terms.due_moment(at(issued)) == at(due)


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("issued", "due"),
    [
        ("2026-03-07T12:00", datetime(2026, 3, 10, 17, 0, tzinfo=UTC)),  # 12:00 EST is 17:00 UTC
        ("2026-10-31T12:00", datetime(2026, 11, 3, 16, 0, tzinfo=UTC)),  # 12:00 EDT is 16:00 UTC
    ],
)
def test_a_clock_change_neither_lengthens_nor_shortens_a_loan(issued, due):
    assert loan_terms.due_moment(at(issued, NEW_YORK)) == due


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-24T17:00", "2026-11-24T17:00"),
        ("2026-11-26T09:00", "2026-11-26T09:00"),
        ("2026-11-26T09:01", "2026-11-26T09:00"),
        ("2026-12-31T09:00", "2026-11-26T09:00"),
    ],
)
def test_a_borrower_gets_less_when_asked_for_and_never_more(asked, due):
    assert loan_terms.due_moment(at("2026-11-23T09:00"), at(asked)) == at(due)


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("2026-11-26T09:00:00", ""),
        ("2026-11-26T09:00:00.000001", "too_long"),
        ("2026-11-23T09:00:00.000001", ""),
        ("2026-11-23T09:00:00", "time_order"),
        ("2026-11-23T08:00:00", "time_order"),
    ],
)
def test_a_loan_runs_more_than_nothing_and_at_most_72_hours(due, code):
    assert loan_terms.may_run(at("2026-11-23T09:00"), at(due)).code == code


@pytest.mark.rule("R-LOAN-05", "R-SIGN-06")
def test_a_loan_too_long_is_refused_in_days():
    assert str(loan_terms.may_run(at("2026-11-23T09:00"), at("2026-11-27T09:00")).reason) == "借期最多 3 天"


@pytest.mark.rule("R-LOAN-05")
def test_72_hours_on_the_wall_that_are_73_in_truth_are_too_long():
    over_the_change = at("2026-10-31T12:00", NEW_YORK), at("2026-11-03T12:00", NEW_YORK)
    assert loan_terms.may_run(*over_the_change).code == "too_long"


NINE = at("2026-11-23T09:00")


@pytest.mark.rule("R-LOAN-05")
@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (None, None, True),
        (None, NINE, True),
        (NINE, NINE, True),
        (NINE, datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),  # the same moment, written in UTC
        (NINE, NINE + timedelta(seconds=1), False),
        (NINE, NINE - timedelta(seconds=1), False),
        (NINE, None, False),
    ],
)
def test_issue_and_due_time_stay_as_first_written(before, after, allowed):
    verdict = loan_terms.unchanged(before, after)
    assert (verdict.allowed, verdict.code) == (allowed, "" if allowed else "locked")


@pytest.mark.rule("R-LOAN-09")
@pytest.mark.parametrize(
    ("returned", "now", "overdue"),
    [
        (None, "2026-11-26T09:00:00", False),
        (None, "2026-11-26T09:00:01", True),
        ("2026-11-27T09:00:00", "2026-11-28T09:00:00", False),
    ],
)
def test_overdue_is_out_past_the_due_moment(returned, now, overdue):
    returned_at = None if returned is None else at(returned)
    assert loan_terms.is_overdue(at("2026-11-26T09:00"), returned_at, at(now)) is overdue


@pytest.mark.rule("R-LOAN-04")
@pytest.mark.parametrize(
    ("granted", "lapses"),
    [("2026-11-19T16:00", "2026-11-24T18:00"), ("2025-09-30T16:00", "2025-10-11T18:00")],
)
def test_a_grant_lapses_after_three_working_days(granted, lapses):
    assert loan_terms.lapse_moment(at(granted), 3, PUBLIC) == at(lapses)


@pytest.mark.rule("R-LOAN-12")
def test_a_returned_item_waits_one_working_day_for_the_first_in_the_queue():
    assert loan_terms.reservation_end(at("2026-11-20T16:00"), PUBLIC) == at("2026-11-23T18:00")


@pytest.mark.rule("R-LOAN-05")
@given(
    issued=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.timezones()),
    asked=st.timedeltas(timedelta(seconds=1), timedelta(days=30)),
)
def test_no_zone_and_no_wish_makes_a_loan_longer_than_it_may_be(issued, asked):
    issued = issued.astimezone(UTC)  # a wall time that the clock skipped is no moment to count from
    due = loan_terms.due_moment(issued, issued + asked)
    assert timedelta(0) < due - issued <= timedelta(hours=72)
    assert loan_terms.may_run(issued, due)
