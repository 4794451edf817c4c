"""The reading half of the importer: bytes of a file → a table of raw text cells (R-IMPT-01).

Pure: no model, no session, no screen. ``read_table`` is the one way in; whatever it guesses stands in the table with
its reason and can be overruled by ``ReadingChoices``.
"""

from .delimiter import DELIMITER_NAMES, DELIMITERS
from .encoding import ENCODINGS
from .fold import fold, fold_without_unit
from .head import read_at_once, read_head
from .reader import read_table
from .table import (
    Guess,
    Merge,
    Place,
    ReadingChoices,
    Record,
    Remark,
    SheetInfo,
    Table,
    Unreadable,
)
from .vocabulary import Vocabulary

__all__ = [
    "DELIMITERS", "DELIMITER_NAMES", "ENCODINGS", "Guess", "Merge", "Place", "ReadingChoices", "Record", "Remark",
    "SheetInfo", "Table", "Unreadable", "Vocabulary", "fold", "fold_without_unit", "read_at_once",
    "read_head", "read_table",
]  # fmt: skip
