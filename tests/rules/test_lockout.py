"""Five failures in fifteen minutes lock a name for fifteen; failures slow an address."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.rules.lockout import locked_until, may_try, may_try_from, pause, slowed_until

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        ([], 0, None),
        ([0, 1, 2, 3], 4, None),
        ([0, 1, 2, 3, 4], 4, 19),
        ([0, 1, 2, 3, 4], 18.9, 19),
        ([0, 1, 2, 3, 4], 19, None),
        ([0, 1, 2, 3, 15], 15, 30),  # the fifth exactly fifteen minutes after the first
        ([0, 1, 2, 3, 15.1], 15.1, None),
        ([0, 12, 13, 14, 15.1, 16], 16, 31),  # the first has dropped out, five are left
        ([0, 1, 2, 3, 4, 5, 6, 18], 18, 19),  # failures during the lock don't lengthen it
        ([0, 1, 2, 3, 4, 20, 21, 22, 23], 23, None),  # after the lock the count begins anew
        ([0, 1, 2, 3, 4, 20, 21, 22, 23, 24], 24, 39),
        ([0, 1, 2, 3, 4, 19, 20, 21, 22, 23], 23, 38),  # the first at the very end of the lock
        ([4, 3, 2, 1, 0], 4, 19),  # in whatever order they are fetched
    ],
)
def test_five_failures_in_fifteen_minutes_lock_for_fifteen(failures, now, until):
    expected = None if until is None else after(until)
    assert locked_until(map(after, failures), after(now)) == expected
    assert may_try(map(after, failures), after(now)).code == ("" if until is None else "locked")


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(("now", "minutes"), [(4, 15), (4.5, 15), (18, 1), (18.99, 1)])
def test_the_refusal_says_only_how_long_to_wait(now, minutes):
    verdict = may_try(map(after, range(5)), after(now))
    assert str(verdict.reason) == f"尝试次数过多，请 {minutes} 分钟后再试"


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 16), (100_000, 16)],
)
def test_an_address_that_keeps_failing_waits_longer(failures, seconds):
    assert pause(failures) == timedelta(seconds=seconds)


@pytest.mark.rule("R-SIGN-01")
@given(st.lists(st.floats(0, 600), max_size=60))
def test_no_lock_lasts_longer_than_fifteen_minutes_from_now(failures):
    now = after(600)
    until = locked_until(map(after, failures), now)
    assert until is None or now < until <= now + timedelta(minutes=15)


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    ("failures", "seconds", "left"),
    [
        ([], 0, None),
        ([0, 1, 2, 3], 0, None),  # four are forgiven
        ([0, 0, 0, 0, 0], 0, 1),
        ([0, 0, 0, 0, 0], 1, None),  # the second is over
        ([0, 0, 0, 0, 0, 1], 1.5, 2),  # from the last failure, rounded up
        ([1, 0, 0, 0, 0, 0], 3, None),  # in whatever order they are fetched
    ],
)
def test_an_address_waits_from_its_last_failure_on(failures, seconds, left):
    moments, now = [NINE + timedelta(seconds=second) for second in failures], NINE + timedelta(seconds=seconds)
    verdict = may_try_from(moments, now)
    assert (slowed_until(moments, now) is None) == (left is None)
    assert verdict.code == ("" if left is None else "too_soon")
    assert left is None or str(verdict.reason) == f"尝试过于频繁，请 {left} 秒后再试"
