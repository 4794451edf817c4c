"""Statements that PostgreSQL plans once and keeps: those with the execution option ``PREPARED``, asked often, and no others.

A plan that is kept is one for nobody in particular. Where one plan is right for everybody (one row by its key, the branches
of a page) that saves most of what a statement costs; anywhere else it may be hundreds of times slower, so that psycopg is
told to prepare nothing by itself (``database.engine_options``).
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

PREPARED = {"prepared": True}
#: how often a connection must have met a statement lately: what is seldom asked would take the place of what is asked often
_OFTEN = 5
#: of an engine whose pooler can't pass prepared statements on: goes before what a statement asks for
UNPREPARED = {"prepared": False}


@event.listens_for(Engine, "before_cursor_execute")
def _ask(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    if connection.dialect.name == "postgresql":
        cursor.connection.prepare_threshold = _OFTEN if context.execution_options.get("prepared") else None


@event.listens_for(Engine, "connect")
def _keep(connection: Any, record: Any) -> None:
    """Every page ends with a ROLLBACK, at which psycopg lets go of all that is prepared, though PostgreSQL keeps it.

    Nor may PostgreSQL compile what looks dear to it: that takes longer than running it. Poolers refuse it as a start-up option.
    """
    if hasattr(connection, "prepare_threshold"):
        connection._prepared.clear = lambda: False
        connection.execute("SET jit = off")
        connection.commit()


@event.listens_for(Engine, "handle_error")
def _prepare_anew(context: ExceptionContext) -> None:
    """A prepared statement may be what is wrong, as after a migration beneath a running program."""
    cursor = getattr(context.execution_context, "cursor", None)
    if cursor is not None and context.dialect.name == "postgresql":
        prepared = cursor.connection._prepared
        type(prepared).clear(prepared)
