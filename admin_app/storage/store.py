"""What every place of stored files does alike: contents are sealed before they leave, and found by opaque keys alone.

What a file is called and whom it belongs to stands in the database, never where it lies.
"""

import logging
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .seal import Seal


class StoreUnavailable(Exception):
    """The place can't be reached, or takes and gives nothing; the same may succeed in a while."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as its place lists it: by *key*, lying there since *since*."""

    key: str
    since: datetime


class FileStore(ABC):
    """Where files lie, each under the house's seal. Whatever reaches for the place may raise StoreUnavailable."""

    def __init__(self, wrapping_key: bytes):
        self.seal = Seal(wrapping_key)

    def put(self, content: bytes) -> str:
        """Store *content*; the key to fetch it by."""
        key = new_key()
        self.put_sealed(key, self.seal.close(content, key))
        return key

    def get(self, key: str) -> bytes:
        """The content; KeyError when there is none, InvalidTag for what was changed or exchanged."""
        return self.seal.open(self.get_sealed(key), key)

    @abstractmethod
    def put_sealed(self, key: str, sealed: bytes) -> None:
        """Store what is sealed already; FileExistsError where something lies under *key*: nothing is written over."""

    @abstractmethod
    def get_sealed(self, key: str) -> bytes:
        """What lies under *key*, as it lies there; KeyError when there is nothing."""

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove it; nothing happens when it is gone already."""

    @abstractmethod
    def stored(self) -> Iterator[Stored]:
        """Everything that lies there, half-written files of killed processes too; in no particular order."""

    @abstractmethod
    def check(self) -> None:
        """Raise StoreUnavailable unless the place answers; takes a few seconds at most."""


def new_key() -> str:
    """An opaque key that nobody can guess; two never meet."""
    return secrets.token_hex(20)


def place_of(key: str) -> str:
    """Where *key* lies, alike in folder and bucket; KeyError for what can't have been given out."""
    if not (key.isascii() and key.isalnum()):
        raise KeyError(key)
    return f"{key[:2]}/{key}"


def key_at(place: str) -> str | None:
    """The key whose file lies at *place* (``place_of``); None for what isn't ours."""
    key = place.rpartition("/")[2]
    return key if key.isascii() and key.isalnum() and place == place_of(key) else None


def let_go(store: FileStore, key: str) -> None:
    """Delete a file that nothing refers to any more; out of reach, it stays for the night to sweep."""
    try:
        store.delete(key)
    except StoreUnavailable as error:
        logging.getLogger("strongroom").warning("a file without reference is left to the night: %s", error)
