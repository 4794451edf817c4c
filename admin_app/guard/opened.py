"""Which records' pages a person opened last: a short write of its own beside each such page, as the trail's is (R-DESK-01)."""

from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ..working.at_hand import RecentRecord

#: so many are kept for each person
KEPT = 12

_recent = RecentRecord.__table__


def remember(engine: Engine, employee_id: int, table: str, record_id: int, now: datetime) -> None:
    """The employee opened the page of a record just *now*; the oldest beyond ``KEPT`` are forgotten."""
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[engine.dialect.name]
    opened = dialect.insert(_recent).values(
        employee_id=employee_id, table_name=table, record_id=record_id, opened_at=now
    )  # fmt: skip
    again = opened.on_conflict_do_update(index_elements=list(_recent.primary_key), set_={"opened_at": now})
    mine = _recent.c.employee_id == employee_id
    oldest = select(_recent.c.opened_at).where(mine).order_by(_recent.c.opened_at.desc()).offset(KEPT - 1).limit(1)
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        connection.execute(again)
        connection.execute(delete(_recent).where(mine, _recent.c.opened_at < oldest.scalar_subquery()))
