"""Fines for archive violations: amounts, doubling, repeats and the cut in pay."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.figures import FINES
from admin_app.rules.fines import Adviser, correction_due, fined, may_cut, multiplier, repeated_on, share
from admin_app.rules.working_days import PUBLIC
from seed.codes import shipped

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.rule("R-FINE-02")
@pytest.mark.parametrize(
    ("kind", "times"),
    [(Adviser.SALES, [1, 2, 2, 2]), (Adviser.SERVICE, [1, 1, 2, 2]), (Adviser.OTHER, [1, 1, 1, 1]), ("", [1, 1, 1, 1])],
)
def test_fines_double_from_the_second_for_sales_and_from_the_third_for_service(kind, times):
    assert [multiplier(kind, count) for count in (1, 2, 3, 4)] == times


@pytest.mark.rule("R-FINE-01")
def test_items_multiply_a_fine_and_are_one_violation():
    """Three wrong items of 20 at once, the first of the month: 3 × 20 = 60."""
    cost = fined(Decimal(20), 3, Adviser.SERVICE, month_count=1, repeats=0)
    assert (cost.amount, cost.total, cost.month_count) == (60, 60, 1)


@pytest.mark.rule("R-FINE-03")
def test_a_fine_of_50_uncorrected_for_two_working_days_comes_to_150():
    """Told on Thursday; Friday and Monday close without a correction: 50 + 2 × 50."""
    days = repeated_on(at("2026-11-19T10:00"), None, at("2026-11-24T09:00"), PUBLIC)
    assert days == [day("2026-11-20"), day("2026-11-23")]
    assert fined(Decimal(50), 1, Adviser.SALES, 1, len(days)).total == 150


@pytest.mark.rule("R-FINE-03")
@pytest.mark.parametrize(
    ("told", "corrected", "now", "days"),
    [
        ("2026-11-19T10:00", "2026-11-19", "2026-12-01T09:00", 0),  # on the day itself
        ("2026-11-19T10:00", "2026-11-20", "2026-12-01T09:00", 0),  # within one working day
        (
            "2026-11-19T10:00",
            "2026-11-23",
            "2026-12-01T09:00",
            1,
        ),  # Friday closed without one, the weekend doesn't count
        ("2026-11-19T10:00", "2026-11-24", "2026-12-01T09:00", 2),
        ("2026-11-19T10:00", None, "2026-11-20T17:59", 0),  # Friday isn't over yet
        ("2026-11-19T10:00", None, "2026-11-20T18:00", 1),
        ("2026-09-30T17:00", None, "2026-10-08T12:00", 0),  # National Day
        ("2026-09-30T17:00", None, "2026-10-08T18:00", 1),
        ("2026-09-30T17:00", "2026-10-12", "2026-10-12T12:00", 3),  # 8 and 9 October, and the 10th, worked to make up
        ("2025-12-30T09:00", None, "2026-01-05T08:00", 2),  # 31 December and Sunday 4 January, worked to make up
    ],
)
def test_each_working_day_that_closes_without_a_correction_repeats_the_fine(told, corrected, now, days):
    ended = corrected and day(corrected)
    assert len(repeated_on(at(told), ended, at(now), PUBLIC)) == days


@pytest.mark.rule("R-FINE-03")
def test_the_day_to_correct_by_is_the_next_working_day():
    assert correction_due(at("2026-11-20T20:00"), PUBLIC) == day("2026-11-23")
    assert correction_due(at("2026-09-30T09:00"), PUBLIC) == day("2026-10-08")


@pytest.mark.rule("R-FINE-03")
@given(st.integers(0, 40), st.integers(0, 40))
def test_a_later_correction_never_costs_less(sooner, more):
    told, now = at("2026-03-02T10:00"), at("2026-08-01T10:00")
    days = [
        len(repeated_on(told, date.fromordinal(day("2026-03-02").toordinal() + after), now, PUBLIC))
        for after in (sooner, sooner + more)
    ]
    assert days[0] <= days[1]


@pytest.mark.rule("R-FINE-02")
@pytest.mark.parametrize(
    ("percent", "kind", "count", "sales_too", "code"),
    [
        (None, Adviser.SALES, 1, False, ""),
        (10, Adviser.SERVICE, 3, False, ""),
        (30, Adviser.SERVICE, 5, False, ""),
        (20, Adviser.SERVICE, 2, False, "wrong_state"),
        (20, Adviser.SALES, 4, False, "wrong_state"),
        (20, Adviser.SALES, 2, True, ""),
        (20, Adviser.SALES, 1, True, "wrong_state"),
        (20, Adviser.OTHER, 4, True, "wrong_state"),
        (9, Adviser.SERVICE, 3, False, "out_of_range"),
        (31, Adviser.SERVICE, 3, False, "out_of_range"),
    ],
)
def test_pay_is_cut_once_fines_are_doubled_and_by_ten_to_thirty_percent(percent, kind, count, sales_too, code):
    verdict = may_cut(None if percent is None else Decimal(percent), kind, count, sales_too)
    assert (verdict.code or "", bool(verdict)) == (code, not code)
    assert bool(verdict) or verdict.rule == "R-FINE-02"


@pytest.mark.rule("R-FINE-05")
@pytest.mark.parametrize(
    ("part", "of", "percent"), [(2, 3, "66.67"), (1, 8, "12.5"), (5, 5, "100"), (0, 4, "0"), (0, 0, None)]
)
def test_a_share_is_told_to_two_places(part, of, percent):
    assert share(part, of) == (percent and Decimal(percent))


@pytest.mark.rule("R-FINE-01")
def test_the_fines_begin_as_the_code_list_has_them():
    listed = {entry.code: entry.low for entry in shipped() if entry.codes == "archive_fine"}
    assert {clause: figure.default for clause, figure in FINES.items()} == listed
