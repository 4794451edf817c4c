"""Events that wait for the end of their transaction, packed: a ledger's would take a kilobyte for each of its lines.

They can't be written as they come: who appends to the trail holds its lock until the commit, and everybody else waits.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .chain import Event

#: fewer aren't worth it
_FROM = 100
#: of zlib, the fastest: most of what there is to gain are the words that every line repeats
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """Several events, made by this process for itself alone."""

    content: bytes


#: what waits, in its order
Waiting = Event | Packed


def packed(events: Sequence[Event]) -> Sequence[Waiting]:
    """*events* as they wait."""
    if len(events) < _FROM:
        return events
    return [Packed(zlib.compress(pickle.dumps(events, pickle.HIGHEST_PROTOCOL), _LEVEL))]


def unpacked(waiting: Iterable[Waiting]) -> Iterator[Event]:
    """The events of *waiting*, one after another."""
    for one in waiting:
        if isinstance(one, Packed):
            yield from pickle.loads(zlib.decompress(one.content))
        else:
            yield one
