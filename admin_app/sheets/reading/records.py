"""The records of a delimited text, counted as a CSV reader counts them; an unclosed quote harms one line only."""

import csv
import io
from collections import Counter
from contextlib import suppress
from itertools import chain, islice
from typing import NamedTuple

from ...texts import say
from .table import Remark

#: Separates nothing: gives a text of one column its dialect.
NO_DELIMITER = "\x1f"
#: After so many unclosed quotes the quotes of this file are ornaments.
MAX_UNCLOSED = 100
#: Fed behind the last line: if it comes out inside a cell, a quote was still open.
_END = "\x00end"
_WIDTH_SAMPLE = 1_000


class Records(NamedTuple):
    rows: list[list[str]]
    remarks: tuple[Remark, ...]


def read_records(text: str, delimiter: str) -> Records:
    """The records of *text*; a quote that never closes is read as a plain character and remarked on."""
    lines = list(io.StringIO(text, newline=""))
    reader = _Reader(lines, delimiter or NO_DELIMITER)
    start: int | None = 0
    while start is not None and start < len(lines):
        start = reader.read_from(start)
    return Records(reader.rows, tuple(reader.remarks))


class _Reader:
    """Reads on from a line until a record turns out to be several lines swallowed by a quote."""

    def __init__(self, lines: list[str], delimiter: str):
        self.lines = lines
        self.delimiter = delimiter
        self.width = self._usual_width()
        self.rows: list[list[str]] = []
        self.remarks: list[Remark] = []

    def read_from(self, start: int) -> int | None:
        """Appends records from line index *start*; the index to go on from, or None at the end."""
        quoting = csv.QUOTE_MINIMAL if len(self.remarks) < MAX_UNCLOSED else csv.QUOTE_NONE
        reader = csv.reader(chain(islice(self.lines, start, None), [_END]), delimiter=self.delimiter, quoting=quoting)
        begun = 0
        try:
            for cells in reader:
                lines = range(start + begun, start + reader.line_num)
                if len(lines) > 1 and self._swallowed(cells, lines):
                    return self._take_literally(start + begun)
                begun = reader.line_num
                self.rows.append(cells)
        except csv.Error:  # a cell beyond csv.field_size_limit(): nothing but an unclosed quote grows so long
            return self._take_literally(start + begun)
        self.rows.pop()
        return None

    def _swallowed(self, cells: list[str], lines: range) -> bool:
        """Whether a record of several lines comes from a quote that should not have opened."""
        if cells[-1].endswith(_END):
            return True
        if len(self._literal(lines[0])) != self.width:
            return False
        return len(cells) != self.width or not self._is_strict(lines)

    def _is_strict(self, lines: range) -> bool:
        """Whether every quote that closes stands before a delimiter."""
        try:
            list(csv.reader(self.lines[lines.start : lines.stop], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def _take_literally(self, index: int) -> int:
        self.rows.append(self._literal(index))
        self.remarks.append(Remark(len(self.rows), say("这一行有引号没有闭合，引号按普通字符读")))
        return index + 1

    def _literal(self, index: int) -> list[str]:
        return next(csv.reader([self.lines[index]], delimiter=self.delimiter, quoting=csv.QUOTE_NONE))

    def _usual_width(self) -> int:
        """The width of most records of the head, of the first where they are too few to tell."""
        reader = csv.reader(self.lines[:_WIDTH_SAMPLE], delimiter=self.delimiter)
        widths: list[int] = []
        with suppress(csv.Error):  # an unclosed quote: what was read before it tells the width
            widths.extend(map(len, reader))
        return Counter(widths).most_common(1)[0][0] if widths else 0
