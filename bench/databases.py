"""A migrated database filled with the measured company, on SQLite or PostgreSQL; kept for the next run if asked."""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from admin_app import clock, migrating
from admin_app.operations.accounts import hash_password
from admin_app.permissions import Action, Role, Scope
from config import Settings
from seed.codes import shipped
from tests import postgres, run_folder

from . import rows
from .house import ACTORS

PASSWORD = "measured-4-ratios"
#: visits to a customer
PER_CUSTOMER = 10
Tables = Iterable[tuple[str, Sequence[str], Iterable[list[Sequence[Any]]]]]


@dataclass(frozen=True)
class House:
    """A filled database: how the program reaches it, and how a bare driver does."""

    kind: str
    rows: int
    settings: Settings

    def driver(self) -> Any:
        """A connection of the bare driver."""
        if self.kind == "sqlite":
            return sqlite3.connect(make_url(self.settings.database).database, isolation_level=None)
        return _psycopg(self.settings.database)


def prepare(keep: Path | None) -> None:
    """Choose the folder of the databases: *keep*, else one in memory that goes with the process."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        os.environ[run_folder.VARIABLE] = str(keep.absolute())
    run_folder.prepare_run()


def house(kind: str, count: int) -> House:
    """The filled database, made now unless it was kept."""
    folder = run_folder.run_folder() / f"{kind}-{count}"
    known = folder / "settings.json"
    if kind == "postgresql":
        server = postgres.shared_server()
    if known.exists():
        return House(kind, count, Settings(data_dir=folder, **json.loads(known.read_text())))
    urls = {}
    if kind == "postgresql":
        database = server.create_database(f"bench_{count}")
        urls = {"database_url": database.app_url, "owner_database_url": database.owner_url}
    made = House(kind, count, Settings(data_dir=folder, **urls))
    migrating.upgrade(made.settings)
    load(kind, made.settings.owner_database, tables(count, clock.now()))
    migrating.reindex(made.settings)
    known.write_text(json.dumps(urls))
    return made


def load(kind: str, url: str, filled: Tables) -> None:
    """Fill tables by the bare driver, the fastest way it has."""
    (_load_sqlite if kind == "sqlite" else _load_postgresql)(url, filled)


def tables(count: int, now: datetime) -> Tables:
    """The measured company with *count* visits."""
    customers = max(count // PER_CUSTOMER, 1)
    yield "code_entry", ("codes", "code", "label", "position", "retired"), [codes()]
    yield "store", rows.STORE, [rows.stores(now)]
    yield "employee", rows.EMPLOYEE, [rows.employees(now)]
    yield (
        "account",
        ("id", "employee_id", "username", "password_hash", "epoch", "disabled", "must_change_password"),
        [_accounts()],
    )
    yield "changed_right", ("role", "table_name", "action", "scope"), [_changed_rights()]
    yield "customer", rows.CUSTOMER, rows.customers(customers, now)
    yield "visitor", rows.VISITOR, rows.visitors(count, customers, now)


def codes() -> list[Sequence[Any]]:
    """The code lists as they are shipped."""
    return [(entry.codes, entry.code, entry.label, entry.position, False) for entry in shipped()]


def _accounts() -> list[Sequence[Any]]:
    hashed = hash_password(PASSWORD)
    return [(number, number, actor.username, hashed, 1, False, False) for number, actor in enumerate(ACTORS, start=1)]


def _changed_rights() -> list[Sequence[Any]]:
    """The register is kept by stores; owners and parties are let in too, to measure these ways of seeing as well."""
    return [
        (Role.SALES, "visitor", Action.SEE, Scope.OWN.value),
        (Role.DESIGNER, "visitor", Action.SEE, Scope.NOBODY.value),
    ]


def _load_sqlite(url: str, filled: Tables) -> None:
    """executemany into the real, constrained tables; then ANALYZE, without which SQLite plans blindly."""
    connection = sqlite3.connect(make_url(url).database)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;")
    for table, columns, chunks in filled:
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        with connection:
            for chunk in chunks:
                connection.executemany(insert, chunk)
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _load_postgresql(url: str, filled: Tables) -> None:
    """COPY into the real, constrained tables; VACUUM so that nothing is cleaned up while measuring."""
    with _psycopg(url) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        for table, columns, chunks in filled:
            copying = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with connection.transaction(), connection.cursor() as cursor, cursor.copy(copying) as copy:
                for chunk in chunks:
                    for row in chunk:
                        copy.write_row(row)
        connection.execute("VACUUM ANALYZE")


def _psycopg(url: str) -> psycopg.Connection:
    """Planned for the values at hand, as the program's own connections are."""
    at = make_url(url)
    return psycopg.connect(
        host=at.query["host"], dbname=at.database, user=at.username, autocommit=True, prepare_threshold=None
    )
