"""Work that goes on without its browser: who is about it, and how far it is.

Each piece of work has a file in the data folder, which lies beside the stored files and so is there for every process of
the house. Whoever works holds a lock on it, which the kernel lets go of with the process, however that ends: no heartbeat
to wait for. Progress stands in the same file and not in the database, since SQLite's one writer keeps everybody else from
writing until it is done. What was asked for stands with the thing worked on, in the database; this is only about now.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
#: tells how far the work is: stage, done, total
Report = Callable[[str, int, int], None]
#: seconds between two words on the same stage
_EVERY = 0.3
#: bytes of the progress: always as many, so that a reader finds it whole
_ROOM = 120
#: whoever looks whether the lock is held holds it for a moment
_TRIES, _PAUSE = 5, 0.02


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is; *total* is 0 where that isn't known."""

    stage: str
    done: int = 0
    total: int = 0


class Stopped(Exception):
    """Whoever asked for the work wants it no more."""


class Claim:
    """Held by whoever does the work, until ``release``; may be handed to another thread."""

    def __init__(self, handle: int, path: Path):
        self._handle, self._path, self._told = handle, path, ("", 0.0)
        _stop_of(path).unlink(missing_ok=True)  # meant for an earlier work

    def report(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is; the same stage again within a moment isn't written. Raises Stopped where it is to end."""
        before, at = self._told
        if stage == before and time.monotonic() - at < _EVERY:
            return
        if _stop_of(self._path).exists():
            raise Stopped
        self._told = stage, time.monotonic()
        os.pwrite(self._handle, json.dumps([stage, done, total]).ljust(_ROOM).encode(), 0)

    def release(self) -> None:
        _stop_of(self._path).unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
        os.close(self._handle)


class Workplace:
    """The works under way of a house, by names that only the program chooses."""

    def __init__(self, data_dir: Path):
        self.folder = data_dir / "works"

    def claim(self, name: str) -> Claim | None:
        """Take up the work *name*; None while somebody is about it.

        A claim keeps others away; that a work is done once is for the transaction to say that does it.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / name
        for _try in range(_TRIES):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if _taken(handle) and os.fstat(handle).st_nlink:  # whoever held it before may have just removed it
                return Claim(handle, path)
            os.close(handle)
            time.sleep(_PAUSE)
        return None

    def look(self, name: str) -> Progress | None:
        """How far the work *name* is; None when nobody is about it."""
        try:
            handle = os.open(self.folder / name, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _progress(os.pread(handle, _ROOM, 0))
        else:
            return None
        finally:
            os.close(handle)

    def stop(self, name: str) -> None:
        """Ask whoever is about the work *name* to end it; they do when they next say how far it is."""
        if self.look(name):
            _stop_of(self.folder / name).touch(mode=0o600)

    @contextmanager
    def turn(self, name: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait until nobody else in the house has the turn *name*: large works one after another.

        *waiting* is called now and then meanwhile; what it raises ends the wait.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while not _taken(handle):
                waiting()
                time.sleep(_EVERY)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def free_turn(self, name: str) -> Iterator[bool]:
        """Whether nobody has the turn *name*; it is held then, and others wait. For what can be left to another time."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield _taken(handle)
        finally:
            os.close(handle)


def _taken(handle: int) -> bool:
    """Whether the lock on an open file is ours now; it is let go of with the file."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop_of(path: Path) -> Path:
    """The file whose being there asks the work at *path* to end."""
    return path.with_name(path.name + ".stop")


def _progress(written: bytes) -> Progress:
    try:
        return Progress(*json.loads(written))
    except (ValueError, TypeError):  # claimed, and nothing said yet
        return Progress("")


def silent(stage: str, done: int, total: int) -> None:
    """For work that nobody watches."""


def counted(items: Sequence[T], report: Report, stage: str) -> Iterator[T]:
    """*items*, with word of how many are done."""
    for done, item in enumerate(items):
        if done % 50 == 0:
            report(stage, done, len(items))
        yield item
    report(stage, len(items), len(items))
