"""What stands for a text in the index of fragments: how its neighbouring characters sound. Pure.

Two neighbours make a gram; of digits three do, since any two stand in nearly every phone number. A Chinese character is
written as it is read, so that one gram serves who types 建国 and who types jianguo. What words are spelled by has two
kinds more: initials of two and of three neighbours (``j.g``), and the first syllable. A fragment's grams are in every
text that contains it, so that an index of grams proposes all such texts, some others too, and the text itself decides.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, product
from zlib import crc32

from .pinyin import Spelled, completed, readings, spelled

#: whatever changes the grams of a value makes every index stale: count on
VERSION = 1
#: so many grams of a long fragment tell enough, and so many endings of a last syllable are asked for one by one
_ENOUGH, _ENDINGS = 12, 8
_DIGITS, _RUNS = frozenset("0123456789"), re.compile("[0-9]{3,}")


@lru_cache(maxsize=20_000)
def tokens(field: int, value: str, words: bool = False, masked: bool = False) -> frozenset[int]:
    """The grams of a stored value as tokens of the field that has this *place*; a ledger says the same of many rows."""
    return frozenset(crc32(gram.encode(), field) for gram in of_value(value, words, masked))


def of_value(value: str, words: bool = False, masked: bool = False) -> frozenset[str]:
    """The grams of a stored value: *words* are spelled in pinyin, a *masked* one is found by its whole, too."""
    grams = set(_triples(value))
    if not (value.isascii() and value.isdigit()):
        sounds = [_sounds(one) for one in value]
        for (left, lefts), (right, rights) in pairwise(zip(value, sounds, strict=True)):
            if left not in _DIGITS or right not in _DIGITS:
                grams.update(f"{x} {y}" for x, y in product(lefts, rights))
        if words:
            grams.update(_spoken([readings(one) for one in value]))
    if masked:
        grams.add(whole(value))
    return frozenset(grams)


def _spoken(ways: list[tuple[str, ...]]) -> Iterator[str]:
    """Initials of neighbours, and the first syllable; what is no Chinese character has no way to be read."""
    for size in (2, 3):
        for start in range(len(ways) - size + 1):
            yield from map(_initials, product(*ways[start : start + size]))
    yield from (_first(one) for first in ways[:1] for one in first)


def of_fragment(text: str) -> frozenset[str]:
    """Grams that every value has which contains *text*; none where it is too short to tell anything."""
    pairs = (f"{_sounds(x)[0]} {_sounds(y)[0]}" for x, y in pairwise(text) if x not in _DIGITS or y not in _DIGITS)
    return frozenset(sorted({*pairs, *_triples(text, 3)})[:_ENOUGH])


def of_pinyin(text: str) -> Iterator[frozenset[str]]:
    """Grams of what *text* may spell, one set for each way: a value that it spells a part of has all of one set."""
    for one in spelled(text):
        yield from _of_way(one)


def _of_way(one: Spelled) -> Iterator[frozenset[str]]:
    last = one.whole[-1] if one.whole else ""
    if one.initials:
        letters = (*one.whole, one.begins)
        yield frozenset(_initials(letters[at : at + 3]) for at in range(max(len(letters) - 2, 1)))
        return
    known = {f"{x} {y}" for x, y in pairwise(one.whole)}
    endings = completed(one.begins)
    if last and len(endings) > _ENDINGS:
        yield frozenset({*known, _initials((last, one.begins))})
        return
    for ending in endings:
        yield frozenset({*known, f"{last} {ending}" if last else _first(ending)})


def whole(value: str) -> str:
    """The gram of a value as a whole."""
    return f"={value.lower() if value.isascii() else ''.join(map(_folded, value))}"


@lru_cache(maxsize=2000)
def place(table: str, name: str) -> int:
    """What grams of a field are told from those of others by."""
    return crc32(f"{table}.{name} ".encode())


def token(field: int, gram: str) -> int:
    """A gram of the field that has this *place*, in 32 bits: two in millions may share one, which proposes a row too many."""
    return crc32(gram.encode(), field)


def _triples(text: str, step: int = 1) -> Iterator[str]:
    """Three digits of each run at every place, or with a *step* of three only so many as hold them all."""
    for run in _RUNS.findall(text):
        last = len(run) - 3
        yield from (run[at : at + 3] for at in (*range(0, last, step), last))


def _sounds(character: str) -> tuple[str, ...]:
    return readings(character) or (_folded(character),)


def _folded(character: str) -> str:
    """Letters of either case are one."""
    return character.lower()[0]


def _initials(syllables: Iterable[str]) -> str:
    return ".".join(one[0] for one in syllables)


def _first(syllable: str) -> str:
    return f"^{syllable}"
