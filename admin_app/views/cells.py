"""Cells and filter boxes of lists that aren't a register's, with every name that plain_list.html reads."""

from collections.abc import Iterable
from typing import Any


def blank_cell(text: str | None, tag: str | None = None, href: str | None = None, sub: str | None = None) -> dict[str, Any]:
    """A cell of a list; blank where *text* is None."""
    return {"text": text or "", "href": href, "tag": tag, "masked": False, "reveal_url": None, "long": False, "sub": sub}


def filter_field(
    name: str, label: str, value: str, options: Iterable[tuple[str, str]] | None = None, kind: str = "choice"
) -> dict[str, Any]:
    """A filter of one value: chosen among *options* (value, label), or typed."""
    return {
        "name": name, "label": label, "kind": kind, "operators": [{"key": "equals", "label": label, "takes": 1}],
        "options": None if options is None else [{"value": value, "label": text} for value, text in options],
        "values": [value] if value else [], "chosen": "equals",
    }  # fmt: skip
