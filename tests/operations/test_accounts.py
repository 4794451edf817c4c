"""Accounts: opened, reset, disabled and enabled by admin; whoever has left is nobody (R-SIGN-01, R-SIGN-02)."""

from datetime import UTC, date, datetime

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import accounts, records, signing_in
from admin_app.operations.people import load_person
from admin_app.rules.passwords import may_choose
from admin_app.verdicts import Refused
from tests.fixtures.company import PASSWORD, PERSON_IDS

MINE = "Mogu-tang-7-dian-kai"


@pytest.fixture
def newcomer(world):
    """An employee without an account: the id."""
    with world.writing("hr") as session:
        return records.add(session, register_named("employee"), {"name": "方晓", "number": "0901"}).id


def invite(world, employee_id, username="fangxiao", by="admin"):
    with world.writing(by) as session:
        employee = session.get_one(register_named("employee"), employee_id)
        return accounts.invite_employee(session, employee, username, clock.now())


def account(session, username):
    return accounts.account_of(session, PERSON_IDS[username])


def reset(session, mine):
    return accounts.reset_password(session, mine, clock.now())


def sign_in(world, username, password):
    """Who signed in (None for nobody), and whether they must choose a password first."""
    with world.open() as session:
        tried = signing_in.sign_in(session, username, password, "10.0.0.9", clock.now())
        assert tried.refused in (None, signing_in.WRONG)
        return tried.person and tried.person.name, tried.account is not None and tried.account.must_change_password


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


@pytest.mark.rule("R-SIGN-01")
def test_a_first_password_signs_in_and_must_be_changed(world, newcomer):
    password = invite(world, newcomer, " FangXiao ")
    assert sign_in(world, "fangxiao", password) == ("方晓", True)


@pytest.mark.rule("R-SIGN-01")
def test_first_passwords_differ_and_may_be_chosen():
    some = {accounts.first_password() for _ in range(50)}
    assert len(some) == 50
    assert all(may_choose(password) for password in some)


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize("by", ["hr", "general_manager", "clerk", "auditor"])
def test_only_admin_keeps_accounts(world, newcomer, by):
    with refused("role"):
        invite(world, newcomer, by=by)
    for act in (accounts.disable, accounts.enable, reset):
        with refused("role"), world.writing(by) as session:
            act(session, account(session, "designer"))


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize("username", ["", "x", "has space", "a/b", "甲" * 61])
def test_a_name_that_cannot_be_signed_in_with_is_refused(world, newcomer, username):
    with refused("incomplete"):
        invite(world, newcomer, username)


@pytest.mark.rule("R-ROLE-01")
def test_a_name_taken_and_a_second_account_are_refused(world, newcomer):
    with refused("wrong_state"):
        invite(world, newcomer, "Clerk")
    invite(world, newcomer)
    with refused("wrong_state"):
        invite(world, newcomer, "fangxiao2")


@pytest.mark.rule("R-SIGN-02")
def test_a_reset_password_replaces_the_old_one_and_ends_the_sessions(world):
    with world.writing("admin") as session:
        before = account(session, "clerk").epoch
        password = accounts.reset_password(session, account(session, "clerk"), clock.now())
        assert account(session, "clerk").epoch == before + 1
    assert sign_in(world, "clerk", PASSWORD) == (None, False)
    assert sign_in(world, "clerk", password) == ("前台录入员", True)


@pytest.mark.rule("R-SIGN-01", "R-SIGN-02")
def test_a_disabled_account_is_answered_like_a_wrong_password_until_enabled(world):
    with world.writing("admin") as session:
        accounts.disable(session, account(session, "clerk"))
    assert sign_in(world, "clerk", PASSWORD) == (None, False)
    with world.writing("admin") as session:
        accounts.enable(session, account(session, "clerk"))
    assert sign_in(world, "clerk", PASSWORD) == ("前台录入员", False)


@pytest.mark.rule("R-ROLE-01")
def test_admin_neither_resets_nor_disables_themselves(world):
    for act in (accounts.disable, reset):
        with refused("own_request"), world.writing("admin") as session:
            act(session, account(session, "admin"))


@pytest.mark.rule("R-SIGN-01")
@pytest.mark.parametrize("password", [PASSWORD, "short", "clerkclerkclerk", "前台录入员前台录入员12"])
def test_a_password_chosen_is_new_and_hard_to_guess(world, password):
    with refused("weak_password"), world.writing("clerk") as session:
        accounts.set_password(session, account(session, "clerk"), password, clock.now())


@pytest.mark.rule("R-SIGN-02")
def test_a_password_chosen_ends_the_need_to_choose_one(world):
    with world.writing("clerk") as session:
        account(session, "clerk").must_change_password = True
    with world.writing("clerk") as session:
        accounts.set_password(session, account(session, "clerk"), MINE, clock.now())
    assert sign_in(world, "clerk", MINE) == ("前台录入员", False)


@pytest.mark.rule("R-SIGN-02")
@pytest.mark.parametrize(("hour", "works"), [(15, True), (17, False)])
def test_who_left_works_until_the_end_of_the_last_day_in_the_companys_zone(world, hour, works):
    with world.writing("hr") as session:
        employee = session.get_one(register_named("employee"), PERSON_IDS["clerk"])
        records.change(session, employee, {"left_on": date(2026, 3, 31)})
    with world.open() as session, clock.stopped_at(datetime(2026, 3, 31, hour, tzinfo=UTC)):
        assert (load_person(session, PERSON_IDS["clerk"]) is not None) is works
