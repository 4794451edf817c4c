"""Reads one workbook from stdin and writes its sheets as lines of JSON; a script for ``confined.run``, since a hostile
workbook makes the reader ask for tens of gigabytes and abort."""

import datetime as dt
import io
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import python_calamine

MAX_CELLS = 20_000_000
MAX_CHARACTERS = 200_000_000
BLOCK = 1_000
#: bytes of a cell with the most characters a spreadsheet allows, each of them escaped
LONGEST_CELL = 1 << 19
#: Spreadsheets keep 15 digits: a longer number has lost its end.
DIGITS_KEPT = 10**15
TOO_LARGE = 3
SIGNS_OF_DAMAGE = ("\ufffd", "锟斤拷", "E+", "e+")

_EXPONENT = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d+")
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)(?<!/)>(?:(?!<(?:\w+:)?c\b).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL
)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')


def as_text(value: object) -> str:
    """A cell as a person would write it: 28.0 is 28, midnight is left out of a date."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        digits = format(value, ".15g")
        return format(Decimal(digits), "f") if "e" in digits else digits
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return str(value)


def damaged_cells(values: list[object], texts: list[str], first_column: int) -> list[int]:
    """The columns of cells that lost digits or characters; most rows are passed over by two quick looks."""
    joined = "\t".join(texts)
    texts_at_risk = any(sign in joined for sign in SIGNS_OF_DAMAGE)
    return [
        column
        for column, value in enumerate(values, first_column)
        if (is_cut_number(value) if type(value) is not str else texts_at_risk and is_lost_text(value))
    ]


def is_cut_number(value: object) -> bool:
    return isinstance(value, (int, float)) and abs(value) >= DIGITS_KEPT


def is_lost_text(value: str) -> bool:
    return "\ufffd" in value or "锟斤拷" in value or _EXPONENT.fullmatch(value.strip()) is not None


def error_cells(data: bytes, position: int) -> dict[tuple[int, int], str]:
    """(row, column), both from 0 → #N/A and the like in the sheet at *position*; calamine gives them as blanks."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = sheet_path(archive, position)
        if name not in archive.namelist():
            return {}
        with archive.open(name) as xml:
            return dict(found for cells in whole_cells(xml) for found in errors_in(cells))


def sheet_path(archive: zipfile.ZipFile, position: int) -> str:
    """The part that holds the sheet at *position* of the workbook's own order."""
    try:
        workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return ""
    sheets = re.findall(r'<(?:\w+:)?sheet\s[^>]*?\b\w+:id="([^"]+)"', workbook)
    if position >= len(sheets):
        return ""
    for relation in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations):
        if f'Id="{sheets[position]}"' in relation:
            target = re.search(r'Target="([^"]+)"', relation)
            return posixpath.join("/xl", target[1]).lstrip("/") if target else ""
    return ""


def whole_cells(xml) -> Iterator[bytes]:
    """The XML in pieces that end with a cell, so that a sheet of any size is scanned in little memory."""
    rest = b""
    while chunk := xml.read(1 << 20):
        head, end, rest = (rest + chunk).rpartition(b"c>")
        if b't="e"' in head:
            yield head + end
        # what goes on for longer than any cell is none: added to at each turn it would take minutes
        rest = rest[-LONGEST_CELL:]


def errors_in(cells: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _ERROR_CELL.finditer(cells):
        if reference := _REFERENCE.search(match[1]):
            column = 0
            for letter in reference[1]:
                column = column * 26 + letter - ord("A") + 1
            yield (int(reference[2]) - 1, column - 1), match[2].decode("utf-8", "replace")


def lines_of(sheet, errors: dict[tuple[int, int], str], most: int | None) -> Iterator[tuple[list[str], list[int]]]:
    """The texts of each row of the sheet from row 1, column A, and the indexes of its damaged cells."""
    # iter_rows gives the blank rows at the top but not the blank columns at the left.
    first_column = sheet.start[1] if sheet.start else 0
    rows_with_errors = {row for row, _ in errors}
    for number, values in enumerate(islice(sheet.iter_rows(), most)):
        texts = [""] * first_column + [value if type(value) is str else as_text(value) for value in values]
        damaged = damaged_cells(values, texts, first_column)
        if number in rows_with_errors:
            texts = [errors.get((number, index), text) for index, text in enumerate(texts)]
        yield texts, damaged


def write_sheet(sheet, errors: dict[tuple[int, int], str], most: int | None) -> int:
    """Sends the rows in blocks, no more than *most*; the number of characters sent."""
    if (sheet.total_height + 1) * (sheet.total_width + 1) > MAX_CELLS:
        raise MemoryError
    sent, rows, damaged = 0, [], {}
    for line, (texts, bad) in enumerate(lines_of(sheet, errors, most), 1):
        rows.append(texts)
        if bad:
            damaged[line] = bad
        if len(rows) == BLOCK:
            sent += send(rows=rows, damaged=damaged)
            rows, damaged = [], {}
            if sent > MAX_CHARACTERS:
                raise MemoryError
    sent += send(rows=rows, damaged=damaged)
    if most is not None and sheet.start and sheet.end[0] >= most:
        sent += send(cut=True)
    return sent


def send(**message: object) -> int:
    return sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")


def write_workbook(data: bytes, most: int | None) -> None:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    left = MAX_CHARACTERS
    for position, about in enumerate(workbook.sheets_metadata):
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
        sheet = workbook.get_sheet_by_name(about.name)
        send(sheet=about.name, hidden=hidden, merged=sheet.merged_cell_ranges or [])
        left -= write_sheet(sheet, error_cells(data, position), most)
        if left < 0:
            raise MemoryError


def main(most: str = "0") -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    try:
        write_workbook(sys.stdin.buffer.read(), int(most) or None)
    except python_calamine.PasswordError:
        send(error="password")
    except MemoryError:
        return TOO_LARGE
    except Exception:
        send(error="broken")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
