"""Stored files: encrypted each with a key of its own, which is wrapped with the house's key and lies beside it.

The store is a local folder; another place (S3) is another class with the same four methods. What a file is called and
whom it belongs to stands in the database, never in the folder.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from .sealed_pieces import close_pieces, open_pieces

_NONCE, _KEY, _TAG = 12, 32, 16
#: nonce and wrapped data key, then nonce and content
_WRAPPED = _NONCE + _KEY + _TAG


class Seal:
    """Encrypts small and large things alike: AES-256-GCM under a random data key that is wrapped with *wrapping_key*.

    *name* is bound to the content, so that nothing stored can be passed off as something else.
    """

    def __init__(self, wrapping_key: bytes):
        self._wrapping = AESGCM(wrapping_key)

    def close(self, content: bytes, name: str) -> bytes:
        """*content*, encrypted."""
        data_key, about = secrets.token_bytes(_KEY), name.encode()
        wrapped = _encrypt(self._wrapping, data_key, about)
        return wrapped + _encrypt(AESGCM(data_key), content, about)

    def close_pieces(self, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
        """*pieces*, encrypted as they come."""
        return close_pieces(self._wrapping, pieces, name)

    def open_pieces(self, file: BinaryIO, name: str) -> Iterator[bytes]:
        """The content of *file* piece by piece; raises InvalidTag as ``open`` does, before the first piece that is not its own."""
        return open_pieces(self._wrapping, file, name)

    def open(self, sealed: bytes, name: str) -> bytes:
        """The content; raises cryptography's InvalidTag for anything changed or exchanged."""
        about = name.encode()
        data_key = _decrypt(self._wrapping, sealed[:_WRAPPED], about)
        return _decrypt(AESGCM(data_key), sealed[_WRAPPED:], about)


def _encrypt(key: AESGCM, content: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + key.encrypt(nonce, content, about)


def _decrypt(key: AESGCM, sealed: bytes, about: bytes) -> bytes:
    return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)


class FileStore(Protocol):
    """Where files lie; keys are opaque."""

    seal: Seal

    def put(self, content: bytes) -> str:
        """Store *content*; the key to fetch it by."""

    def get(self, key: str) -> bytes:
        """The content; KeyError when there is none."""

    def delete(self, key: str) -> None:
        """Remove it; nothing happens when it is gone already."""


class LocalFiles:
    """A folder of encrypted files, readable by the program's account only."""

    def __init__(self, folder: Path, wrapping_key: bytes):
        self.folder, self.seal = folder, Seal(wrapping_key)

    def put(self, content: bytes) -> str:
        key = secrets.token_hex(20)
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(self.seal.close(content, key))
        return key

    def get(self, key: str) -> bytes:
        try:
            return self.seal.open(self._path(key).read_bytes(), key)
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not (key.isascii() and key.isalnum()):
            raise KeyError(key)
        return self.folder / key[:2] / key


class HeldFiles(LocalFiles):
    """Files that wait for their form to be saved. They belong to no record yet, and to no backup."""

    def drop_older(self, than: datetime) -> None:
        """Remove what was put in before *than* and never saved."""
        for path in self.folder.glob("*/*"):
            if path.stat().st_mtime < than.timestamp():
                path.unlink(missing_ok=True)


class ExportFiles(LocalFiles):
    """Exports that wait for their owner, written and read piece by piece. They expire, and belong to no backup."""

    @staticmethod
    def new_key() -> str:
        """A key to put under, known before there is a file, so that what is left of a killed process can be removed."""
        return secrets.token_hex(20)

    def put_pieces(self, key: str, pieces: Iterable[bytes]) -> int:
        """Store *pieces* as they come; how many bytes they were."""
        path, size = self._path(key), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                size += len(piece)
                yield piece

        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
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


def digest(content: bytes) -> str:
    """SHA-256 of *content*, as hexadecimal digits: what a batch remembers of its file."""
    return hashlib.sha256(content).hexdigest()


def files() -> FileStore:
    """The file store of the running application."""
    settings = current_app.config["SETTINGS"]
    return LocalFiles(settings.data_dir / "files", settings.wrapping_key())


def held_files() -> HeldFiles:
    """The place of the running application for files whose form was refused."""
    settings = current_app.config["SETTINGS"]
    return HeldFiles(settings.data_dir / "held", settings.wrapping_key())


def export_files() -> ExportFiles:
    """The place of the running application for exports made in the background."""
    settings = current_app.config["SETTINGS"]
    return ExportFiles(settings.data_dir / "exports", settings.wrapping_key())
