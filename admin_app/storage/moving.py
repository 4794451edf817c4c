"""Files brought from one place to another, each compared by its digest before the first lets go of it.

Nothing is kept of how far it is: what has gone over is where it belongs, so a run that was cut is simply run again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag

from .store import FileStore, StoreUnavailable


@dataclass
class Moved:
    """What became of a move: how many went over, and the keys of those that don't open and stay where they were."""

    files: int = 0
    damaged: list[str] = field(default_factory=list)


def _nobody(number: int) -> None:
    """Listens where nobody watches."""


def move(source: FileStore, target: FileStore, keep: bool = False, tell: Callable[[int], None] = _nobody) -> Moved:
    """Bring everything from *source* to *target*; with *keep* it stays in *source*, too.

    *tell* hears the number after each file. Raises StoreUnavailable, with what went over gone over.
    """
    moved = Moved()
    for key in [one.key for one in source.stored()]:
        try:
            sealed = source.get_sealed(key)
        except KeyError:  # deleted meanwhile
            continue
        if not _opens(source, key, sealed):
            moved.damaged.append(key)
            continue
        bring(target, key, sealed)
        if not keep:
            source.delete(key)
        moved.files += 1
        tell(moved.files)
    return moved


def bring(target: FileStore, key: str, sealed: bytes) -> None:
    """Have *sealed* lie under *key* in *target*, in place of what a cut has left half-written there."""
    try:
        target.put_sealed(key, sealed)
    except FileExistsError:
        if not _same(target, key, sealed) and not _opens(target, key, target.get_sealed(key)):
            target.delete(key)
            target.put_sealed(key, sealed)
    if not _same(target, key, sealed):
        raise StoreUnavailable(f"what was stored under {key} comes back otherwise")


def _same(target: FileStore, key: str, sealed: bytes) -> bool:
    return sha256(target.get_sealed(key)).digest() == sha256(sealed).digest()


def _opens(store: FileStore, key: str, sealed: bytes) -> bool:
    try:
        store.seal.open(sealed, key)
    except (InvalidTag, ValueError):  # changed, or cut short
        return False
    return True
