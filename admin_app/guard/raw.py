"""Rows as the driver gives them, under the row rule: a register that leaves by the million goes without SQLAlchemy's own rows.

What a value is in Python, ``value_of`` tells; so a value that many rows have is made ready once. A moment is given as text in
UTC by both databases, "2026-11-20 06:31:00.000000".
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CursorResult, Select, bindparam, func, select
from sqlalchemy.orm import Session

from ..fields.columns import UtcMoment
from .conditions import Proposed
from .listing import ListQuery, in_order
from .rows import bind_person, ruled
from .session import SYSTEM, acting

_IDS = bindparam("page_ids")
_FETCHED = 5000


def raw_levels(session: Session, query: ListQuery) -> tuple["array[int]", "array[int]"]:
    """The ids of all rows of *query* that the acting person sees, in its order, and their levels: some nine bytes a row."""
    ids, levels = array("q"), array("b")
    found = _execute(session, *in_order(session, query), stream_results=True)
    first = found.fetchone()  # the result may have taken it from the driver's cursor already; the rest is still there
    rows = [first] if first else []
    while rows:
        some_ids, some_levels = zip(*rows, strict=True)
        ids.extend(some_ids)
        levels.extend(some_levels)
        rows = found.cursor.fetchmany(_FETCHED)
    found.close()
    return ids, levels


def raw_by_id(session: Session, query: ListQuery, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of *ids* in that order with the columns of *query*, id first, as far as the acting person sees them."""
    register, these = query.register, Proposed(session.get_bind().dialect.name, ids=tuple(map(str, ids)))
    wanted = select(*(_as_given(getattr(register, name), these.dialect) for name in query.columns))
    found = _execute(session, wanted.where(these.among(register.id, _IDS)), {"page_ids": these.value()})
    rows = {row[0]: row for row in found.cursor.fetchall()}
    found.close()
    return [rows[id_] for id_ in ids if id_ in rows]


def value_of(session: Session, column: Any) -> Callable[[Any], Any]:
    """What makes the value of *column* of what the driver gave for it, blanks aside."""
    if isinstance(column.type, UtcMoment):
        return _moment
    dialect = session.get_bind().dialect
    return column.type.dialect_impl(dialect).result_processor(dialect, None) or _as_it_is


def _as_given(column: Any, dialect: str) -> Any:
    if isinstance(column.type, UtcMoment) and dialect == "postgresql":
        # the driver would make a moment of it, at ten times the cost
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
    return column


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _as_it_is(value: Any) -> Any:
    return value


def _execute(session: Session, statement: Select[Any], values: Mapping[str, Any], **how: Any) -> CursorResult[Any]:
    """*statement* under the acting person's rule, past the session, whose rows cost twice what the driver's do."""
    person = acting(session)
    session.flush()
    bind_person(person)
    if person is not SYSTEM:
        statement = ruled(statement, person)
    return session.connection().execute(statement.execution_options(**how), dict(values))
