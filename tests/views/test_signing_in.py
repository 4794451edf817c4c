"""The door: passwords, lockout, and what it tells a stranger (R-SIGN-01)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from admin_app import clock
from admin_app.operations.accounts import account_of
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.records import MOMENT
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-SIGN-01")
WRONG = "用户名或密码不正确"
LOCKED = "尝试次数过多"


def knock(client: FlaskClient, username: str, password: str, **more: str) -> Any:
    return post(client, "/login", {"username": username, "password": password, **more})


def test_the_right_password_opens_the_desk(anonymous: FlaskClient) -> None:
    assert knock(anonymous, "clerk", PASSWORD).location == "/"
    assert "前台录入员" in anonymous.get("/").text


def test_the_name_may_be_written_large(anonymous: FlaskClient) -> None:
    assert knock(anonymous, " Clerk ", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/admin/visitor/?q=1", "/admin/visitor/?q=1"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_on_stays_in_the_house(anonymous: FlaskClient, asked: str, given: str) -> None:
    assert knock(anonymous, "clerk", PASSWORD, next=asked).location == given


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(anonymous: FlaskClient) -> None:
    def answer(username: str) -> str:
        page = knock(anonymous, username, "Falsches-Passwort-7").text.replace(username, "—")
        return re.sub(r'(nonce|value)="[^"]+"', "", page)

    known, unknown = answer("clerk"), answer("nobody")
    assert WRONG in known
    assert known == unknown


@pytest.mark.parametrize("username", ["clerk", "nobody"])
def test_five_failures_lock_known_and_unknown_names_for_fifteen_minutes(anonymous: FlaskClient, username: str) -> None:
    for minute in range(5):
        with clock.stopped_at(MOMENT + timedelta(minutes=minute)):
            assert WRONG in knock(anonymous, username, "Falsches-Passwort-7").text
    with clock.stopped_at(MOMENT + timedelta(minutes=18)):
        answer = knock(anonymous, username, PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert LOCKED in answer.text
    with clock.stopped_at(MOMENT + timedelta(minutes=20)):
        assert (knock(anonymous, username, PASSWORD).status_code == 302) == (username == "clerk")


def test_a_success_forgets_the_failures_before_it(anonymous: FlaskClient, app: Any) -> None:
    minute = iter(range(99))
    for _ in range(2):
        for _ in range(4):
            with clock.stopped_at(MOMENT + timedelta(minutes=next(minute))):
                assert WRONG in knock(anonymous, "clerk", "Falsches-Passwort-7").text
        with clock.stopped_at(MOMENT + timedelta(minutes=next(minute))):
            assert knock(app.test_client(), "clerk", PASSWORD).status_code == 302


def test_failures_slow_the_address_whatever_the_names_and_nobody_is_kept_waiting(anonymous: FlaskClient) -> None:
    """Each try within the waiting time is told at once how long it still is, and doesn't count."""
    now, told = MOMENT, []
    for number in range(9):
        with clock.stopped_at(now):
            answer = knock(anonymous, f"nobody{number}", "Falsches-Passwort-7")
            assert WRONG in answer.text
        with clock.stopped_at(now):
            early = knock(anonymous, "clerk", PASSWORD) if number > 3 else None
        if early is not None:
            assert (early.status_code, "尝试过于频繁" in early.text) == (429, True)
            told.append(int(early.headers["Retry-After"]))
            now += timedelta(seconds=told[-1])
    assert told == [1, 2, 4, 8, 16]
    with clock.stopped_at(now):
        assert knock(anonymous, "clerk", PASSWORD).status_code == 302


def test_a_locked_name_and_an_unknown_one_are_answered_alike(anonymous: FlaskClient) -> None:
    def answer(username: str, address: str) -> tuple[int, str | None, str]:
        typed = {"username": username, "password": "Falsches-Passwort-7"}
        for second in (0, 30, 60, 90, 120, 180):
            with clock.stopped_at(MOMENT + timedelta(seconds=second)):
                found = post(anonymous, "/login", typed, environ_overrides={"REMOTE_ADDR": address})
        page = re.sub(r'(nonce|value)="[^"]+"', "", found.text)
        return found.status_code, found.headers.get("Retry-After"), page

    known, unknown = answer("clerk", "10.0.0.7"), answer("nobody", "10.0.0.8")
    assert known[:2] == (429, "840")
    assert LOCKED in known[2]
    assert known == unknown


def test_a_disabled_account_is_answered_like_a_wrong_password(world: World, anonymous: FlaskClient) -> None:
    with world.writing() as session:
        account_of(session, PERSON_IDS["clerk"]).disabled = True
    assert WRONG in knock(anonymous, "clerk", PASSWORD).text


@pytest.mark.rule("R-AUDT-01")
def test_success_and_failure_stand_in_the_trail_without_the_name_typed(world: World, anonymous: FlaskClient) -> None:
    knock(anonymous, "Mein-Passwort-im-Namen", "x")
    knock(anonymous, "clerk", PASSWORD)
    with world.open() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT event, actor_id, detail FROM trail_entry ORDER BY seq DESC LIMIT 2"
        )
        (signed_in, failed) = rows.all()
    assert (signed_in.event, signed_in.actor_id) == ("signed_in", PERSON_IDS["clerk"])
    assert failed.event == "sign_in_failed"
    assert "passwort" not in failed.detail.lower()


@pytest.mark.rule("R-CONF-13")
def test_the_sign_in_page_says_that_state_secrets_must_not_be_kept_here(anonymous):
    assert "国家秘密不得录入" in anonymous.get("/login").text
