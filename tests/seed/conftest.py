"""The demo company, seeded once per run and kind of database; the tests of this folder leave it as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from admin_app.guard import GuardedSession
from admin_app.models import Register
from admin_app.registers import load_all
from seed import company
from tests.fixtures.worlds import World, new_world

NOW = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
#: any password does for the demo
WEAK = "demo"
SIZE = 100


@pytest.fixture(scope="module")
def demo(engine_kind: str) -> Iterator[World]:
    with new_world(engine_kind, "demo", _seed) as world:
        yield world


def _seed(session: GuardedSession) -> None:
    company.fill(session, now=NOW, password=WEAK, size=SIZE)


@pytest.fixture(scope="session")
def registers() -> dict[str, type[Register]]:
    return load_all()
