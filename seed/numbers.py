"""Numbers of a series for many rows at once: the series is asked once and told at the end where it stands."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from admin_app.guard.numbers import next_number
from admin_app.rules.archives import archive_number
from admin_app.working.numbers import NumberSeries


class Numbers:
    """The numbers given to one batch of rows."""

    def __init__(self, session: Session):
        self._session = session
        self._last: dict[tuple[str, int], int] = {}

    def next(self, series: str, year: int) -> str:
        """The next number of *series* in *year*."""
        key = (series, year)
        self._last[key] = self._last[key] + 1 if key in self._last else next_number(self._session, series, year)
        return archive_number(series, year, self._last[key])

    def settle(self) -> None:
        """Tell each series the last number that was given."""
        table = NumberSeries.__table__
        for (series, year), last in self._last.items():
            mine = (table.c.series == series, table.c.year == year)
            self._session.connection().execute(update(table).where(*mine).values(last=last))
