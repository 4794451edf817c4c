"""What a company calls the five levels: its own words where it has some, one prefix before them all (R-CONF-13)."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .permissions import Level
from .texts import Mark, Several, Text, tell

#: the settings: the word of each level by its number, and the prefix
NAMES = tuple(f"level_word_{int(level)}" for level in Level)
PREFIX = "level_prefix"


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The *own* word of each level, None where the shipped one stands; *prefix* goes before own and shipped alike."""

    own: tuple[str | None, ...] = (None,) * len(NAMES)
    prefix: str = ""

    def of(self, mark: Mark, translated: Callable[[str], str] = str) -> str:
        """What the level of *mark* is called; only a shipped word has a translation."""
        return self.prefix + (self.own[mark.number] or translated(mark))

    def told(self, message: Text | Several | str) -> str:
        """*message* in Chinese with the company's words: for what is kept or sent, where no reader chose a language."""
        return tell(message, lambda part: self.of(part) if isinstance(part, Mark) else part)

    def labels(self) -> dict[str, str]:
        """Code of each level -> what it is called, as the code list ``level`` has them."""
        return {str(int(level)): self.of(level.label) for level in Level}

    def readings(self) -> dict[str, str]:
        """Whatever a ledger may write for a level -> its code: own and shipped words, with the prefix and without."""
        return {text: str(int(level)) for level in Level for text in self.ways(level)}

    def ways(self, level: Level) -> tuple[str, ...]:
        words = [word for word in (self.own[level], str(level.label)) if word]
        return tuple(dict.fromkeys([self.prefix + word for word in words] + words))


def words_of(values: Mapping[str, str | None]) -> LevelWords:
    """From the settings by their names; those that nobody set are missing or None, a shipped word typed again is none."""
    own = (values.get(name) or None for name in NAMES)
    words = tuple(None if word == level.label else word for level, word in zip(Level, own, strict=True))
    return LevelWords(words, values.get(PREFIX) or "")


def alike(text: str) -> str:
    """*text* as it compares with others: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
