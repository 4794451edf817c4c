"""Past loans enter as closed history and stay as they entered."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admin_app.rules.loan_history import may_edit, may_enter_history

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(
    ("issued", "returned", "may_import", "code"),
    [
        (NOW - 30 * DAY, NOW - 29 * DAY, True, ""),
        (NOW - 300 * DAY, NOW - DAY, True, ""),  # exempt from the limit of three days
        (NOW - DAY, NOW - DAY, True, ""),
        (NOW - DAY, NOW, True, ""),
        (NOW - 30 * DAY, None, True, "no_return_date"),
        (NOW - DAY, NOW - 2 * DAY, True, "time_order"),
        (NOW - DAY, NOW + DAY, True, "time_order"),
        (NOW - 30 * DAY, NOW - 29 * DAY, False, "role"),
    ],
)
def test_a_past_loan_enters_when_it_is_over_and_its_person_may_import(issued, returned, may_import, code):
    assert may_enter_history(issued, returned, NOW, may_import).code == code


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(("source", "code"), [("ledger", "locked"), ("desk", "")])
def test_what_came_from_a_ledger_is_never_edited(source, code):
    assert may_edit(source).code == code
