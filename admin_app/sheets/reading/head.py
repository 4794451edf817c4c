"""The first lines of a text, so that something of a long one is told at once (R-IMPT-03)."""

from dataclasses import replace

from .encoding import guess_encoding
from .reader import OLE, ZIP, read_table
from .table import GUESS_ALL, ReadingChoices, Table
from .vocabulary import Vocabulary

#: bytes: some thousand lines of a ledger; a multiple of four, as the widest characters want
HEAD = 1 << 17


def read_head(data: bytes, filename: str, vocabulary: Vocabulary, choices: ReadingChoices = GUESS_ALL) -> Table | None:
    """The table as far as the first lines of *data* go, in the encoding of the whole; raises Unreadable.

    None where there is no such part: of a workbook, which can't be read in pieces, and of a text without line ends.
    """
    if data.startswith((ZIP, OLE)):
        return None
    encoding = guess_encoding(data, vocabulary, choices.encoding).value
    text = data[:HEAD].decode(encoding, errors="ignore")
    if len(data) > HEAD:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    if not text.strip():
        return None
    return read_table(text.encode(encoding), filename, vocabulary, replace(choices, encoding=encoding))
