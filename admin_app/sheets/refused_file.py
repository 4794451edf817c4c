"""The refused lines as a file in the original's layout, with their reasons; mended, it imports again (R-IMPT-04).

Same kind, encoding, delimiter, rows above the header and header; 同上 written out; 原行号 and 原因 as the last columns.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import opencc

from .cells import STATE_SECRET
from .formulas import guarded, guarded_in_workbook
from .mapping import ORIGINAL_LINE, REASON, own_columns
from .names import sheet_name
from .outcome import CellFault, Check, Line
from .reading import Record, Table

_TRADITIONAL_ONLY = frozenset({"big5", "cp950", "big5hkscs"})
Words = Callable[[str], str]


@dataclass(frozen=True)
class RefusedFile:
    """The file and the end of its name."""

    content: bytes
    suffix: str


def refused_file(table: Table, check: Check) -> RefusedFile:
    """The refused lines of *check* as a file like the one they came in."""
    layout = _Layout(table)
    if table.encoding is None:
        name = table.sheet.value if table.sheet else "Sheet1"
        return RefusedFile(_workbook(layout.rows(check, str), layout.faulty(check), name), ".xlsx")
    delimiter = (table.delimiter.value if table.delimiter else "") or ","
    return RefusedFile(_text(layout, check, table.encoding.value, delimiter), ".tsv" if delimiter == "\t" else ".csv")


def suffix_of(content: bytes, original: str) -> str:
    """How the name of a file of refused lines ends, whose original's ended in *original*."""
    if content.startswith(b"PK"):
        return ".xlsx"
    return ".tsv" if original.lower() == ".tsv" else ".csv"


class _Layout:
    """Where the table lies in its file, and which of its columns are our own from an earlier round."""

    def __init__(self, table: Table):
        self.table = table
        self.above = table.header_line.value
        self.start = _index_of(table.columns[0]) if table.columns else 0
        self.ours = [self.start + index for index in own_columns(table.headers)]
        self.width = max(self.start + len(table.headers) - len(self.ours), 1)

    def rows(self, check: Check, words: Words) -> list[list[str]]:
        """The rows of the file; *words* brings our own words into its script."""
        raw = {record.line: record for record in self.table.records}
        above = [self._theirs(row) for row in self.table.rows[: self.above]]
        if above:
            above[-1] = [*self._fitted(above[-1]), words(ORIGINAL_LINE), words(REASON)]
        return [*above, *(self._refused(line, raw[line.number], words) for line in _refused(check))]

    def faulty(self, check: Check) -> set[tuple[int, int]]:
        """Row and column of the bad cells, from 0, in the file that ``rows`` gives."""
        places = {header: self.start + index for index, header in enumerate(self.table.headers)}
        return {
            (self.above + number, places[fault.column])
            for number, line in enumerate(_refused(check))
            for fault in line.faults
            if fault.column in places
        }

    def _refused(self, line: Line, record: Record, words: Words) -> list[str]:
        secret = {fault.column for fault in line.faults if fault.code == STATE_SECRET.code}
        cells = zip(self.table.headers, record.cells, strict=True)
        row = [*[""] * self.start, *("" if header in secret else cell for header, cell in cells)]
        reasons = "；".join(_sentence(fault, words) for fault in line.faults)
        return [*self._fitted(self._theirs(row)), self._original_line(record), reasons, *record.surplus]

    def _original_line(self, record: Record) -> str:
        """The line in the first file, also after a second round."""
        return record.cells[self.ours[0] - self.start] if self.ours else str(record.line)

    def _theirs(self, row: Sequence[str]) -> list[str]:
        return [cell for index, cell in enumerate(row) if index not in self.ours]

    def _fitted(self, row: list[str]) -> list[str]:
        return [*row[: self.width], *[""] * (self.width - len(row))]


def _refused(check: Check) -> list[Line]:
    return [line for line in check.lines if line.faults]


def _sentence(fault: CellFault, words: Words) -> str:
    sentence = f"{words(str(fault.reason))}（{fault.code}）"
    return f"{fault.column}：{sentence}" if fault.column else sentence


def _index_of(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _text(layout: _Layout, check: Check, encoding: str, delimiter: str) -> bytes:
    """Text in the original's encoding, our words in its script; in UTF-8 where it has no character for one."""
    words = opencc.OpenCC("s2t").convert if encoding in _TRADITIONAL_ONLY else str
    sheet = io.StringIO(newline="")
    rows = layout.rows(check, words)
    csv.writer(sheet, delimiter=delimiter).writerows([guarded(cell) for cell in row] for row in rows)
    try:
        return sheet.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return sheet.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str]], faulty: set[tuple[int, int]], sheet: str) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(sheet_name(sheet))
        wrong = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write_string(
                    number, place, guarded_in_workbook(cell), wrong if (number, place) in faulty else None
                )
    return target.getvalue()
