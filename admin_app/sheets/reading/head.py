"""The first lines of a long file, so that it can be looked at and its reading chosen at once (R-IMPT-01, R-IMPT-03).

What is guessed comes out as it does for the whole: encoding and delimiter are guessed from all of the text, header and types of
columns from the first hundred lines. What stands further down, the check reads.
"""

from dataclasses import replace

from .delimiter import guess_delimiter
from .encoding import decode, guess_encoding
from .reader import OLE, ZIP, read_table
from .table import GUESS_ALL, ReadingChoices, Table
from .vocabulary import Vocabulary

#: characters of a text, some thousand lines of a ledger; rows of a workbook
HEAD, HEAD_ROWS = 1 << 17, 3_000
#: bytes of a file that is read as a whole within a second
SHORT_TEXT, SHORT_WORKBOOK = 1 << 20, 1 << 18


def read_at_once(data: bytes, filename: str, vocabulary: Vocabulary, choices: ReadingChoices = GUESS_ALL) -> Table:
    """As much of the table in *data* as can be had while somebody waits: all of a short one; raises Unreadable."""
    short = SHORT_WORKBOOK if _is_workbook(data) else SHORT_TEXT
    read = read_table if len(data) <= short else read_head
    return read(data, filename, vocabulary, choices)


def read_head(data: bytes, filename: str, vocabulary: Vocabulary, choices: ReadingChoices = GUESS_ALL) -> Table:
    """The table as far as the first lines of *data* go, ``cut`` where there are more; raises Unreadable."""
    if _is_workbook(data):
        return read_table(data, filename, vocabulary, choices, HEAD_ROWS)
    encoding = guess_encoding(data, vocabulary, choices.encoding)
    text = decode(data, encoding)
    if len(text) <= HEAD:
        return read_table(data, filename, vocabulary, choices)
    delimiter = guess_delimiter(text, vocabulary, choices.delimiter)
    end = max(text.rfind("\n", 0, HEAD), text.rfind("\r", 0, HEAD)) + 1
    if not text[:end].strip():  # one line without an end, or blank lines alone
        return read_table(data, filename, vocabulary, choices)
    same = replace(choices, encoding="utf-8", delimiter=delimiter.value)
    table = read_table(text[:end].encode("utf-8", "surrogatepass"), filename, vocabulary, same)
    return replace(table, encoding=encoding, delimiter=delimiter, cut=True)


def _is_workbook(data: bytes) -> bool:
    return data.startswith((ZIP, OLE))
