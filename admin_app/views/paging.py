"""Which page of a list is asked for, and the way to the ones beside it; all else in the address stays."""

from typing import Any

from flask import request, url_for

from ..operations.in_pages import Page


def wanted_page(name: str = "page") -> int:
    """The page asked for, 1 where the address says none or nonsense."""
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def paging(page: Page, name: str = "page") -> dict[str, Any]:
    """What parts/paging.html shows: how many there are, which page this is, and the addresses before and after it."""
    return {
        "total": page.total, "number": page.number, "pages": page.pages,
        "before": _address(name, page.number - 1) if page.number > 1 else None,
        "after": _address(name, page.number + 1) if page.number < page.pages else None,
    }  # fmt: skip


def _address(name: str, number: int) -> str:
    return url_for(request.endpoint or "", **{**request.args.to_dict(), name: number})
