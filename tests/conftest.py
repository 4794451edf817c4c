"""What every test may ask for: the databases, and what ``tests/fixtures`` builds on them."""

import gc
import re
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres, run_folder

_HERE = Path(__file__).parent

pytest_plugins = (
    "tests.fixtures.worlds",
    "tests.fixtures.web",
    "tests.fixtures.records",
    "tests.fixtures.archive_room",
    "tests.fixtures.buckets",
    "tests.fixtures.destruction",
    "tests.fixtures.dispatch_board",
    "tests.fixtures.exports",
    "tests.fixtures.scoring",
)

# A busy machine is no failure.
settings.register_profile("strongroom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("strongroom")

#: folders of many tests that go alike on both databases: in the everyday run every third goes on PostgreSQL, in the long one all
SAMPLED, _EVERY = frozenset({"views", "operations", "dispatch", "sheets", "storage"}), 3

# What a run keeps (mappers, statements, templates) is looked through again and again: a fifth of its time. It ends anyway.
gc.set_threshold(10_000, 20, 200)


def pytest_configure() -> None:
    # Before the workers start, so that they inherit the run's folder.
    run_folder.prepare_run()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave two thirds of the sampled folders' tests on PostgreSQL to the long run, of those that go on SQLite, too."""
    on_sqlite = {_whatever_kind(item) for item in items if _kind(item) == "sqlite"}
    for item in items:
        name = _whatever_kind(item)
        sampled = item.path.relative_to(_HERE).parts[0] in SAMPLED and name in on_sqlite
        if _kind(item) == "postgresql" and sampled and crc32(name.encode()) % _EVERY:
            item.add_marker(pytest.mark.soak)


def _kind(item: pytest.Item) -> str | None:
    return getattr(getattr(item, "callspec", None), "params", {}).get("engine_kind")


def _whatever_kind(item: pytest.Item) -> str:
    return re.sub("sqlite|postgresql", "", item.nodeid)


@pytest.fixture(scope="session")
def postgres_server() -> postgres.PostgresServer:
    """The run's own PostgreSQL server."""
    return postgres.shared_server()


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def engine_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; a test that touches data runs on each."""
    return request.param
