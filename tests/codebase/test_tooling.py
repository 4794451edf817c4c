"""The chores, the locks and the test database do what they promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

from tests.postgres import OLDEST_VERSION, Database, PostgresServer
from tests.run_folder import VARIABLE

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
CHORES = ["install", "run", "test", "soak", "lint", "bench", "docs", "seed", "lock"]


def requirements(lock: Path) -> list[str]:
    """The requirements of a lock, each with its continuation lines joined."""
    joined = lock.read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
class TestLock:
    def test_pins_and_hashes_every_requirement(self, lock):
        pinned = re.compile(r"[\w.-]+==\S+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+ *")
        lines = requirements(lock)
        assert lines
        assert [line for line in lines if not pinned.fullmatch(line)] == []

    def test_names_no_index_host_and_no_folder(self, lock):
        assert re.findall(r"://|--\S*index\S*|--find-links|file:|/\w+/", lock.read_text()) == []


def test_the_locks_agree_where_they_overlap():
    app, dev = ({line.split("==")[0]: line.split()[0] for line in requirements(lock)} for lock in LOCKS)
    assert {name: dev[name] for name in app.keys() & dev.keys()} == {
        name: app[name] for name in app.keys() & dev.keys()
    }


def test_make_alone_lists_every_chore_with_a_line():
    listing = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = dict(line.split(maxsplit=1) for line in listing.splitlines())
    assert list(listed) == CHORES


def fill(database: Database) -> None:
    """The smallest schema that shows both roles at work."""
    with connected(database.owner_url) as connection:
        connection.exec_driver_sql("CREATE TABLE note (words text)")
        connection.exec_driver_sql("GRANT SELECT, INSERT ON note TO strongroom_app")


def connected(url: str) -> sqlalchemy.Connection:
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()


@pytest.fixture(scope="module")
def note_template(postgres_server: PostgresServer) -> Database:
    return postgres_server.template_database("note_template", fill)


@pytest.fixture
def two_databases(postgres_server: PostgresServer, note_template: Database):
    pair = [postgres_server.create_database("note", note_template) for _ in range(2)]
    yield pair
    for database in pair:
        postgres_server.drop_database(database)


RUN = """
from tests.postgres import shared_server
from tests.run_folder import prepare_run
prepare_run()
print(shared_server().folder, flush=True)
input()
"""


@pytest.mark.postgresql
class TestPostgres:
    def test_a_killed_run_takes_its_server_along(self):
        environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
        with subprocess.Popen(
            [sys.executable, "-c", RUN],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as run:
            server = PostgresServer(Path(run.stdout.readline().decode().strip()))
            with server.connect() as connection:
                run.kill()
                with pytest.raises(psycopg.OperationalError):
                    connection.execute("SELECT pg_sleep(10)")

    def test_is_new_enough(self, postgres_server):
        with postgres_server.connect() as connection:
            assert connection.info.server_version // 10_000 >= OLDEST_VERSION

    def test_copies_of_a_template_share_the_schema_and_not_the_rows(self, two_databases):
        first, second = two_databases
        with connected(first.app_url) as connection:
            connection.exec_driver_sql("INSERT INTO note VALUES ('一')")
        with connected(first.app_url) as one, connected(second.app_url) as other:
            assert one.exec_driver_sql("SELECT words FROM note").scalars().all() == ["一"]
            assert other.exec_driver_sql("SELECT words FROM note").scalars().all() == []

    def test_the_application_owns_nothing_and_may_not_define_tables(self, two_databases):
        with connected(two_databases[0].app_url) as connection:
            owners = connection.exec_driver_sql("SELECT tableowner FROM pg_tables WHERE schemaname = 'public'")
            assert owners.scalars().all() == ["strongroom_owner"]
            with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
                connection.exec_driver_sql("CREATE TABLE mine (words text)")
            with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
                connection.exec_driver_sql("DELETE FROM note")

    def test_a_template_is_built_once_and_closed_to_everyone(self, postgres_server, note_template):
        builds = []
        assert postgres_server.template_database("note_template", builds.append) == note_template
        assert builds == []
        with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
            psycopg.connect(note_template.owner_url.replace("+psycopg", ""))
