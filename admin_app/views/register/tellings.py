"""What whoever writes a record is told of it, after saving and at the head of its page: functions attach by table name."""

from collections.abc import Callable

from ...guard.cells import Row
from ...texts import Text

Telling = Callable[[Row], list[Text]]
_TELLINGS: dict[str, Telling] = {}


def tells_of(table: str) -> Callable[[Telling], Telling]:
    """Mark the function that says what a person is told of a record of *table* that they see in full."""

    def mark(function: Telling) -> Telling:
        _TELLINGS[table] = function
        return function

    return mark


def tellings(row: Row) -> list[Text]:
    """What is to be told of the record of *row*."""
    function = _TELLINGS.get(row.register.__tablename__)
    return function(row) if function else []
