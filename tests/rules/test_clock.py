"""A clock that runs behind the trail stops writing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admin_app.rules.clock import may_write

LAST = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.rule("R-LOAN-09")
@pytest.mark.parametrize(("behind", "code"), [(-3600, ""), (0, ""), (60, ""), (60.001, "clock"), (86_400, "clock")])
def test_a_clock_more_than_a_minute_behind_the_trail_refuses_writes(behind, code):
    assert may_write(LAST - timedelta(seconds=behind), LAST).code == code


@pytest.mark.rule("R-LOAN-09")
def test_an_empty_trail_holds_nobody_up():
    assert may_write(LAST, None)
