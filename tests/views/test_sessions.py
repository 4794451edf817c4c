"""How long a session holds, what ends it, and that rights change at the next request (R-SIGN-02, R-ROLE-01)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations.accounts import account_of, end_sessions
from admin_app.operations.powers import set_powers
from admin_app.operations.rights import change_row
from admin_app.permissions import Action, Level, Role
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.records import MOMENT
from tests.fixtures.web import post
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-SIGN-02")


def signed_in(client: FlaskClient) -> bool:
    """Whether the desk opens; everybody else is sent to the door."""
    answer = client.get("/")
    assert answer.status_code == 200 or answer.location.startswith("/login")
    return answer.status_code == 200


def copy_of(client: FlaskClient, app: Flask) -> FlaskClient:
    """Another browser with the same cookie, as a thief would have it."""
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    return thief


@pytest.mark.parametrize(("pause", "holds"), [(29, True), (31, False)])
def test_a_session_left_alone_ends_after_half_an_hour(client_of: Any, pause: int, holds: bool) -> None:
    with clock.stopped_at(MOMENT):
        client = client_of("clerk")
    with clock.stopped_at(MOMENT + timedelta(minutes=pause)):
        assert signed_in(client) == holds


@pytest.mark.parametrize(("hours", "holds"), [(11.9, True), (12.1, False)])
def test_a_session_in_use_ends_after_twelve_hours(client_of: Any, hours: float, holds: bool) -> None:
    with clock.stopped_at(MOMENT):
        client = client_of("clerk")
    minutes = int(hours * 60)
    for minute in range(20, minutes, 20):
        with clock.stopped_at(MOMENT + timedelta(minutes=minute)):
            client.get("/healthz")
            assert signed_in(client)
    with clock.stopped_at(MOMENT + timedelta(minutes=minutes)):
        assert signed_in(client) == holds


def test_signing_out_ends_a_copied_cookie_too(client_of: Any, app: Flask) -> None:
    client = client_of("clerk")
    thief = copy_of(client, app)
    assert signed_in(thief)
    assert post(client, "/logout").location == "/login"
    assert not signed_in(client)
    assert not signed_in(thief)


def test_a_new_password_ends_every_other_session(client_of: Any) -> None:
    here, there = client_of("clerk"), client_of("clerk")
    new = "Yinxing-lu-206-hao"
    form = {"password": PASSWORD, "new_password": new, "repeat_password": new}
    assert post(here, "/password", form).status_code == 302
    assert signed_in(here)
    assert not signed_in(there)


def test_a_wrong_old_password_changes_nothing(client_of: Any) -> None:
    here, there = client_of("clerk"), client_of("clerk")
    form = {"password": "falsch", "new_password": "Yinxing-lu-206-hao", "repeat_password": "Yinxing-lu-206-hao"}
    assert "密码不正确" in post(here, "/password", form).text
    assert signed_in(there)


def powers(session: Any, employee: Any) -> None:
    set_powers(session, employee, frozenset({Role.DESIGNER}), Level.SECRET)


def disabled(session: Any, employee: Any) -> None:
    account = account_of(session, employee.id)
    account.disabled = True


def ended(session: Any, employee: Any) -> None:
    end_sessions(session, account_of(session, employee.id), "ended")


def voided(session: Any, employee: Any) -> None:
    employee.voided_at, employee.void_reason = clock.now(), "离职"


@pytest.mark.parametrize("happens", [powers, disabled, ended, voided])
def test_what_takes_powers_away_ends_the_session_at_the_next_request(
    world: World, client_of: Any, happens: Any
) -> None:
    client, bystander = client_of("clerk"), client_of("clerk2")
    assert signed_in(client)
    with world.writing() as session:
        happens(session, session.get_one(register_named("employee"), PERSON_IDS["clerk"]))
    assert not signed_in(client)
    assert signed_in(bystander)


@pytest.mark.rule("R-ROLE-01")
def test_a_changed_right_holds_at_the_next_request(world: World, client_of: Any, make: Any) -> None:
    visitor, client = make("visitor", store_id=1), client_of("clerk")
    pages = {"/admin/visitor/new/": Action.ADD, f"/admin/visitor/details/?id={visitor.public_id}": Action.SEE}
    for page, action in pages.items():
        assert client.get(page).status_code == 200
        with world.writing("admin") as session:
            change_row(session, register_named("visitor"), Role.CLERK, {action: None})
        assert client.get(page).status_code == 404
    assert visitor.public_id not in client.get("/admin/visitor/").text


def test_a_forged_cookie_is_nobodys(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("session", "eyJhY2NvdW50IjoxfQ.AAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert not signed_in(client)
