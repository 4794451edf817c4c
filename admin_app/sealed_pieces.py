"""Large content encrypted piece by piece, so that neither writing nor reading holds it whole.

A random data key is wrapped as ``storage.Seal`` does; each piece is AES-256-GCM under it. The nonce counts the pieces and
marks the last, so that pieces exchanged, left out or cut off at the end don't open. The key is new for each file, so no
nonce is used twice under it.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: bytes of a piece before it is encrypted
PIECE = 256 * 1024
_NONCE, _KEY, _TAG = 12, 32, 16
_WRAPPED = _NONCE + _KEY + _TAG


def close_pieces(wrapping: AESGCM, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """*pieces* of any length, encrypted; *name* is bound to each."""
    data_key, nonce, about = secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE), name.encode()
    yield nonce + wrapping.encrypt(nonce, data_key, about)
    cipher, waiting, number = AESGCM(data_key), bytearray(), 0
    for piece in pieces:
        waiting += piece
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:PIECE]), about)
            del waiting[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), about)


def open_pieces(wrapping: AESGCM, file: BinaryIO, name: str) -> Iterator[bytes]:
    """The content of *file*; raises cryptography's InvalidTag at the first piece that was changed, moved or is missing."""
    about, wrapped = name.encode(), file.read(_WRAPPED)
    cipher = AESGCM(wrapping.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], about))
    number, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        yield cipher.decrypt(_nonce(number, last=not following), piece, about)
        if not following:
            return
        number, piece = number + 1, following


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + (b"\x01" if last else b"\x00")
