"""Giving out numbers: one locked row per series and year, so that simultaneous saves never share one (R-ARCH-01)."""

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..working.numbers import NumberSeries


def next_number(session: Session, series: str, year: int) -> int:
    """The next counter of *series* in *year*, from 1, inside the caller's transaction; rolled back with it."""
    return next_numbers(session, series, year, 1)[0]


def next_numbers(session: Session, series: str, year: int, count: int) -> range:
    """The next *count* counters, like ``next_number``."""
    table = NumberSeries.__table__
    mine = (table.c.series == series, table.c.year == year)
    connection = session.connection()
    locked = select(table.c.last).where(*mine).with_for_update()
    if connection.execute(locked).first() is None:
        _open_series(session, series, year)
    connection.execute(update(table).where(*mine).values(last=table.c.last + count))
    last = connection.execute(select(table.c.last).where(*mine)).scalar_one()
    return range(last - count + 1, last + 1)


def _open_series(session: Session, series: str, year: int) -> None:
    """Start a series; whoever comes second finds it there."""
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[session.connection().dialect.name]
    start = dialect.insert(NumberSeries.__table__).values(series=series, year=year, last=0)
    session.connection().execute(start.on_conflict_do_nothing())
