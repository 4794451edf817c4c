"""An export as CSV, row by row, or as a workbook; text stays text in both, and nothing runs (R-IMPT-08)."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from ..fields import Face
from ..guard.cells import Row
from ..permissions import View
from ..texts import say
from ..verdicts import Refused, refuse
from .exporting import Export
from .formulas import guarded, guarded_column, guarded_in_workbook
from .moments_told import moments
from .names import sheet_name
from .sheet_xml import BLANK, MOST_ROWS, Sheet, number_cell, text_cell, text_cells, workbook_pieces
from .telling import Column, remembering

_BOM = "\ufeff"
_NUMBERS = frozenset({"int", "decimal", "amount", "percentage"})


def csv_chunks(export: Export) -> Iterator[bytes]:
    """UTF-8 with BOM, in pieces as they are read."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    sheet.write(_BOM)
    writer.writerow([guarded(str(export.line))])
    writer.writerow(map(guarded, export.headers))
    for columns in export.pieces(_texts):
        writer.writerows(zip(*columns, strict=True))
        yield _taken(sheet)
    yield _taken(sheet)


def _texts(like: Row, face: Face, made: Callable[[Any], Any]) -> Column:
    told, shown = like.telling(face), like.view(face) is View.SHOWN
    if shown and face.kind.told_as_kept:
        return guarded_column
    if shown and face.kind.name == "moment":
        return moments(like.reading.zone, lambda value: told(made(value)))
    if face.kind.told_as_kept:  # masked, and nearly each of them differs
        return lambda texts: [guarded(told(text)) if text is not None else "" for text in texts]
    return remembering(lambda value: guarded(told(made(value))), "")


def _taken(sheet: io.StringIO) -> bytes:
    text = sheet.getvalue()
    sheet.seek(0)
    sheet.truncate()
    return text.encode()


def workbook(export: Export) -> Iterator[bytes]:
    """An XLSX with the line of who, when and why above the header, in pieces; numbers are numbers, all else is text.

    Raises Refused too_many_rows for more than a sheet holds.
    """
    if len(export.ids) > MOST_ROWS:
        reason = say(
            "工作簿最多 {most} 条，本次 {rows} 条，请改用 CSV 或缩小筛选范围", most=MOST_ROWS, rows=len(export.ids)
        )
        raise Refused(refuse("R-IMPT-08", "too_many_rows", reason))
    title = sheet_name(export.register.declaration.title)
    sheet = Sheet(title, str(export.line), export.headers, len(export.ids))
    return workbook_pieces(sheet, export.pieces(_cells))


def _cells(like: Row, face: Face, made: Callable[[Any], Any]) -> Column:
    told, shown = like.telling(face), like.view(face) is View.SHOWN
    if shown and face.kind.name in _NUMBERS:
        return remembering(lambda value: number_cell(made(value)), BLANK)
    if shown and face.kind.told_as_kept:
        return lambda texts: text_cells([guarded_in_workbook(text) if text else text for text in texts])
    if shown and face.kind.name == "moment":
        told_moments = moments(like.reading.zone, lambda value: told(made(value)))
        return lambda values: text_cells(told_moments(values))
    if face.kind.told_as_kept:
        return lambda texts: text_cells([guarded_in_workbook(told(text)) if text is not None else "" for text in texts])
    return remembering(lambda value: text_cell(guarded_in_workbook(told(made(value)))), BLANK)
