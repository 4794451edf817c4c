"""The grid of raw cells between the file formats and the table, and small questions asked of its rows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .table import Guess, Merge, Remark, SheetInfo

Row = Sequence[str]

_VALUE = re.compile(
    r"[-+]?[¥$]?\d[\d,]*(?:\.\d+)?%?"
    r"|\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\+?\d[\d\s-]{5,}\d"
)


@dataclass(slots=True)
class Grid:
    """All lines of one sheet or text file; ``damaged`` maps a line to the indexes of cells that lost their value."""

    rows: list[Row]
    damaged: Mapping[int, frozenset[int]] = field(default_factory=dict)
    merged: tuple[Merge, ...] = ()
    remarks: tuple[Remark, ...] = ()
    encoding: Guess[str] | None = None
    delimiter: Guess[str] | None = None
    sheet: Guess[str] | None = None
    sheets: tuple[SheetInfo, ...] = ()
    cut: bool = False


def shared(rows: Sequence[Row]) -> list[Row]:
    """*rows* with one text for all cells that say the same: most words of a ledger are said again and again."""
    known: dict[str, str] = {}
    return [tuple([known.setdefault(cell, cell) for cell in row]) for row in rows]


def is_blank(row: Row) -> bool:
    return not any(row) or not "".join(row).strip()


def filled(row: Row) -> list[int]:
    """The indexes of the cells that hold something."""
    return [index for index, cell in enumerate(row) if cell.strip()]


def filled_width(row: Row) -> int:
    """The number of cells up to the last that holds something."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def modal_width(rows: Sequence[Row]) -> int:
    """The filled width most rows have, at least 1."""
    widths = Counter(filled_width(row) for row in rows if not is_blank(row))
    return max(widths.most_common(1)[0][0], 1) if widths else 1


def reads_as_value(cell: str) -> bool:
    """Whether *cell* is a number, a date or a telephone number and so hardly a header."""
    return _VALUE.fullmatch(cell.strip()) is not None


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as spreadsheets count."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
