"""What a worksheet may be called: at most 31 characters, without those that Excel keeps for itself."""

import re

_KEPT = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31


def sheet_name(title: str) -> str:
    """*title* as the name of a worksheet."""
    return _KEPT.sub("、", title)[:_LONGEST]
