"""The demo company, seeded once per run and kind of database; the tests of this folder leave it as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from admin_app.guard import GuardedSession
from admin_app.models import Register, all_registers
from admin_app.registers import load_all
from seed import company
from tests.fixtures.worlds import World, new_world

NOW = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
#: any password does for the demo
WEAK = "demo"
SIZE = 100


class Books:
    """Every record of the demo company, read once."""

    def __init__(self, session: GuardedSession):
        self.session = session
        self._read: dict[str, list[Register]] = {}
        self._by_id: dict[str, dict[int, Register]] = {}

    def of(self, table: str) -> list[Register]:
        if table not in self._read:
            register = all_registers()[table]
            self._read[table] = list(self.session.scalars(select(register).order_by(register.id)))
            self._by_id[table] = {row.id: row for row in self._read[table]}
        return self._read[table]

    def get(self, table: str, id_: int) -> Register:
        self.of(table)
        return self._by_id[table][id_]


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.soak])],
)
def engine_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database. Row by row, PostgreSQL takes a minute to write the company, which the long run has."""
    return request.param


@pytest.fixture(scope="module")
def demo(engine_kind: str) -> Iterator[World]:
    with new_world(engine_kind, "demo", _seed) as world:
        yield world


@pytest.fixture(scope="module")
def books(demo: World) -> Iterator[Books]:
    with demo.open() as session:
        yield Books(session)


def _seed(session: GuardedSession) -> None:
    company.fill(session, now=NOW, password=WEAK, size=SIZE)


@pytest.fixture(scope="session")
def registers() -> dict[str, type[Register]]:
    return load_all()
