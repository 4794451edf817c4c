"""The base of all kinds of field: how a value is stored, read from what people write, shown, and masked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.types import TypeEngine

from ..texts import Text, Word

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: full-width ASCII and the ideographic space to their half-width forms
HALF_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


class Fault(ValueError):
    """A value that can't be read: a stable *code* (bad_date, too_long …) and the *reason* in words."""

    def __init__(self, code: str, reason: Text):
        super().__init__(str(reason))
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Reading:
    """What reading and showing a value may depend on: the zone, and the labels of code lists.

    ``options`` maps a list's name to its codes and labels in order; ``retired`` codes still show but can't be chosen;
    ``also`` maps what else may be written for a code to it.
    """

    zone: ZoneInfo = SHANGHAI
    options: Callable[[str], Mapping[str, str]] = field(default=lambda codes: {})
    retired: Callable[[str], frozenset[str]] = field(default=lambda codes: frozenset())
    #: what of a value is the program's own, such as yes and no, in the reader's language
    word: Callable[[Word | Text], str] = str
    also: Callable[[str], Mapping[str, str]] = field(default=lambda codes: {})

    def allowing(self, codes: Iterable[str]) -> "Reading":
        """The same, but *codes* can be chosen even if retired: a record keeps what it holds, a filter asks for it."""
        allowed = frozenset(codes)
        return replace(self, retired=lambda name: self.retired(name) - allowed)


class Kind:
    """One kind of value. Instances are immutable and shared by every field of the kind."""

    #: the type named by ``registers --json``
    name = "text"
    #: the operators a filter on this kind offers, the first being the default
    operators: tuple[str, ...] = ("equals",)
    align = "left"
    #: the width of the box that takes it: s, m, l or full
    width = "m"
    max_length: int | None = None
    #: whether its values are keys of stored files, which keep those files from being swept
    keeps_files = False
    #: whether its values are words, which a search in pinyin finds too
    words = False
    #: whether its values are texts that are shown as they are kept
    told_as_kept = False

    def column_type(self) -> TypeEngine[Any]:
        raise NotImplementedError

    def parse(self, text: str, reading: Reading) -> Any:
        """The value written as *text* (never blank); raises :class:`Fault`."""
        raise NotImplementedError

    def span(self, text: str, reading: Reading) -> tuple[Any, Any]:
        """The first and the last value that *text* means: both the same, but for a moment given as a day or a minute."""
        value = self.parse(text, reading)
        return value, value

    def text(self, value: Any, reading: Reading) -> str:
        """*value* as an office writes it; ``parse`` reads it back to the same value."""
        return str(value)

    def mask(self, value: Any, reading: Reading) -> str:
        """*value* with what identifies a person covered (R-CONF-06)."""
        return "***"

    def search_key(self, text: str) -> str:
        """What a search for *text* compares with the stored value."""
        return text


def half_width(text: str) -> str:
    """*text* with full-width letters, digits and signs turned to half width, and trimmed."""
    return text.translate(HALF_WIDTH).strip()
