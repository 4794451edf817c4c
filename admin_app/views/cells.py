"""Cells and filter boxes of lists that aren't a register's, with every name that plain_list.html reads."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from .fragments import rendered


def blank_cell(text: str | None, tag: str | None = None, sub: str | None = None) -> dict[str, Any]:
    """A cell of a list; blank where *text* is None."""
    return {"text": text or "", "href": None, "tag": tag, "masked": False, "reveal_url": None, "sub": sub}


def filter_field(
    name: str, label: str, value: str, options: Iterable[tuple[str, str]] | None = None, kind: str = "choice"
) -> Markup:
    """A filter of one value: chosen among *options* (value, label), or typed."""
    field = {
        "name": f"f-{name}",
        "label": label,
        "kind": kind,
        "operators": [{"key": "equals", "label": label, "takes": 1}],
        "options": [{"value": key, "label": text} for key, text in options or ()],
        "values": [value] if value else [],
        "chosen": "equals",
    }
    return rendered("parts/filters.html", "condition", field)
