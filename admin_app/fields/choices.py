"""Choices from a code list (one or several) and yes or no."""

import re
from collections.abc import Mapping

from sqlalchemy import Boolean, String
from sqlalchemy.types import TypeEngine

from ..texts import COMMA, say, word
from .columns import CodeSet
from .kind import Fault, Kind, Reading, half_width

_SEVERAL = re.compile(r"[、；;/\n|]+")
YES, NO = word("是"), word("否")
_YES = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "1", "对"})
_NO = frozenset({"否", "无", "×", "✗", "n", "no", "false", "0", "不", "没有"})


class YesNoKind(Kind):
    """Yes or no; unknown is a blank."""

    name = "yesno"
    operators = ("equals",)
    width = "s"

    def column_type(self) -> TypeEngine[bool]:
        return Boolean()

    def parse(self, text: str, reading: Reading) -> bool:
        word = half_width(text).lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise Fault("unknown_choice", say("请填 是 或 否"))

    def text(self, value: bool, reading: Reading) -> str:
        return reading.word(YES if value else NO)


class CodeKind(Kind):
    """One code of a list; people read and write its label."""

    name = "choice"
    operators = ("in", "not_in", "empty", "filled")
    width = "s"

    def __init__(self, codes: str):
        self.codes = codes

    def column_type(self) -> TypeEngine[str]:
        return String(60)

    def parse(self, text: str, reading: Reading) -> str:
        return find_code(text, reading, self.codes)

    def text(self, value: str, reading: Reading) -> str:
        return reading.options(self.codes).get(value, value)


class CodesKind(Kind):
    """Several codes of a list, in the order written."""

    name = "choices"
    operators = ("in", "empty", "filled")
    width = "l"

    def __init__(self, codes: str):
        self.codes = codes

    def column_type(self) -> TypeEngine[tuple[str, ...]]:
        return CodeSet()

    def parse(self, text: str, reading: Reading) -> tuple[str, ...]:
        options = reading.options(self.codes)
        if _match(text, options, {}) is not None:
            return (find_code(text, reading, self.codes),)
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        if len(parts) == 1:
            parts = [part for part in re.split(r"[,，\s]+", text) if part]
        return tuple(dict.fromkeys(find_code(part, reading, self.codes) for part in parts))

    def text(self, value: tuple[str, ...], reading: Reading) -> str:
        options = reading.options(self.codes)
        return reading.word(COMMA).join(options.get(code, code) for code in value)


def find_code(text: str, reading: Reading, codes: str) -> str:
    """The code whose label (or code) is *text*, width and case aside; raises :class:`Fault` unknown_choice."""
    code = _match(text, reading.options(codes), reading.also(codes))
    if code is None:
        raise Fault("unknown_choice", say("“{value}”不在选项中", value=text.strip()[:40]))
    if code in reading.retired(codes):
        raise Fault("unknown_choice", say("“{value}”已停用", value=text.strip()[:40]))
    return code


def _match(text: str, options: Mapping[str, str], also: Mapping[str, str]) -> str | None:
    wanted = half_width(text).casefold()
    for code, label in options.items():
        if wanted in (half_width(label).casefold(), code.casefold()):
            return code
    return next((code for written, code in also.items() if wanted == half_width(written).casefold()), None)
