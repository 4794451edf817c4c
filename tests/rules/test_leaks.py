"""Who may report a leak, when it may be closed, how long it and its like are kept (R-CONF-10, R-PRIV-02)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin_app.rules.keeping import may_drop
from admin_app.rules.leaks import days_open, may_be_called_closed, may_close, may_know_who_acted, may_report

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


@pytest.mark.rule("R-CONF-10")
@pytest.mark.parametrize(
    ("content", "found_at", "code"),
    [
        ("名单留在打印机上", NOW, ""),
        ("名单留在打印机上", NOW + timedelta(minutes=1), "time_order"),
        ("名单留在打印机上", None, "incomplete"),
        (" ", NOW, "incomplete"),
    ],
)
def test_what_and_when_is_all_that_a_report_needs(content, found_at, code):
    assert may_report(content, found_at, NOW).code == code


@pytest.mark.rule("R-CONF-10")
@pytest.mark.parametrize(
    ("state", "remedy", "at", "code"),
    [
        ("proven", "已收回", NOW, ""), ("proven", " ", NOW, "incomplete"), ("suspected", "已收回", None, "incomplete"),
        ("unfounded", None, None, ""),
    ],
)  # fmt: skip
def test_a_leak_is_closed_with_its_remedy_and_the_time_of_it(state, remedy, at, code):
    assert may_close(state, remedy, at).code == code


@pytest.mark.rule("R-CONF-10")
def test_closed_is_what_is_signed_and_days_are_whole_ones():
    assert may_be_called_closed(False).code == "not_signed"
    assert may_be_called_closed(True)
    assert days_open(date(2026, 2, 27), date(2026, 3, 1)) == 2
    assert [may_know_who_acted(clearance, 4) for clearance in (3, 4)] == [False, True]
    assert may_know_who_acted(0, 0)


@pytest.mark.rule("R-PRIV-02")
@pytest.mark.parametrize(
    ("kept_from", "today", "code"),
    [
        (date(2026, 3, 2), date(2029, 3, 1), "locked"), (date(2026, 3, 2), date(2029, 3, 2), ""),
        (date(2028, 2, 29), date(2031, 2, 28), "locked"), (date(2028, 2, 29), date(2031, 3, 1), ""),
        (None, date(2026, 3, 2), ""),
    ],
)  # fmt: skip
def test_what_the_law_wants_kept_is_kept_to_the_day(kept_from, today, code):
    assert may_drop(kept_from, 3, today).code == code
