"""Text lost before it reached us: ?? and U+FFFD from a wrong save, digits cut off by a sheet (R-IMPT-01)."""

import re
from collections.abc import Sequence

from ...texts import say
from .grid import Row, filled, is_blank
from .table import Place, Unreadable

#: What is left of Chinese after a save in a wrong encoding; the last is U+FFFD read as GBK.
_LOST = re.compile(r"\ufffd|锟斤拷")
_QUESTION_MARKS = re.compile(r"[?？]{2,}[\d\s?？()（）*:：/_.-]*")
#: A spreadsheet's short form of a long number, 4.30626E+17.
_EXPONENT = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d+")
_SIGNS_OF_DAMAGE = ("\ufffd", "锟斤拷", "E+", "e+")

LOST_HEADER = say("第 {line} 行的栏名已变成问号或乱码，文字在保存时就丢了。请从原表另存为 XLSX 再上传")


def damaged_cells(text: str, rows: Sequence[Row]) -> dict[int, frozenset[int]]:
    """Line → indexes of the cells whose value is gone, in a text file; *text* spares a look at rows without any."""
    signs = [sign for sign in _SIGNS_OF_DAMAGE if sign in text]
    found: dict[int, frozenset[int]] = {}
    if not signs:
        return found
    for line, row in enumerate(rows, 1):
        if any(sign in cell for cell in row for sign in signs):
            cells = frozenset(index for index, cell in enumerate(row) if _is_damaged(cell.strip()))
            if cells:
                found[line] = cells
    return found


def _is_damaged(cell: str) -> bool:
    return _LOST.search(cell) is not None or _EXPONENT.fullmatch(cell) is not None


def refuse_lost_header(row: Row, line: int, sheet: str | None = None) -> None:
    """Raises :class:`Unreadable` (``lost_text``) if half the words of the header are gone."""
    cells = [row[index].strip() for index in filled(row)]
    lost = [cell for cell in cells if _QUESTION_MARKS.fullmatch(cell) or _LOST.search(cell)]
    if not is_blank(row) and 2 * len(lost) >= len(cells):
        raise Unreadable("lost_text", say(LOST_HEADER.message, line=line), Place(sheet, line))
