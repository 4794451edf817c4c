"""Of any number of simultaneous tries of one name five are verified, whoever it is (R-SIGN-01)."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from threading import Lock
from time import sleep

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard import act_as, writing
from admin_app.operations import signing_in
from admin_app.working.people import SignInAttempt
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.worlds import World, new_world
from tests.races.conftest import at_once

pytestmark = pytest.mark.rule("R-SIGN-01")
TRIES = 12


@pytest.fixture
def world(engine_kind: str) -> Iterator[World]:
    """One of its own: the others' people must not be kept waiting at the door."""
    with new_world(engine_kind) as made:
        yield made


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a password was verified; slowly, so that all tries are under way at once."""
    matches, counted, lock = signing_in.password_matches, Counter(), Lock()

    def slowly(account, password):
        with lock:
            counted[password] += 1
        sleep(0.3)
        return matches(account, password)

    monkeypatch.setattr(signing_in, "password_matches", slowly)
    return counted


def all_at_once(world: World, knock) -> list[str]:
    """What *knock* came to, by the number of each of many threads that start together."""

    def one(number: int) -> str:
        with world.open() as session:
            act_as(session, signing_in.DOOR)
            return knock(session, number)

    return at_once([partial(one, number) for number in range(TRIES)])


def attempts(world: World) -> list[bool]:
    with world.open() as session:
        return list(session.scalars(select(SignInAttempt.succeeded)))


@pytest.mark.parametrize("username", ["clerk", "nobody"])
def test_five_of_many_simultaneous_wrong_passwords_are_verified_and_the_rest_told_to_wait(world, verified, username):
    def knock(session, number):
        found = signing_in.sign_in(session, username, "falsch", f"10.0.0.{number}", clock.now())
        return found.refused.code

    told = all_at_once(world, knock)
    assert Counter(told) == {"wrong_password": 5, "locked": TRIES - 5}
    assert verified == {"falsch": 5}
    assert attempts(world) == [False] * 5


def test_failures_of_a_check_inside_and_of_the_door_count_together(world, verified):
    def knock(session, number):
        if number % 2:
            found = signing_in.sign_in(session, "clerk", "falsch", f"10.0.0.{number}", clock.now()).refused
        else:
            found = signing_in.check_password(session, PERSON_IDS["clerk"], "falsch", clock.now(), "10.0.0.99")
        return found.code

    assert Counter(all_at_once(world, knock)) == {"wrong_password": 5, "locked": TRIES - 5}
    assert verified == {"falsch": 5}
    assert attempts(world) == [False] * 5


def test_names_from_one_address_are_counted_together_too(world, verified):
    def knock(session, number):
        return signing_in.sign_in(session, f"nobody{number}", "falsch", "10.0.0.9", clock.now()).refused.code

    told = Counter(all_at_once(world, knock))
    assert told["wrong_password"] == verified["falsch"] == len(attempts(world)) == 5
    assert told["too_soon"] == TRIES - 5


def test_while_a_password_is_verified_others_write(world, monkeypatch):
    matches = signing_in.password_matches

    def meanwhile(account, password):
        with world.open() as other, writing(other):
            other.add(SignInAttempt(name_digest="x", address="y", at=clock.now(), succeeded=True))
        return matches(account, password)

    monkeypatch.setattr(signing_in, "password_matches", meanwhile)
    with world.open() as session:
        act_as(session, signing_in.DOOR)
        assert signing_in.sign_in(session, "clerk", PASSWORD, "10.0.0.9", clock.now()).person.id == PERSON_IDS["clerk"]
    assert attempts(world) == [True, True]
