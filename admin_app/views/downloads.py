"""Files that leave: named in Chinese as their reader would name them (RFC 5987), never shown inside the browser."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, stream_with_context

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(content: bytes | Iterable[bytes], name: str) -> Response:
    """*content*, whole or in pieces as they are read, as a file called *name*."""
    suffix = name[name.rfind(".") :]
    body = content if isinstance(content, bytes) else stream_with_context(content)
    response = Response(body, content_type=TYPES.get(suffix, "application/octet-stream"))
    # old programs read the plain name, all others the one behind it
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"download{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
