"""The lines that are not data, each for a named reason: no line is left out silently (R-IMPT-01, R-IMPT-04)."""

import re
from collections.abc import Iterator, Sequence

from ...texts import Text, say
from .grid import Row, filled, filled_width, is_blank, reads_as_value
from .header import typed_columns
from .levels import Header
from .vocabulary import Vocabulary

DECLARATION = say("分隔符说明")
BLANK = say("空行")
TITLE = say("表头上方")
HEADER = say("表头")
REPEATED = say("重复的表头")
OTHER_LANGUAGE = say("另一种文字的表头")
TOTALS = say("合计行")
SUMS = say("各数等于上面各行之和")
NOTE = say("表下的附注")

#: A label stands in one of so many first cells of the table.
LABEL_CELLS = 3
TOLERANCE = 0.01

_MAYBE_TOTALS = re.compile(r"[计計]|total|sum", re.IGNORECASE)
_TOTALS = re.compile(
    r"(?:本[页頁月日年季周]|[当當][月日年]|全[年月部]|[\d一二三四五六七八九十]+月)?"
    r"(?:合|[总總]|小|共|累)\s*[计計](?:[数數])?[:：]?(?P<amount>.*)"
    r"|(?:grand\s*|sub\s*-?)?total[s:：]*|sum[:：]?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[-+]?[¥￥$]?\s*[\d,，]+(?:\.\d+)?\s*[^\d\s]{0,3}")
_SIGNED = re.compile(r"[\u4e00-\u9fff]{2,6}[:：].*", re.DOTALL)
_REMARK = re.compile(r"(?:(?:[备備][注註]|附?[注註]|[说說]明)\s*[:：\d]|※|\*).*", re.DOTALL)
#: A lone text of this length at the start of a line, outside the key columns, is a sentence about the table.
SENTENCE = 12
_HAN = re.compile(r"[\u3400-\u9fff]")


def left_out(rows: Sequence[Row], header: Header, vocabulary: Vocabulary) -> dict[int, Text]:
    """Line → why it is not data. A line that fills a key column with a value of its type is never left out."""
    rules = _Rules(rows, header, vocabulary)
    found = {line: _above(rows, line, header) for line in range(1, header.last + 1)}
    for line, row in enumerate(rows[header.last :], header.last + 1):
        if reason := rules.reason(row):
            found[line] = reason
    if rules.is_other_language(header.last + 1):
        found[header.last + 1] = OTHER_LANGUAGE
    found.update(rules.tail(found))
    return found


def _above(rows: Sequence[Row], line: int, header: Header) -> Text:
    if line >= header.first:
        return HEADER
    if is_blank(rows[line - 1]):
        return BLANK
    return DECLARATION if line == 1 and rows[0][0].lower().startswith("sep=") else TITLE


class _Rules:
    """The tests of one table, with what they need of its header."""

    def __init__(self, rows: Sequence[Row], header: Header, vocabulary: Vocabulary):
        self.rows = rows
        self.header = header
        words = header.words
        self.first = filled(words)[0] if filled(words) else 0
        self.labels = self.first + LABEL_CELLS
        self.types = typed_columns(words, rows[header.last : header.last + 50], vocabulary)
        # A line of values taken for a header proves nothing about lines equal to it.
        lines = range(header.first, header.last + 1) if not any(map(reads_as_value, words)) else ()
        self.repeats = [_words(rows[line - 1]) for line in lines if line]
        self.first_words = {cell for repeat in self.repeats for cell in repeat[self.first : self.first + 1]}
        self.keys = [index for index, word in enumerate(words) if vocabulary.field_of(word) in vocabulary.keys]

    def reason(self, row: Row) -> Text | None:
        """Why *row*, below the header, is not data by its own looks."""
        first = row[self.first].strip() if self.first < len(row) else ""
        if not first and is_blank(row):
            return BLANK
        if _MAYBE_TOTALS.search("".join(row[: self.labels])) and self.is_totals(row):
            return TOTALS
        if first in self.first_words and _words(row) in self.repeats:
            return REPEATED
        return None

    def is_totals(self, row: Row) -> bool:
        cells = filled(row)
        label = next((index for index in cells if index < self.labels and _is_label(row[index])), None)
        if label is None or self.has_key(row, label):
            return False
        return all(_AMOUNT.fullmatch(row[index].strip()) for index in cells if index != label)

    def has_key(self, row: Row, label: int) -> bool:
        """Whether a key column other than the label's holds a value of its type."""
        return any(
            index != label and index < len(row) and row[index].strip() and self.types[index](row[index].strip())
            for index in self.keys
            if index in self.types
        )

    def is_other_language(self, line: int) -> bool:
        """A second header below the first: one in Han, one without, and no cell reads as its column does."""
        if not self.header.last or line >= len(self.rows):
            return False
        row, above = self.rows[line - 1], self.header.words
        if len(filled(row)) < len(filled(above)) * 0.8 or _in_han(row) == _in_han(above) or not self.types:
            return False
        cells = [row[index].strip() for index in filled(row)]
        if len(set(cells)) < len(cells) or any(map(reads_as_value, cells)):
            return False
        return not any(index < len(row) and reads(row[index].strip()) for index, reads in self.types.items())

    def tail(self, found: dict[int, Text]) -> Iterator[tuple[int, Text]]:
        """Notes below the last full row, then a row of sums without a label."""
        for line in range(len(self.rows), self.header.last, -1):
            if line in found:
                continue
            row = self.rows[line - 1]
            if self.is_note(row):
                yield line, NOTE
                continue
            if self.is_sums(line, found):
                yield line, SUMS
            return

    def is_note(self, row: Row) -> bool:
        """Text about the table: 制表：王凡 审核：李静 in any cells, or one remark at the start."""
        cells = [row[index].strip() for index in filled(row)]
        if len(filled(self.header.words)) <= 2 or self.has_key(row, label=-1):
            return False
        if all(_SIGNED.fullmatch(cell) for cell in cells):
            return True
        if len(cells) > 1 or filled(row)[0] > self.first:
            return False
        sentence = self.first not in self.keys and len(cells[0]) >= SENTENCE
        return sentence or _REMARK.fullmatch(cells[0]) is not None

    def is_sums(self, line: int, found: dict[int, Text]) -> bool:
        """The label cells blank and each number the sum of its column."""
        row = self.rows[line - 1]
        cells = filled(row)
        if cells[0] < self.labels:
            return False
        data = [self.rows[other - 1] for other in range(self.header.last + 1, line) if other not in found]
        columns = ([other[index : index + 1] for other in data] for index in cells)
        return len(data) > 1 and all(map(_equals_sum, (row[index] for index in cells), columns))


def _words(row: Row) -> list[str]:
    return [cell.strip() for cell in row[: filled_width(row)]]


def _is_label(cell: str) -> bool:
    match = _TOTALS.fullmatch(cell.strip())
    if match is None:
        return False
    amount = (match["amount"] or "").strip()
    return not amount or _AMOUNT.fullmatch(amount) is not None


def _in_han(cells: Row) -> bool:
    return _HAN.search("".join(cells)) is not None


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return None


def _equals_sum(total: str, column: list[Row]) -> bool:
    expected = _number(total)
    if expected is None:
        return False
    return abs(sum(_number(cells[0]) or 0.0 for cells in column if cells) - expected) <= TOLERANCE
