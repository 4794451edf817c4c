"""The anchor: the newest head of the chain kept in a file outside the database, so that a cut tail shows (R-AUDT-01)."""

import os
from pathlib import Path

from .chain import Head


def keep(head: Head, path: Path) -> None:
    """Add *head* to the anchor file; lines are short, so that appends of several processes don't mix."""
    line = f"{head.seq} {head.digest}\n".encode()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def read(path: Path) -> Head | None:
    """The highest head in the anchor file; None when there is none yet."""
    if not path.exists():
        return None
    heads = [line.split() for line in path.read_text().splitlines() if line.count(" ") == 1]
    if not heads:
        return None
    seq, digest = max(heads, key=lambda pair: int(pair[0]))
    return Head(int(seq), digest)
