"""How Alembic runs here: as the owner, in one transaction, in batch mode on SQLite; types are written out plainly."""

from typing import Any

from alembic import context
from sqlalchemy import CheckConstraint, Connection

from admin_app import registers
from admin_app.fields.columns import CodeSet, Scaled, UtcMoment
from admin_app.migrating import comparing
from admin_app.models import Base

registers.load_all()


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Our column types as the plain SQL types they are, so that a migration stays true when a class changes."""
    if kind == "check":
        return _check_for_one_database(item)
    if kind != "type":
        return False
    if isinstance(item, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Scaled):
        return "sa.BigInteger()"
    return "sa.String(1000)" if isinstance(item, CodeSet) else False


def _check_for_one_database(check: CheckConstraint) -> str | bool:
    """A check declared with ``ddl_if`` keeps it; Alembic works on a copy that has lost it."""
    declared = Base.metadata.tables[check.table.name].constraints
    only_on = next((own._ddl_if.dialect for own in declared if own.name == check.name and own._ddl_if), None)
    if only_on is None:
        return False
    return f"sa.CheckConstraint({str(check.sqltext)!r}, name=op.f({str(check.name)!r})).ddl_if(dialect={only_on!r})"


def compare_type(ctx: Any, inspected: Any, column: Any, inspected_type: Any, metadata_type: Any) -> bool | None:
    """Our own types are what they are stored as; Alembic compares the rest."""
    return False if isinstance(metadata_type, UtcMoment | Scaled | CodeSet) else None


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item,
        compare_type=compare_type, transaction_per_migration=False, **comparing(connection),
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
