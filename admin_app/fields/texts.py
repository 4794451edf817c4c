"""Kinds that are plain text: short, long, numbers given out by the program, attachments."""

import unicodedata

from sqlalchemy import String
from sqlalchemy import Text as SqlText
from sqlalchemy.types import TypeEngine

from ..texts import say
from .kind import Fault, Kind, Reading

TEXT_OPERATORS = ("contains", "equals", "starts", "empty", "filled")


class TextKind(Kind):
    """Text of a bounded length, stored as typed (R-IMPT-08: a leading ``=`` is nothing special)."""

    operators = TEXT_OPERATORS
    told_as_kept = True

    def __init__(self, name: str, max_length: int, width: str, long: bool = False):
        self.name, self.max_length, self.width, self.long = name, max_length, width, long
        self.words = name == "text"

    def column_type(self) -> TypeEngine[str]:
        return SqlText() if self.long else String(self.max_length)

    def parse(self, text: str, reading: Reading) -> str:
        value = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(value) > self.max_length:
            raise Fault(
                "too_long", say("最多 {limit} 个字，现有 {length} 个", limit=self.max_length, length=len(value))
            )
        if "\x00" in value:
            raise Fault("bad_text", say("含有无法保存的字符"))
        return value

    def mask(self, value: str, reading: Reading) -> str:
        return value[:1] + "***" if value else ""


class NumberKind(TextKind):
    """A number given out by the program (R-ARCH-01), never typed."""

    def __init__(self) -> None:
        super().__init__("number", 40, "s")


class AttachmentKind(TextKind):
    """A stored file as ``<storage key>/<its name>``; the bytes lie outside the database, encrypted. Uploaded, never typed."""

    operators = ("filled", "empty")
    keeps_files = True
    told_as_kept = False

    def __init__(self) -> None:
        super().__init__("attachment", 300, "l")

    def parse(self, text: str, reading: Reading) -> str:
        raise Fault("bad_text", say("附件只能上传，不能填写"))

    def text(self, value: str, reading: Reading) -> str:
        return value.partition("/")[2]

    def mask(self, value: str, reading: Reading) -> str:
        return "***"
