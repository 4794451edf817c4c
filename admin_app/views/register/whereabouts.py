"""Where the thing of a record is now, said at the head of its page: functions attach by table name from above (R-LOAN-10)."""

from collections.abc import Callable

from ...guard.cells import Row

Where = Callable[[Row], str]
_WHERE: dict[str, Where] = {}


def where_is(table: str) -> Callable[[Where], Where]:
    """Mark the function that says where the thing of a record of *table* is, as far as its reader may know."""

    def mark(function: Where) -> Where:
        _WHERE[table] = function
        return function

    return mark


def whereabouts(row: Row) -> str | None:
    """Where the thing of the record of *row* is; None for a register of what has no place."""
    where = _WHERE.get(row.register.__tablename__)
    return where(row) or None if where else None
