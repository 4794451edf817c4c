"""What every test may ask for: the databases, and what ``tests/fixtures`` builds on them."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres, run_folder, soaking

pytest_plugins = (
    "tests.fixtures.worlds",
    "tests.fixtures.web",
    "tests.fixtures.records",
    "tests.fixtures.archive_room",
    "tests.fixtures.destruction",
    "tests.fixtures.dispatch_board",
    "tests.fixtures.scoring",
)

# A busy machine is no failure.
settings.register_profile("strongroom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("strongroom")

# What a run keeps (mappers, statements, templates) is looked through again and again: a fifth of its time. It ends anyway.
gc.set_threshold(10_000, 20, 200)


def pytest_configure(config: pytest.Config) -> None:
    # Before the workers start, so that they inherit the run's folder.
    run_folder.prepare_run()
    soaking.register(config)


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
