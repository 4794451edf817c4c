"""An export as CSV, row by row, or as a workbook; text stays text in both, and nothing runs (R-IMPT-08)."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from rustpy_xlsxwriter import FastExcel

from ..fields import Face
from ..guard.cells import Row
from ..permissions import View
from .exporting import Export
from .formulas import guarded, guarded_in_workbook
from .names import sheet_name

_BOM = "\ufeff"
_FLUSHED = 200
_NUMBERS = frozenset({"int", "decimal", "amount", "percentage"})


def csv_chunks(export: Export) -> Iterator[bytes]:
    """UTF-8 with BOM, in pieces as they are read."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    sheet.write(_BOM)
    writer.writerow([guarded(str(export.line))])
    writer.writerow(map(guarded, export.headers))
    for number, cells in enumerate(export.rows(_text)):
        writer.writerow(cells)
        if number % _FLUSHED == 0:
            yield _taken(sheet)
    yield _taken(sheet)


def _text(like: Row, face: Face) -> Callable[[Any], str]:
    told = cache(like.telling(face)) if face.codes else like.telling(face)
    return lambda value: guarded(told(value))


def _taken(sheet: io.StringIO) -> bytes:
    text = sheet.getvalue()
    sheet.seek(0)
    sheet.truncate()
    return text.encode()


def workbook(export: Export) -> bytes:
    """An XLSX with the line of who, when and why above the header; numbers are numbers, all else is text."""
    target, headers = io.BytesIO(), export.headers
    rows = (dict(zip(headers, cells, strict=True)) for cells in export.rows(_typed))
    above = [(0, 0, 0, max(len(headers) - 1, 1), str(export.line))]
    book = FastExcel(target).format(bold_headers=True).freeze(row=2)
    # an empty generator would leave the sheet without its header
    data = rows if export.ids else [dict.fromkeys(headers, "")]
    book.sheet(
        sheet_name(export.register.declaration.title), data, header_row=1, merge_ranges=above, column_width=16
    ).save()
    return target.getvalue()


def _typed(like: Row, face: Face) -> Callable[[Any], str | int | float]:
    if face.kind.name in _NUMBERS and like.view(face) is View.SHOWN:
        return lambda value: value if isinstance(value, int) else float(value)
    told = like.telling(face)
    return lambda value: guarded_in_workbook(told(value))
