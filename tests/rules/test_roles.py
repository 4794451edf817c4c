"""Who asks for, grants, holds and loses roles and clearances."""

import pytest

from admin_app.permissions import Level, Role
from admin_app.rules.roles import (
    clearance_ladder,
    may_ask,
    may_hold_together,
    may_set_up,
    may_take_away,
    role_ladder,
)


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", list(Role))
def test_only_admin_asks_for_a_clearance_or_an_approving_role(role):
    assert may_ask({role}).allowed is (role == "admin")


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize(
    ("level", "by"),
    [
        (0, "service_manager"),
        (1, "service_manager"),
        (2, "service_manager"),
        (3, "general_manager"),
        (4, "general_manager"),
    ],
)
def test_a_clearance_is_granted_by_its_level(level, by):
    assert [step.roles for step in clearance_ladder(Level(level))] == [{Role(by)}]


GRANTED_BY = {
    "store_manager": "service_manager",
    "marketing_manager": "service_manager",
    "sales_manager": "service_manager",
    "info_officer": "service_manager",
    "archive_keeper": "service_manager",
    "info_supervisor": "general_manager",
    "service_manager": "general_manager",
    "director": "general_manager",
    "general_manager": "general_manager",
}


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", list(Role))
def test_an_approving_role_is_granted_like_the_clearance_in_its_row(role):
    expected = [{Role(GRANTED_BY[role])}] if role in GRANTED_BY else []
    assert [step.roles for step in role_ladder(role)] == expected


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize(
    ("role", "holders", "code"),
    [
        (Role.ADMIN, 1, "last_holder"),
        (Role.ADMIN, 2, ""),
        (Role.GENERAL_MANAGER, 1, "last_holder"),
        (Role.GENERAL_MANAGER, 2, ""),
        (Role.SERVICE_MANAGER, 1, ""),
        (Role.CLERK, 1, ""),
    ],
)
def test_the_last_admin_and_the_last_general_manager_stay(role, holders, code):
    assert may_take_away(role, holders).code == code


@pytest.mark.rule("R-SIGN-04")
@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ({Role.ADMIN, Role.AUDITOR}, "incompatible"),
        (set(Role), "incompatible"),
        ({Role.ADMIN, Role.CLERK}, ""),
        ({Role.AUDITOR, Role.DIRECTOR}, ""),
        (set(), ""),
    ],
)
def test_nobody_is_admin_and_auditor(roles, code):
    assert may_hold_together(roles).code == code


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize(
    ("done", "admin", "general_manager", "code"),
    [
        (False, "chen", "li", ""),
        (True, "chen", "li", "wrong_state"),
        (False, "chen", "Chen ", "same_person"),
        (False, "", "li", "incomplete"),
        (False, "chen", " ", "incomplete"),
    ],
)
def test_set_up_names_two_persons_once(done, admin, general_manager, code):
    assert may_set_up(done, admin, general_manager).code == code
