"""Ids in parts: a statement takes so many parameters and no more, and holds rows in memory that it reads at once."""

from collections.abc import Iterable, Iterator

_AT_ONCE = 500


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """*ids* in order, some hundreds at a time."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), _AT_ONCE):
        yield ordered[first : first + _AT_ONCE]
