"""A workbook of one sheet, its XML written many cells at a time and packed as it is written (ECMA-376).

Texts stand in their cells: a table of shared ones would have to be kept until the end. A cell has no address, which is then
the one after the last.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import quoteattr

#: what a sheet holds below the line and the headers
MOST_ROWS = 1_048_576 - 2
#: an empty cell, which keeps its place
BLANK = "<c/>"
_TEXT, _END = '<c t="inlineStr"><is><t>', "</t></is></c>"
_SPACED = _TEXT.replace("<t>", '<t xml:space="preserve">')
_BOLD = _TEXT.replace("<c ", '<c s="1" ')
#: what XML gives a meaning or forbids, and what a spreadsheet would take for one of its own escapes
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: a piece is at least so many bytes
_PIECE = 60_000
#: a sheet that may outgrow what plain zip holds is packed as zip64, for which so many cells are reason enough
_LARGE = 10_000_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Sheet:
    """The sheet besides its rows: a line above the headers over their whole width, and how many rows there will be."""

    title: str
    line: str
    headers: Sequence[str]
    rows: int


def text_cell(text: str) -> str:
    """A cell that is typed as text, whatever stands in it."""
    kept = _TEXT if text == text.strip() else _SPACED
    return f"{kept}{_escaped(text)}{_END}" if text else BLANK


def text_cells(texts: Sequence[str | None]) -> list[str]:
    """The same for many: seldom is there anything to escape or any space to keep."""
    filled = list(filter(None, texts))
    if _SPECIAL.search("".join(filled)) or list(map(str.strip, filled)) != filled:
        return [text_cell(text or "") for text in texts]
    return [f"{_TEXT}{text}{_END}" if text else BLANK for text in texts]


def number_cell(number: int | Decimal) -> str:
    return f"<c><v>{number if isinstance(number, int) else float(number)!r}</v></c>"


def workbook_pieces(sheet: Sheet, columns: Iterable[Sequence[Sequence[str]]]) -> Iterator[bytes]:
    """The file, piece by piece; *columns* are the cells of some rows after others, column by column."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in _parts(sheet.title):
            book.writestr(name, _XML + content)
        large = sheet.rows * len(sheet.headers) > _LARGE
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=large) as part:
            part.write((_XML + _before(sheet)).encode())
            for some in columns:
                part.write(f"<row>{'</row><row>'.join(map(''.join, zip(*some, strict=True)))}</row>".encode())
                if sink.size >= _PIECE:
                    yield sink.taken()
            part.write(_after(sheet).encode())
    yield sink.taken()


class _Sink:
    """What was packed since it was last taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def taken(self) -> bytes:
        pieces, self._pieces, self.size = self._pieces, [], 0
        return b"".join(pieces)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"_x{ord(match[0]):04X}_", text)


def _before(sheet: Sheet) -> str:
    """Two rows that stay in place: the line, and the headers in bold."""
    headers = "".join(f"{_BOLD}{_escaped(header)}{_END}" for header in sheet.headers)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(len(sheet.headers), 1)}" width="16" customWidth="1"/></cols>'
        f"<sheetData><row>{text_cell(sheet.line)}</row><row>{headers}</row>"
    )


def _after(sheet: Sheet) -> str:
    last = _letters(max(len(sheet.headers), 2))
    return f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells></worksheet>'


def _letters(number: int) -> str:
    """The name of a column, from 1 on: A to Z, then AA."""
    name = ""
    while number:
        number, place = divmod(number - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def _parts(title: str) -> list[tuple[str, str]]:
    """What a workbook of one sheet consists of besides it: name and content."""
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        ),
        ("_rels/.rels", _relations(("rId1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name={quoteattr(title)} sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            _relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")),
        ),
        ("xl/styles.xml", _STYLES),
    ]


def _relations(*relations: tuple[str, str, str]) -> str:
    each = "".join(f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


#: style 0 is plain, style 1 bold
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
