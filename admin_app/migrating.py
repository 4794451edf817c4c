"""Bringing a database to the newest schema, up and down, and writing the migration for a new register.

Runs as the owner. On PostgreSQL the application's role then gets just what it needs: it owns nothing, deletes no record,
and may only insert into the trail. Alembic is imported here alone, to keep it out of the serving process.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text

from config import Settings

from . import registers
from .guard import reindexing
from .models import Base, Lines, all_registers, register_named
from .working.search import SearchGram

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
#: appended to and read, never changed
_TRAIL = frozenset({"trail_entry", "trail_value"})


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Migrate up to *revision*, build what is missing of the search index and give the application's role its rights."""

    def up(config: Config) -> None:
        command.upgrade(config, revision)
        if revision == "head":
            connection = config.attributes["connection"]
            reindexing.rebuild(connection, reindexing.stale(connection))

    _run(settings, up)


def reindex(settings: Settings, tables: Collection[str] = ()) -> int:
    """Build the search index anew for *tables*, or for every register; how many records it holds.

    Raises KeyError for a table that is no register's.
    """
    found = 0

    def build(config: Config) -> None:
        nonlocal found
        connection = config.attributes["connection"]
        chosen = [register_named(table) for table in tables] or reindexing.searched(connection)
        found = reindexing.rebuild(connection, chosen)

    _run(settings, build)
    return found


def downgrade(settings: Settings, revision: str) -> None:
    """Migrate down to *revision* (``base`` empties the database)."""
    _run(settings, lambda config: command.downgrade(config, revision))


def make_migration(settings: Settings, message: str) -> Path:
    """Write the next numbered migration from the difference between the declarations and the database; its file."""

    def write(config: Config) -> None:
        number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")

    _run(settings, write)
    return max((FOLDER / "versions").glob("*.py"))


def differences(settings: Settings) -> list[object]:
    """What the declared schema has that the database has not, or the other way round; empty when they agree."""
    registers.load_all()
    engine = create_engine(settings.owner_database)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=comparing(connection))
            return list(compare_metadata(context, Base.metadata))
    finally:
        engine.dispose()


def comparing(connection: Connection) -> dict[str, Any]:
    """What Alembic leaves out of a comparison: on SQLite the search index, a virtual table that keeps itself in others."""
    if connection.dialect.name != "sqlite":
        return {}

    def named(name: str | None, kind: str, *more: Any) -> bool:
        return kind != "table" or not (name or "").startswith(SearchGram.__tablename__)

    return {"include_name": named, "include_object": lambda thing, name, kind, *more: named(name, kind)}


def _run(settings: Settings, act: object) -> None:
    registers.load_all()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.owner_database)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    try:
        with engine.connect() as connection:
            on_sqlite = connection.dialect.name == "sqlite"
            if on_sqlite:
                # tables are rebuilt under their old name, which foreign keys would object to; set before a transaction
                # begins, since inside one it does nothing
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
            config.attributes["connection"] = connection
            act(config)  # type: ignore[operator]
            if connection.dialect.name == "postgresql":
                _grant(connection, make_url(settings.database).username)
            if on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"the migration leaves a broken link in {broken[0]}")
            connection.commit()
    finally:
        engine.dispose()


def _grant(connection: Connection, role: str | None) -> None:
    """The application's role: no table is its own, no record can be deleted, the trail only grows."""
    owner = connection.scalar(text("SELECT current_user"))
    if not role or role == owner:
        return
    quote = connection.dialect.identifier_preparer.quote
    lines = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if issubclass(mapper.class_, Lines)}
    kept = all_registers().keys() | _TRAIL
    here = set(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {quote(role)}"))
    for table in sorted(here & Base.metadata.tables.keys()):
        rights = "SELECT, INSERT" if table in _TRAIL else "SELECT, INSERT, UPDATE"
        if table not in kept or table in lines:
            rights += ", DELETE"
        connection.execute(text(f"GRANT {rights} ON {quote(table)} TO {quote(role)}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}"))
