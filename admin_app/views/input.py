"""What requests send, before anything is made of it."""

import re
from itertools import chain
from urllib.parse import urlsplit

from flask import abort, request

_WHOLE = re.compile("[0-9]{1,18}")


def whole(text: str | None) -> int | None:
    """The whole number that *text* writes in plain digits, small enough for any column; None for everything else."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def inside(address: str | None) -> str | None:
    """*address* if it stays on this site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return None if urlsplit(address).netloc else address


def came_from() -> str | None:
    """The page of ours that this request was sent from, as path and query.

    Asked of the browser, which tells nobody else, rather than written into the page: what was searched for stays out of it.
    """
    page = urlsplit(request.referrer or "")
    return inside(page._replace(scheme="", netloc="", fragment="").geturl()) if page.netloc == request.host else None


def refuse_nul() -> None:
    """Before each request: 400 for the character that no form sends and PostgreSQL can't keep."""
    pairs = chain(request.args.items(multi=True), request.form.items(multi=True))
    files = (file.filename or "" for file in request.files.values())
    if any("\0" in text for text in chain((request.path,), *pairs, files)):
        abort(400)
