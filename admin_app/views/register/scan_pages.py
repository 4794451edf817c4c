"""The parent's side of drawing pages of scans: starts the child, limits its time and how many run at once."""

import json
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from ... import confined
from ...confined import Limits

CHILD = Path(__file__).with_name("scan_child.py")
LIMITS = Limits(memory=1_200_000_000, processor=20, clock=30.0)
#: what is drawn at once in a process: each takes a processor and some hundred megabytes
_DRAWING = BoundedSemaphore(2)
#: seconds that a page waits for its turn; longer would take the program's threads from all others
_TURN = 5.0
#: files whose number of pages is known; a file's content never changes under its key
_KNOWN = 1000
_pages: OrderedDict[str, int] = OrderedDict()
#: names of files that have pages to be looked at; what they are in truth was asked when they were sent
SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif")


class NotDrawn(Exception):
    """Why there is no picture: "broken", "too_large", "no_page"."""


class Busy(Exception):
    """Too much is being drawn just now."""


class Drawn(NamedTuple):
    """How many pages there are, and the one asked for as a JPEG; empty where they were only counted."""

    pages: int
    picture: bytes


def count(key: str, read: Callable[[str], bytes]) -> int:
    """How many pages the file stored under *key* has, which *read* fetches; raises NotDrawn and Busy."""
    pages = _pages.get(key)
    if pages is None:
        pages = _pages[key] = _drawn(read(key), 0, "").pages
        if len(_pages) > _KNOWN:
            _pages.popitem(last=False)
    return pages


def draw(content: bytes, page: int, mark: str) -> bytes:
    """The *page* of *content*, from 1, as a JPEG with *mark* all over it; raises NotDrawn and Busy."""
    return _drawn(content, page, mark).picture


def _drawn(content: bytes, page: int, mark: str) -> Drawn:
    if not _DRAWING.acquire(timeout=_TURN):
        raise Busy
    try:
        said = confined.run(CHILD, str(page), mark, content=content, limits=LIMITS)
    except confined.TooMuch:
        raise NotDrawn("too_large") from None
    finally:
        _DRAWING.release()
    line, _newline, picture = said.partition(b"\n")
    answer = json.loads(line)
    if "error" in answer:
        raise NotDrawn(answer["error"])
    return Drawn(answer["pages"], picture)
