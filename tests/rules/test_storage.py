"""The monthly check of a room (R-ARCH-06)."""

from datetime import date

import pytest

from admin_app.rules.storage import POINTS, check_due, may_note_check, may_settle

pytestmark = pytest.mark.rule("R-ARCH-06")
TODAY, FINE = date(2026, 3, 11), dict.fromkeys(POINTS, True)


def test_there_are_eleven_points():
    assert len(set(POINTS)) == 11


@pytest.mark.parametrize(("last", "due"), [(None, TODAY), (date(2026, 3, 1), date(2026, 4, 1))])
def test_a_room_is_due_a_month_after_its_last_check_and_one_never_checked_today(last, due):
    assert check_due(last, TODAY, 31) == due


@pytest.mark.parametrize(
    ("points", "problems", "code"),
    [
        (FINE, "", ""),
        ({**FINE, "locks_ok": None}, "", "incomplete"),
        ({**FINE, "locks_ok": False}, " ", "no_reason"),
        ({**FINE, "locks_ok": False}, "二号柜锁坏", ""),
    ],
)
def test_every_point_is_looked_at_and_a_fault_is_described(points, problems, code):
    assert may_note_check(points, problems).code == code


@pytest.mark.parametrize(
    ("settled", "measure", "code"), [(False, "换锁", ""), (False, " ", "no_reason"), (True, "换锁", "wrong_state")]
)
def test_a_fault_is_settled_once_and_says_how(settled, measure, code):
    assert may_settle(settled, measure).code == code
