"""Encryption of what is stored: each thing with a key of its own, which is wrapped with the house's key and lies beside it."""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..sealed_pieces import close_pieces, open_pieces

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
