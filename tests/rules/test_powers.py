"""What admin does alone, what is asked for, and whom it waits for."""

import pytest

from admin_app.permissions import Level, Role
from admin_app.rules.powers import (
    has_grounds,
    is_anothers_account,
    is_to_be_asked,
    ladder_of,
    may_administer,
    may_be_username,
    may_give,
    may_lower,
)  # fmt: skip
from admin_app.rules.roles import APPROVING


def signers(power, for_oneself=False):
    return {role for step in ladder_of(power, for_oneself) for role in step.roles}


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("role", list(Role))
def test_admin_alone_keeps_accounts_roles_rights_and_settings(role):
    assert may_administer({role}).allowed is (role is Role.ADMIN)


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", list(Role))
def test_exactly_the_approving_roles_wait_for_somebody(role):
    assert bool(signers(role)) is (role in APPROVING)
    assert may_give(role, for_oneself=False).allowed is (role not in APPROVING)


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_for_oneself_waits_for_somebody(role):
    granter = Role.SERVICE_MANAGER if role.clearance <= Level.SECRET else Role.GENERAL_MANAGER
    assert signers(role, for_oneself=True) == {granter}
    assert may_give(role, for_oneself=True).code == "not_signed"


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize(
    ("power", "asked"),
    [
        (Level.INTERNAL, False), (Level.SECRET, False), (Level.CONFIDENTIAL, True),
        (Role.CLERK, False), (Role.SALES, False), (Role.DIRECTOR, True),
    ],
)  # fmt: skip
def test_only_what_is_more_than_held_and_must_be_granted_is_asked_for(power, asked):
    assert is_to_be_asked(power, False, {Role.CLERK}, Level.SECRET).allowed is asked


@pytest.mark.rule("R-ROLE-02")
@pytest.mark.parametrize("to", list(Level))
def test_a_clearance_goes_down_directly_and_never_up(to):
    assert may_lower(Level.SECRET, to).allowed is (to < Level.SECRET)


@pytest.mark.rule("R-ROLE-02")
def test_a_request_says_what_it_is_for():
    assert has_grounds("接任店经理")
    assert has_grounds(" \n").code == "no_reason"


@pytest.mark.rule("R-ROLE-01")
def test_admin_works_on_others_accounts_only():
    assert is_anothers_account(1, 2)
    assert is_anothers_account(1, 1).code == "own_request"


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize(
    ("username", "taken"),
    [
        ("fang.xiao", True), ("方晓", True), ("a-b_2", True),
        ("x", False), ("a b", False), ("a/b", False), ("a" * 61, False),
    ],
)  # fmt: skip
def test_a_name_to_sign_in_with_is_short_and_without_blanks(username, taken):
    assert may_be_username(username).allowed is taken
