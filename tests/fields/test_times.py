"""Moments as people write them: which minute is meant, and how exactly."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_app.fields import Fault, Reading
from admin_app.fields.kind import SHANGHAI
from admin_app.fields.times import MomentKind

MOMENT = MomentKind()
DAY = datetime(2026, 11, 21, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-11-21 12:05 AM", "2026-11-21 00:05"),
        ("2026-11-21 上午12:05", "2026-11-21 00:05"),
        ("2026-11-21 12:05 PM", "2026-11-21 12:05"),
        ("2026-11-21 下午12:05", "2026-11-21 12:05"),
        ("2026-11-21 凌晨1点", "2026-11-21 01:00"),
        ("2026-11-21 中午12点", "2026-11-21 12:00"),
        ("2026-11-21 中午1点", "2026-11-21 13:00"),
        ("2026-11-21 晚上11点30分", "2026-11-21 23:30"),
        ("2026-11-21 下午14:05", "2026-11-21 14:05"),
    ],
)
def test_words_for_the_part_of_the_day_are_understood(written, shown):
    assert MOMENT.text(MOMENT.parse(written, Reading()), Reading()) == shown


@pytest.mark.parametrize("written", ["2026-11-21 晚上12点", "2026-11-21 24:00", "2026-11-21 晚上1点"])
def test_midnight_after_an_evening_is_asked_for_with_the_next_day(written):
    with pytest.raises(Fault, match="次日"):
        MOMENT.parse(written, Reading())


@pytest.mark.parametrize("written", ["2026-11-21 上午14:05", "2026-11-21 25:00", "2026-11-21 1٣:05", "٢026-11-21"])
def test_no_time_at_all_is_refused(written):
    with pytest.raises(Fault):
        MOMENT.parse(written, Reading())


@pytest.mark.parametrize(
    ("written", "begins", "length"),
    [
        ("2026-11-21", 0, timedelta(days=1)),
        ("2026年11月21日", 0, timedelta(days=1)),
        ("2026-11-21 10点", 10, timedelta(hours=1)),
        ("2026-11-21 10点00分", 10, timedelta(minutes=1)),
        ("2026-11-21 10：00", 10, timedelta(minutes=1)),
        ("2026-11-21 10:00:00", 10, timedelta(seconds=1)),
    ],
)
def test_a_moment_means_as_much_as_was_written(written, begins, length):
    first = (DAY + timedelta(hours=begins)).astimezone(UTC)
    assert MOMENT.span(written, Reading()) == (first, first + length - timedelta(microseconds=1))
