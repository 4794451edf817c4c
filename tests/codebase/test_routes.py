"""Every route has a policy, checked by walking the map of routes; one without is answered as if it weren't there."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from admin_app import create_app
from admin_app.models import all_registers
from admin_app.permissions import Action
from admin_app.views.policy import PUBLIC, SIGNED_IN, policy, policy_of
from tests.every_register.examples import asked
from tests.fixtures.web import keep_errors, point_at
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-SIGN-05", "R-CONF-03")

#: what anybody may call: the door and the picture on it, the first step on an empty database, and whether the program runs
OPEN_TO_ALL = {
    "static",
    "health.healthz",
    "health.readyz",
    "sign_in.login",
    "setup.setup",
    "logo.logo",
    "language.choose",
}
#: Flask-Admin brings these along; having no policy, they don't exist
CLOSED = {"admin.index", "admin.static"}
_EXAMPLES = {IntegerConverter: 1}


def unguarded(app: Flask) -> set[str]:
    """The endpoints of *app* that nobody gave a policy."""
    with app.app_context():
        known = (PUBLIC, SIGNED_IN, *Action)
        return {rule.endpoint for rule in app.url_map.iter_rules() if policy_of(rule.endpoint) not in known}


def calls(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every route with an example of its address, and each method it takes."""
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        example = {
            name: 1 if type(rule._converters[name]).__name__ == "IntegerConverter" else "x" for name in rule.arguments
        }
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule, method, addresses.build(rule.endpoint, example, method=method)


def test_every_route_has_a_policy(one_app: Flask) -> None:
    assert unguarded(one_app) - CLOSED == set()


def test_what_is_open_to_anybody_is_written_here(one_app: Flask) -> None:
    with one_app.app_context():
        public = {rule.endpoint for rule in one_app.url_map.iter_rules() if policy_of(rule.endpoint) == PUBLIC}
    assert (
        public - {endpoint for endpoint in public if endpoint.endswith(".static") and endpoint in CLOSED} == OPEN_TO_ALL
    )


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)  # nobody gets as far as a database
def test_every_other_route_asks_a_stranger_to_sign_in(app: Flask, anonymous: FlaskClient) -> None:
    left_out = all_registers().keys() - asked()  # their screens are made as those of the others are
    for rule, method, address in calls(app):
        if rule.endpoint in OPEN_TO_ALL | CLOSED or rule.endpoint.split(".")[0] in left_out:
            continue
        answer = anonymous.open(address, method=method)
        if method == "GET":
            assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login"), address
        else:
            assert answer.status_code == 401, address


def test_an_address_that_does_not_exist_looks_like_one_that_does_to_nobody(anonymous: FlaskClient) -> None:
    assert anonymous.get("/admin/nothing/").location == "/login?next=/admin/nothing/"
    assert anonymous.post("/admin/nothing/").status_code == 401


@pytest.fixture
def planted(world: World) -> Iterator[Flask]:
    """An application with two bad routes: one without a policy, one that names an attribute of its own so."""
    app = create_app(world.settings)

    def misspelt() -> str:
        return "all customers"

    misspelt.polcy = PUBLIC
    app.add_url_rule("/forgotten", "forgotten", lambda: "all customers")
    app.add_url_rule("/misspelt", "misspelt", misspelt)
    keep_errors(app)
    point_at(app, world)
    yield app


def test_a_policy_that_is_none_stops_the_start() -> None:
    with pytest.raises(ValueError, match="'publik' is no policy"):
        policy("publik")


def test_a_planted_route_without_a_policy_is_found_and_closed(planted: Flask, world: World, client_of: Any) -> None:
    assert unguarded(planted) - CLOSED == {"forgotten", "misspelt"}
    manager = client_of("general_manager")
    manager.application = planted
    for address in ("/forgotten", "/misspelt"):
        answer = manager.get(address)
        assert answer.status_code == 404
        assert "all customers" not in answer.text
        assert planted.test_client().get(address).status_code in (302, 404)
