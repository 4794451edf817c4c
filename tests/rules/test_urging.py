"""Urging to bring back: of what is out, and not again within the quiet hours (R-LOAN-09)."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_app.rules.urging import may_urge

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
FOUR = timedelta(hours=4)


@pytest.mark.rule("R-LOAN-09")
@pytest.mark.parametrize(
    ("out", "before", "code"),
    [
        (True, None, ""),
        (True, timedelta(hours=4), ""),
        (True, timedelta(hours=3, minutes=59), "too_soon"),
        (False, None, "wrong_state"),
    ],
)
def test_once_in_four_hours_and_only_what_is_out(out, before, code):
    verdict = may_urge(out, NOW - before if before else None, NOW, FOUR)
    assert (bool(verdict), verdict.code) == (not code, code)
