"""How long a file is kept, and every reason against its destruction (R-ARCH-07)."""

from datetime import date

import pytest

from admin_app.permissions import Role
from admin_app.rules.destruction import Act, is_for_good, may_hold, may_lift, may_witness
from admin_app.rules.retention import Kept, kept_until, months_left, obstacles

pytestmark = pytest.mark.rule("R-ARCH-07")
TODAY = date(2026, 3, 11)
EXPIRED = {"today": TODAY, "kept_until": date(2026, 3, 10)}


@pytest.mark.parametrize(
    ("closed_on", "years", "until"),
    [
        (date(2016, 3, 10), 10, date(2026, 3, 10)),
        (date(2016, 3, 10), 15, date(2031, 3, 10)),
        (date(2016, 3, 10), 3, date(2026, 3, 10)),
        (date(2016, 2, 29), 10, date(2026, 3, 1)),
        (date(2016, 2, 29), 12, date(2028, 2, 29)),
    ],
)
def test_a_file_is_kept_ten_years_from_its_closing_or_as_long_as_its_type_says(closed_on, years, until):
    assert kept_until(closed_on, years) == until


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"kept_until": None}, ["retained"]),
        ({"kept_until": TODAY}, ["retained"]),
        ({"out": 1}, ["on_loan"]),
        ({"disputed": True}, ["disputed"]),
        ({"held": True}, ["held"]),
        ({"listed_in": "XH-2026-000001"}, ["listed"]),
        ({"void": True}, ["wrong_state"]),
        ({"destroyed": True, "void": True}, ["destroyed"]),
        ({"kept_until": None, "out": 2, "disputed": True, "held": True}, ["retained", "on_loan", "disputed", "held"]),
    ],
)
def test_all_that_stands_against_a_destruction_is_told_at_once(facts, codes):
    against = obstacles(Kept(**{**EXPIRED, **facts}))
    assert [verdict.code for verdict in against] == codes
    assert all(verdict.status == 409 for verdict in against)


@pytest.mark.parametrize(("until", "months"), [(date(2026, 3, 12), 1), (date(2026, 4, 11), 1), (date(2026, 9, 12), 7)])
def test_what_is_left_is_told_in_months_begun(until, months):
    assert months_left(TODAY, until) == months


@pytest.mark.parametrize(
    ("way", "code"), [("shred", ""), ("degauss", ""), (None, "incomplete"), ("sold", "waste_paper")]
)
def test_files_are_not_sold_as_waste_paper(way, code):
    assert is_for_good(way).code == code


@pytest.mark.parametrize(
    ("destroyed_on", "approved_on", "code"),
    [
        (TODAY, TODAY, ""),
        (None, TODAY, "incomplete"),
        (date(2026, 3, 9), date(2026, 3, 10), "time_order"),
        (date(2026, 3, 12), date(2026, 3, 10), "time_order"),
        (TODAY, None, "time_order"),
    ],
)
def test_witnesses_sign_for_a_destruction_after_its_approval_that_is_over(destroyed_on, approved_on, code):
    act = Act(today=TODAY, approved_on=approved_on, destroyed_on=destroyed_on, way="pulp")
    assert may_witness(act).code == code


@pytest.mark.parametrize(
    ("may", "role", "held", "reason", "code"),
    [
        (may_hold, Role.ARCHIVE_KEEPER, False, "税务检查", ""),
        (may_hold, Role.ARCHIVE_KEEPER, False, " ", "no_reason"),
        (may_hold, Role.GENERAL_MANAGER, True, "税务检查", "held"),
        (may_hold, Role.ADMIN, False, "税务检查", "role"),
        (may_lift, Role.ARCHIVE_KEEPER, True, "查完了", "role"),
        (may_lift, Role.SERVICE_MANAGER, True, "查完了", ""),
        (may_lift, Role.SERVICE_MANAGER, True, "", "no_reason"),
        (may_lift, Role.SERVICE_MANAGER, False, "查完了", "wrong_state"),
    ],
)
def test_a_file_is_held_and_freed_by_those_answerable_and_with_a_reason(may, role, held, reason, code):
    assert may({role}, held, reason).code == code
