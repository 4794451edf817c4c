"""Cells that stand for the one above: ditto marks always, blanks and merged ranges by choice (R-IMPT-01)."""

from collections.abc import Collection, Sequence

from .grid import Row
from .table import Merge

#: Whole cells, after trimming.
DITTO = frozenset({"同上", "〃", "″", "〞", "同前", '"', "''"})
NOTHING: frozenset[int] = frozenset()


class Above:
    """Remembers the last data line, resolved, and fills the next one from it.

    Lines must come in file order without those that are not data. A mark with nothing above it stays as it is, for the
    checker to refuse.
    """

    def __init__(self, fill_down: Collection[int] = ()):
        self.fill_down = fill_down
        self.cells: list[str] = []

    def fill(self, cells: list[str]) -> frozenset[int]:
        """Resolves *cells* in place; the indexes of those taken from above."""
        above, self.cells = self.cells, cells
        if not self.fill_down and DITTO.isdisjoint(map(str.strip, cells)):
            return NOTHING
        marked = [index for index, cell in enumerate(cells) if cell.strip() in DITTO]
        blank = [index for index in self.fill_down if not cells[index].strip()]
        taken = [index for index in (*marked, *blank) if above and _is_value(above[index])]
        for index in taken:
            cells[index] = above[index]
        return frozenset(taken)


def _is_value(cell: str) -> bool:
    return bool(cell.strip()) and cell.strip() not in DITTO


def merged_values(rows: Sequence[Row], merged: Sequence[Merge], below: int) -> dict[int, dict[int, str]]:
    """Line → index → value for the blank cells of each merged range below line *below*."""
    found: dict[int, dict[int, str]] = {}
    if sum(_area(merge, rows) for merge in merged) > sum(map(len, rows)):
        return found  # ranges cannot overlap in an honest sheet
    for first, last, left, right in merged:
        value = rows[first - 1][left] if below < first <= len(rows) and left < len(rows[first - 1]) else ""
        for line in range(first, min(last, len(rows)) + 1) if value.strip() else ():
            row = rows[line - 1]
            blank = [index for index in range(left, min(right + 1, len(row))) if not row[index].strip()]
            found.setdefault(line, {}).update(dict.fromkeys(blank, value))
    return found


def _area(merge: Merge, rows: Sequence[Row]) -> int:
    height = min(merge.last_line, len(rows)) - merge.first_line + 1
    return max(height, 0) * (merge.last_column - merge.first_column + 1)
