"""Bytes of a file → the table of raw text cells, every guess open to the person's choice (R-IMPT-01)."""

from collections.abc import Iterable, Iterator, Mapping

from ...texts import Text, say
from .above import NOTHING, Above, merged_values
from .encoding import NOT_A_TABLE
from .grid import Grid, column_letter, filled, filled_width, is_blank
from .header import guess_header
from .leftout import left_out
from .levels import Header, read_header
from .lost import refuse_lost_header
from .table import GUESS_ALL, ReadingChoices, Record, Table, Unreadable
from .text import NO_CONTENT, read_text
from .vocabulary import Vocabulary
from .workbook import read_workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHER_KINDS = (".doc", ".docx", ".pdf", ".ppt", ".pptx", ".wps", ".png", ".jpg", ".jpeg", ".zip", ".rar", ".7z")
BY_PERSON = say("由您标为不是数据")


def read_table(
    data: bytes, filename: str, vocabulary: Vocabulary, choices: ReadingChoices = GUESS_ALL, most: int = 0
) -> Table:
    """The table in *data*; raises :class:`Unreadable` when there is none.

    The content says what kind of table it is: workbooks named .csv are as common as text named .xls. The end of
    *filename* only turns away what is no table by its own name. Of a workbook no more than *most* rows a sheet, 0 for all.
    """
    if filename.lower().endswith(OTHER_KINDS):
        raise Unreadable("not_a_table", NOT_A_TABLE)
    if not data.strip():
        raise Unreadable("empty", NO_CONTENT)
    is_workbook = data.startswith((ZIP, OLE))
    grid = read_workbook(data, vocabulary, choices.sheet, most) if is_workbook else read_text(data, vocabulary, choices)
    if all(map(is_blank, grid.rows)):
        raise Unreadable("empty", NO_CONTENT)
    return _table(grid, vocabulary, choices)


def _table(grid: Grid, vocabulary: Vocabulary, choices: ReadingChoices) -> Table:
    line = guess_header(grid.rows, vocabulary, choices.header_line)
    header = read_header(grid.rows, line.value, vocabulary, choices.header_levels)
    refuse_lost_header(header.words, header.last, grid.sheet and grid.sheet.value)
    not_data = _with_choices(left_out(grid.rows, header, vocabulary), header, choices, len(grid.rows))
    first, stop = _columns(grid, header, not_data)
    letters = tuple(map(column_letter, range(first, stop)))
    words = [*header.words, *[""] * stop][first:stop]
    return Table(
        header_line=line,
        headers=tuple(words),
        columns=letters,
        records=list(_records(grid, header, not_data, range(first, stop), choices)),
        not_data=not_data,
        lines=len(grid.rows),
        rows=grid.rows,
        header_levels=header.levels,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        sheets=grid.sheets,
        merged=grid.merged,
        remarks=grid.remarks,
        cut=grid.cut,
    )


def _with_choices(guessed: Mapping[int, Text], header: Header, choices: ReadingChoices, lines: int) -> dict[int, Text]:
    """The lines left out after the person's word; a header stays one."""
    kept = {line: why for line, why in guessed.items() if line not in choices.data or line <= header.last}
    named = {line: BY_PERSON for line in choices.not_data if header.last < line <= lines}
    return dict(sorted({**named, **kept}.items()))


def _columns(grid: Grid, header: Header, not_data: Mapping[int, Text]) -> tuple[int, int]:
    """First column and the one behind the last: those named or, as wide as the header's own line, holding data."""
    data = [row for line, row in enumerate(grid.rows, 1) if line not in not_data]
    named = filled(header.words)
    if not named:
        return 0, max(map(filled_width, data), default=0)
    first, stop, widest = named[0], named[-1] + 1, len(header.words)
    if first:
        first = min((filled(row[: first + 1])[0] for row in data if filled(row[: first + 1])), default=first)
    if widest > stop:
        stop = max(stop, max((filled_width(row[:widest]) for row in data), default=stop))
    return first, stop


def _records(
    grid: Grid, header: Header, not_data: Mapping[int, Text], columns: range, choices: ReadingChoices
) -> Iterator[Record]:
    merged = merged_values(grid.rows, grid.merged, header.last) if choices.fill_merged else {}
    above = Above({index for index, column in enumerate(columns) if column_letter(column) in choices.fill_down})
    named = (filled(header.words) or [-1])[-1] + 1
    first, stop, width = columns.start, columns.stop, len(columns)
    for line, row in enumerate(grid.rows, 1):
        if line in not_data:
            continue
        cells = list(row[first:stop])
        cells.extend([""] * (width - len(cells)))
        spanned = _shifted(merged[line], columns) if line in merged else NOTHING
        for index in spanned:
            cells[index] = merged[line][index + first]
        resolved = above.fill(cells) | spanned
        damaged = _shifted(grid.damaged[line], columns) if line in grid.damaged else NOTHING
        surplus = tuple(row[stop : filled_width(row)]) if len(row) > stop else ()
        whole = tuple(cells)
        yield Record(line, row if row == whole else whole, resolved, damaged, len(row) < named, surplus)


def _shifted(indexes: Iterable[int], columns: range) -> frozenset[int]:
    """Indexes in the file's rows as indexes in the table's."""
    return frozenset(index - columns.start for index in indexes if index in columns)
