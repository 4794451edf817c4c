"""Cells that a spreadsheet would run: kept as they are here, harmless in every file that leaves (R-IMPT-08)."""

import re
from collections.abc import Sequence

#: = + - @ and their full-width forms, tab and carriage return
_RUNS = "=+\\-@＝＋－＠\t\r"
_LIVE = re.compile(f"'*[{_RUNS}]")
_GUARDED = re.compile(f"'+[{_RUNS}]")
_FIRST = frozenset("'=+-@＝＋－＠\t\r")


def guarded(text: str) -> str:
    """*text* with one apostrophe before it where a spreadsheet would run it, or where import would take one off."""
    # most cells begin otherwise, and a register has millions
    return f"'{text}" if text[:1] in _FIRST and _LIVE.match(text) else text


def guarded_column(texts: Sequence[str | None]) -> list[str]:
    """Each of *texts* as :func:`guarded` makes it, blanks as nothing."""
    return [(guarded(text) if text[0] in _FIRST else text) if text else "" for text in texts]


def guarded_in_workbook(text: str) -> str:
    """As :func:`guarded` for a cell that is typed as text, which nothing runs: only what import would change."""
    return f"'{text}" if text[:1] == "'" and _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """*text* without the one apostrophe that :func:`guarded` put before it."""
    return text[1:] if _GUARDED.match(text) else text
