"""The languages that a screen can speak: Chinese as it is written in the program, converted to traditional, and English.

Flask-Babel asks a catalogue for ``ugettext`` and the like; the Chinese one has nothing to look up.
"""

from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "translations"
#: when so many texts were converted, all are forgotten: texts are few, what people typed isn't
_MOST = 20_000


class Catalogue:
    """Every message as it is written."""

    def ugettext(self, message: str) -> str:
        return message

    def upgettext(self, context: str, message: str) -> str:
        """*message* in the one of its meanings that *context* names."""
        return self.ugettext(message)

    def ungettext(self, one: str, many: str, number: int) -> str:
        return self.ugettext(one if number == 1 else many)


CHINESE = Catalogue()


class Translated(Catalogue):
    """Messages by what they are in another language, (context, message) where a text has several meanings."""

    def __init__(self, messages: dict[Any, str]):
        self._messages = messages

    def ugettext(self, message: str) -> str:
        return self._messages.get(message, message)

    def upgettext(self, context: str, message: str) -> str:
        return self._messages.get((context, message)) or self.ugettext(message)


class Converted(Catalogue):
    """Messages in traditional characters, converted on first use."""

    def __init__(self) -> None:
        from opencc import OpenCC

        # Hong Kong's forms keep the words: Taiwan's phrases would call documents and archives the same
        self._convert = OpenCC("s2hk").convert
        self._known: dict[str, str] = {}

    def ugettext(self, message: str) -> str:
        found = self._known.get(message)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[message] = self._convert(message)
        return found


@cache
def english() -> Catalogue:
    from babel.messages.pofile import read_po

    with (FOLDER / "en.po").open("rb") as file:
        # the first entry of a file of this kind has no text of its own and tells about the file
        said = [one for one in read_po(file) if one.id and one.string]
    return Translated({(one.context, one.id) if one.context else one.id: one.string for one in said})


@cache
def traditional() -> Catalogue:
    return Converted()
