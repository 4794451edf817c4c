"""The parent's side of drawing pages of scans: starts the child, limits its time and how many run at once."""

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

CHILD = Path(__file__).with_name("scan_child.py")
TIME_LIMIT = 30.0
#: what is drawn at once in a process: each takes a processor and some hundred megabytes
_DRAWING = BoundedSemaphore(2)
#: seconds that a page waits for its turn; longer would take the program's threads from all others
_TURN = 5.0
#: files whose number of pages is known; a file's content never changes under its key
_KNOWN = 1000
_pages: OrderedDict[str, int] = OrderedDict()
#: all the child needs of our environment; the settings, which hold secrets, stay here
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR", "HOME", "XDG_DATA_DIRS")
#: names of files that have pages to be looked at; what they are in truth was asked when they were sent
SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")


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
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    command = [sys.executable, "-I", str(CHILD), str(page), mark]
    if not _DRAWING.acquire(timeout=_TURN):
        raise Busy
    try:
        done = subprocess.run(
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TIME_LIMIT,
            env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotDrawn("too_large") from None
    finally:
        _DRAWING.release()
    if done.returncode:
        raise NotDrawn("too_large")
    line, _newline, picture = done.stdout.partition(b"\n")
    said = json.loads(line)
    if "error" in said:
        raise NotDrawn(said["error"])
    return Drawn(said["pages"], picture)
