"""Registrations, claims and customers as these tests need them, at ten o'clock of a Wednesday in Shanghai."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.customers.ruling import rule_on
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.worlds import World

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def register(world: World) -> Callable[..., int]:
    """``register("customer_manager", name=…, minutes=5)``: a sheet written by that person, so many minutes before now."""

    def registered(who: str, minutes: int = 0, **values: Any) -> int:
        at = NOW - timedelta(minutes=minutes)
        sheet = {"day": at.date(), "registered_at": at, "channel": "visit", "name": "陈女士", "phone": "13800000001"}
        with world.writing(who) as session:
            record = records.add(session, register_named("customer_registration"), {**sheet, "wants": "buy", **values})
            return record.id

    return registered


@pytest.fixture
def claims(world: World) -> Callable[[], list[Any]]:
    """All claims there are, the oldest first."""

    def found() -> list[Any]:
        with world.open() as session:
            return session.query(register_named("customer_claim")).order_by(register_named("customer_claim").id).all()

    return found


@pytest.fixture
def rule(world: World) -> Callable[..., None]:
    """``rule("store_manager", claim, "same")``: the ruling of that person."""

    def ruled(who: str, claim: Any, ruling: str, reason: str = "电话是同一个", seen: int | None = None) -> None:
        with world.writing(who) as session:
            rule_on(session, claim.public_id, ruling, reason, seen or claim.version, NOW, NOW)

    return ruled


def id_of(username: str) -> int:
    return PERSON_IDS[username]
