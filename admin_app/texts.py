"""Messages as data: the Chinese message id and the values that go into it.

Layers below the screens have no request and no language, so they say *what* is to be said and the views say it
in the reader's language. The Chinese text itself is the message id of the catalogue.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

#: Chinese characters and the punctuation that only Chinese has
_FOREIGN = re.compile(r"[\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


class Word(str):
    """A message id by itself: the label of a field, the title of a register, the name of a level.

    Among the values of a message it is translated like the message, which a plain text, being data, is not. The
    *context* tells two meanings of one Chinese text apart.
    """

    context = ""


class Mark(Word):
    """The shipped name of level *number*, for which a company may have a word of its own (R-CONF-13)."""

    number: int

    def __new__(cls, message: str, number: int) -> Self:
        made = super().__new__(cls, message)
        made.number = number
        return made


def word(message: str, context: str = "") -> Word:
    """A label or title that the program says, e.g. ``word("密级")``; the catalogue is extracted from these calls."""
    made = Word(message)
    if context:
        made.context = context
    return made


@dataclass(frozen=True, slots=True)
class Text:
    """A message id with its values; ``str()`` gives the Chinese sentence."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.fill(self.message)

    def fill(self, template: str) -> str:
        """The values put into *template*: the message id itself or its translation."""
        return template.format(**self.values) if self.values else template


def say(message: str, **values: Any) -> Text:
    """A message for a person, e.g. ``say("借期最多 {days} 天", days=3)``; the catalogue is extracted from these calls."""
    return Text(message, values)


class Titled(StrEnum):
    """Codes of a fixed list, each with what an office calls it: ``DRAFT = "draft", say("草稿")``."""

    title: Text  # type: ignore[assignment]  a text has a method of that name, for which codes have no use

    def __new__(cls, code: str, title: Text) -> Self:
        made = str.__new__(cls, code)
        made._value_, made.title = code, title
        return made


COMMA = word("、")
SEMICOLON = word("；")


@dataclass(frozen=True, slots=True)
class Several:
    """Texts in a row with a message id *between* them; those that are plain are data and stay as they are."""

    parts: tuple[Any, ...]
    between: str = COMMA

    def __str__(self) -> str:
        return self.between.join(str(part) for part in self.parts)


def several(parts: Iterable[Any], between: str = COMMA) -> Several:
    """*parts* listed, e.g. ``say("栏目：{names}", names=several(labels))``."""
    return Several(tuple(parts), between)


def tell(message: Text | Several | str, said: Callable[[str], str]) -> str:
    """*message* in words, *said* giving those of each message id in it; what is data stays as it is."""
    if isinstance(message, Text):
        values = {name: _told(value, said) for name, value in message.values.items()}
        return Text(message.message, values).fill(said(message.message))
    if isinstance(message, Several):
        return said(message.between).join(str(_told(part, said)) for part in message.parts)
    return said(message)


def _told(value: Any, said: Callable[[str], str]) -> Any:
    return tell(value, said) if isinstance(value, Text | Several | Word) else value


def foreign(text: str) -> bool:
    """Whether *text* has a Chinese character, or punctuation that only Chinese has."""
    return _FOREIGN.search(text) is not None


def kept(message: Any) -> str:
    """*message* as JSON, the messages among its values too, for whoever reads it later, in their language."""
    return json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":"))


def kept_text(text: str) -> Any:
    """The message that ``kept`` made *text* of; what is none, a sentence of before, is itself."""
    try:
        return _message(json.loads(text))
    except json.JSONDecodeError:
        return text


def _plain(value: Any) -> Any:
    """A list for what is a message, its kind first; a string for data, as its sentence would have it."""
    match value:
        case Text():
            return ["say", value.message, {name: _plain(one) for name, one in value.values.items()}]
        case Several():
            return ["several", [_plain(part) for part in value.parts], _plain(value.between)]
        case Mark():
            return ["level", str(value), value.number]
        case Word():
            return ["word", str(value), value.context]
        case _:
            return str(value)


def _message(plain: Any) -> Any:
    match plain:
        case ["say", message, values]:
            return Text(message, {name: _message(value) for name, value in values.items()})
        case ["several", parts, between]:
            return Several(tuple(map(_message, parts)), _message(between))
        case ["level", message, number]:
            return Mark(message, number)
        case ["word", message, context]:
            return word(message, context)
        case _:
            return plain
