"""What a company may call the levels, and what is a state secret's mark beside such a word (R-CONF-13)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ..level_words import NAMES, PREFIX, LevelWords, alike
from ..permissions import Level
from ..texts import say
from ..verdicts import Verdict, refuse
from .book import rule
from .figure_kinds import LONGEST_WORD

_STARS = "★⭐"
_STATE = r"[国國]\s*家\s*秘\s*密"
#: what would read as a state secret's mark on a page of ours
_LIKE_STATE = re.compile(rf"[{_STARS}]|[国國]\s*家\s*(?:秘|[机機]|[绝絕])\s*密")


@rule("R-CONF-13", "密级的名称和前缀由公司自定，不得为空、重名、超过六个字，不得带国家秘密标志。")
def may_be_called(words: LevelWords) -> Mapping[str, Verdict]:
    """What is wrong with *words*, by the setting at fault; refused "incomplete", "state_secret", "taken"."""
    faults = {}
    for name, text in (*zip(NAMES, words.own, strict=True), (PREFIX, words.prefix or None)):
        if text is not None and (refusal := _unfit(text)) is not None:
            faults[name] = refusal
    for level in Level:
        faults |= _state_secret(words, level)
    for name, twice in _meant_twice(words).items():
        faults.setdefault(name, twice)
    return faults


def _unfit(text: str) -> Verdict | None:
    if not text.strip() or len(text) > LONGEST_WORD or not text.isprintable():
        return refuse("R-CONF-13", "incomplete", say("请填写，最多 {most} 个字", most=LONGEST_WORD))
    return None


def _state_secret(words: LevelWords, level: Level) -> dict[str, Verdict]:
    """The prefix is at fault where it makes a mark of a word that is none by itself."""
    if not any(_LIKE_STATE.search(way) for way in words.ways(level)):
        return {}
    of_word = _LIKE_STATE.search(words.own[level] or "")
    reason = say("不得带有国家秘密标志，国家秘密不得存入本系统")
    return {NAMES[level] if of_word else PREFIX: refuse("R-CONF-13", "state_secret", reason)}


def _meant_twice(words: LevelWords) -> dict[str, Verdict]:
    """A ledger's word must mean one level: the shipped words are read, too, and go on meaning what they meant."""
    means: dict[str, set[Level]] = {}
    for level in Level:
        for way in words.ways(level):
            means.setdefault(alike(way), set()).add(level)
    doubled = {level: way for way, levels in means.items() if len(levels) > 1 for level in levels}
    return {
        NAMES[level]: refuse("R-CONF-13", "taken", say("“{word}”已是另一密级的名称", word=way))
        for level, way in doubled.items()
        if words.own[level] is not None
    }


@rule("R-CONF-13", "带有“国家秘密”字样，或在密级名称（公司自定的也算）旁带星号的，不得录入。")
def bears_state_mark(text: str, level_words: tuple[str, ...]) -> bool:
    """Whether *text* carries a mark of a state secret; *level_words*: whatever may be written for 秘密 and above."""
    if "密" not in text and not any(star in text for star in _STARS):
        return False
    return _mark(level_words).search(text) is not None


@lru_cache(maxsize=20)
def _mark(level_words: Iterable[str]) -> re.Pattern[str]:
    """In Simplified and Traditional."""
    words = "|".join(("秘密", "[机機]密", "[绝絕]密", *map(re.escape, level_words)))
    return re.compile(rf"{_STATE}|[{_STARS}]\s*(?:{words})|(?:{words})\s*[{_STARS}]", re.IGNORECASE)
