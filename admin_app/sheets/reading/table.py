"""What reading a file gives: plain values, each guess with its reason (R-IMPT-01)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from ...texts import Text, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Guess(Generic[T]):
    """A value found by looking at the file; ``sure`` is false where the person is asked to have a look."""

    value: T
    why: Text
    sure: bool
    runner_up: T | None = None


def chosen(value: T) -> Guess[T]:
    """A value the person gave instead of our guess."""
    return Guess(value, say("由您指定"), sure=True)


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """The person's overrides; None or empty leaves it to the guess.

    ``delimiter`` "" means one column. ``header_line`` 0 means the file has no header; with ``header_levels`` 2 it
    is the lower line of the two. ``fill_down`` names columns by letter, as in ``Table.columns``. ``not_data`` and
    ``data`` are line numbers the person moved out of or back into the records.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    header_levels: int | None = None
    fill_down: Collection[str] = frozenset()
    fill_merged: bool = False
    not_data: Collection[int] = frozenset()
    data: Collection[int] = frozenset()


GUESS_ALL = ReadingChoices()


class Place(NamedTuple):
    """Where in the file something is; what is unknown is None."""

    sheet: str | None = None
    line: int | None = None
    column: str | None = None


NOWHERE = Place()


class Unreadable(Exception):
    """The file gives no table. ``code`` is stable, ``reason`` says what is wrong and the way out."""

    def __init__(self, code: str, reason: Text, place: Place = NOWHERE):
        super().__init__(str(reason))
        self.code = code
        self.reason = reason
        self.place = place


class Record(NamedTuple):
    """One line of data: raw texts, as many as the table has columns.

    ``resolved`` and ``damaged`` hold column indexes: cells taken from above (ditto mark, fill-down, merged range), and
    cells whose value was lost before it reached us (digits cut off, 1.3E+10, U+FFFD). ``short`` means the line ended
    before the last named column; ``surplus`` is what stood behind the last column.
    """

    line: int
    cells: tuple[str, ...]
    resolved: frozenset[int] = frozenset()
    damaged: frozenset[int] = frozenset()
    short: bool = False
    surplus: tuple[str, ...] = ()


class Merge(NamedTuple):
    """A merged range of a sheet: lines count from 1, columns from 0, both ends included."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


class SheetInfo(NamedTuple):
    """A sheet of the workbook; ``same_header`` marks those that may be read with the same mapping."""

    name: str
    hidden: bool
    lines: int
    same_header: bool = False


class Remark(NamedTuple):
    """Something about one line the person should see although the line was read."""

    line: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text cells. ``lines == len(records) + len(not_data)``.

    A line is a record's number as a CSV reader counts them from 1, or the row number of the sheet.
    ``rows[line - 1]`` is the line as it stood in the file, for previews and for writing the rows above the header
    out again. ``encoding`` and ``delimiter`` are None for workbooks, ``sheet`` is None for text files. ``cut`` where these are
    the first lines of a longer file.
    """

    header_line: Guess[int]
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    records: Sequence[Record]
    not_data: Mapping[int, Text]
    lines: int
    rows: Sequence[Sequence[str]]
    header_levels: int = 1
    encoding: Guess[str] | None = None
    delimiter: Guess[str] | None = None
    sheet: Guess[str] | None = None
    sheets: tuple[SheetInfo, ...] = ()
    merged: tuple[Merge, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cut: bool = False
