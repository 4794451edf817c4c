"""Stored files in a local folder: those of records, what waits for its form, and exports."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from .store import FileStore, Stored, StoreUnavailable, key_at, new_key, place_of

#: what an operator mends: a full or missing disk, a folder that isn't ours, a share that is gone
_OUT_OF_REACH = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENOTDIR,
}  # fmt: skip


class LocalFiles(FileStore):
    """A folder of encrypted files, readable by the program's account only."""

    def __init__(self, folder: Path, wrapping_key: bytes):
        super().__init__(wrapping_key)
        self.folder = folder

    def put_sealed(self, key: str, sealed: bytes) -> None:
        path = self._path(key)
        with _reached(path):
            handle = _created(path)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(handle)  # the record that refers to it is as durable
                _keep_names(path.parent, self.folder)
            except BaseException:
                path.unlink(missing_ok=True)
                raise

    def get_sealed(self, key: str) -> bytes:
        path = self._path(key)
        try:
            with _reached(path):
                return path.read_bytes()
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        path = self._path(key)
        with _reached(path):
            path.unlink(missing_ok=True)

    def stored(self) -> Iterator[Stored]:
        self.check()  # a listing of a folder that can't be read is empty
        with _reached(self.folder):
            for path in self.folder.glob("*/*"):
                if (key := key_at(str(path.relative_to(self.folder)))) is None:
                    continue
                try:
                    yield Stored(key, datetime.fromtimestamp(path.stat().st_mtime, UTC))
                except FileNotFoundError:  # deleted meanwhile
                    continue

    def check(self) -> None:
        """A folder of one's own is there, or made with the first file."""
        if self.folder.exists() and not (self.folder.is_dir() and os.access(self.folder, os.W_OK | os.X_OK)):
            raise StoreUnavailable(f"{self.folder} can't be written")

    def _path(self, key: str) -> Path:
        return self.folder / place_of(key)


#: so long a file waits for its form, and a check for its batch: as long as a session lasts
HELD_FOR = timedelta(hours=12)


class HeldFiles(LocalFiles):
    """Files that wait for their form to be saved. They belong to no record yet, and to no backup."""

    def drop_older(self, than: datetime) -> None:
        """Remove what was put in before *than* and never saved."""
        for one in self.stored():
            if one.since < than:
                self.delete(one.key)


class ExportFiles(LocalFiles):
    """Exports that wait for their owner, written and read piece by piece. They expire, and belong to no backup."""

    @staticmethod
    def new_key() -> str:
        """A key to put under, known before there is a file, so that what is left of a killed process can be removed."""
        return new_key()

    def put_pieces(self, key: str, pieces: Iterable[bytes]) -> int:
        """Store *pieces* as they come; how many bytes they were."""
        size = 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                size += len(piece)
                yield piece

        with os.fdopen(_created(self._path(key)), "wb") as file:
            file.writelines(self.seal.close_pieces(counted(), key))
        return size

    def get_pieces(self, key: str) -> Iterator[bytes]:
        """The content, read as it is asked for; KeyError at once when there is none."""
        try:
            file = self._path(key).open("rb")
        except FileNotFoundError:
            raise KeyError(key) from None
        return self._read(file, key)

    def _read(self, file: BinaryIO, key: str) -> Iterator[bytes]:
        with file:
            yield from self.seal.open_pieces(file, key)


def _keep_names(*folders: Path) -> None:
    """See to it that what was just made in *folders* is still listed there after a power cut: a synced file isn't yet."""
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _created(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _reached(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _OUT_OF_REACH:
            raise
        raise StoreUnavailable(f"{path}: {error.strerror}") from error
