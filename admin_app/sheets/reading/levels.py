"""Headers of two levels: 联系人 over 姓名 and 电话 becomes 联系人/姓名 and 联系人/电话 (R-IMPT-01)."""

from collections.abc import Sequence
from typing import NamedTuple

from .grid import Row, filled, filled_width, is_blank, reads_as_value
from .header import typed_columns
from .vocabulary import LEVELS_JOINED_BY, Vocabulary

TYPED_BELOW = 50


class Header(NamedTuple):
    """The header's words and its lines, from 1; ``first`` is ``last`` but for two levels, both 0 without one."""

    words: tuple[str, ...]
    first: int
    last: int

    @property
    def levels(self) -> int:
        return self.last - self.first + 1 if self.last else 0


def read_header(rows: Sequence[Row], line: int, vocabulary: Vocabulary, levels: int | None = None) -> Header:
    """The header at *line*, joined with the line above or below where the two are one header of two levels."""
    if line == 0:
        return Header((), 0, 0)
    single = Header(_words(rows[line - 1]), line, line)
    if levels == 1:
        return single
    if levels == 2:
        return _join(rows, line) if line > 1 else single
    for lower in (line, line + 1):
        if 1 < lower <= len(rows) and _are_levels(rows, lower, vocabulary):
            return _join(rows, lower)
    return single


def _words(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def _pair(rows: Sequence[Row], lower: int) -> tuple[list[str], list[str]]:
    """Both rows, cleaned and of one width."""
    above, below = _words(rows[lower - 2]), _words(rows[lower - 1])
    width = max(filled_width(above), filled_width(below))
    return [*above, *[""] * width][:width], [*below, *[""] * width][:width]


def _are_levels(rows: Sequence[Row], lower: int, vocabulary: Vocabulary) -> bool:
    """Whether the upper row groups cells of the lower one: each upper word stands alone or over several lower words."""
    above, below = _pair(rows, lower)
    starts = filled(above)
    if len(starts) < 2 or is_blank(below) or starts[0] > filled(below)[0]:
        return False
    if any(reads_as_value(cell) or ":" in cell or "：" in cell for cell in (*above, *below)):
        return False
    groups = 0
    for start, stop in zip(starts, [*starts[1:], len(above)], strict=True):
        under = [bool(cell) for cell in below[start:stop]]
        if all(under) and stop - start > 1:
            groups += 1
        elif any(under) or stop - start > 1:
            return False
    return groups > 0 and not _is_data(rows, lower, below, vocabulary)


def _is_data(rows: Sequence[Row], lower: int, below: Row, vocabulary: Vocabulary) -> bool:
    """Whether the lower row reads as its columns do further down."""
    types = typed_columns(rows[lower - 2], rows[lower : lower + TYPED_BELOW], vocabulary)
    return any(index < len(below) and below[index] and reads(below[index]) for index, reads in types.items())


def _join(rows: Sequence[Row], lower: int) -> Header:
    above, below = _pair(rows, lower)
    words, group = [], ""
    for upper, under in zip(above, below, strict=True):
        group = upper or group
        words.append(f"{group}{LEVELS_JOINED_BY}{under}" if group and under else under or upper)
    return Header(tuple(words), lower - 1, lower)
