"""The grid of a text file: its encoding and delimiter, then its records; a large one is read in a process of its own."""

import csv
import json
from pathlib import Path

from ... import confined
from ...texts import Text, say
from .delimiter import guess_delimiter
from .encoding import decode, guess_encoding
from .grid import Grid, Row, shared
from .limits import limits_for
from .lost import damaged_cells
from .records import read_records
from .table import ReadingChoices, Remark, Unreadable
from .vocabulary import Vocabulary

CHILD = Path(__file__).with_name("text_child.py")
#: bytes from which on a text could take enough memory or time to be felt
CONFINED_FROM = 1 << 20
#: Pages and XML that many programs hand out under the name of a workbook.
MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<meta")
TOO_LARGE = say("表格太大或内容异常，无法读取。请只留需要的行和列，另存后再上传")
#: as many as a spreadsheet has
MOST_COLUMNS = 16_384
NO_CONTENT = say("文件里没有内容")


def read_text(data: bytes, vocabulary: Vocabulary, choices: ReadingChoices) -> Grid:
    """The grid of *data*; raises Unreadable."""
    encoding = guess_encoding(data, vocabulary, choices.encoding)
    text = decode(data, encoding)
    if not text.strip(' ,;|\t\r\n"'):
        raise Unreadable("empty", NO_CONTENT)
    if text[:200].lstrip().lower().startswith(MARKUP):
        raise Unreadable("web_page", say("这是网页或 XML，不是表格。请用表格程序打开后另存为 XLSX 再上传"))
    delimiter = guess_delimiter(text, vocabulary, choices.delimiter)
    read = _read_confined if len(data) >= CONFINED_FROM else _read
    try:
        rows, damaged, remarks = read(text, delimiter.value)
    except (csv.Error, confined.TooMuch) as error:
        # a cell of more than 131,072 characters
        raise Unreadable("too_large", TOO_LARGE) from error
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Unreadable("too_large", TOO_LARGE)
    return Grid(rows, damaged, remarks=remarks, encoding=encoding, delimiter=delimiter)


_Read = tuple[list[Row], dict[int, frozenset[int]], tuple[Remark, ...]]


def _read(text: str, delimiter: str) -> _Read:
    rows, remarks = read_records(text, delimiter)
    return shared(rows), damaged_cells(text, rows), remarks


def _read_confined(text: str, delimiter: str) -> _Read:
    content = text.encode("utf-8", "surrogatepass")
    rows: list[Row] = []
    last: dict = {}
    for line in confined.lines(CHILD, delimiter, content=content, limits=limits_for(len(content))):
        if not line.endswith(b"\n"):  # its end was cut off, which the end of all lines says
            continue
        last = json.loads(line)
        rows.extend(shared(last.get("rows", ())))
    damaged = {int(line): frozenset(cells) for line, cells in last["damaged"].items()}
    return rows, damaged, tuple(Remark(line, Text(reason)) for line, reason in last["remarks"])
