"""Codes on printed labels: a letter for what is labelled, the row's random id, a check character (R-LOAN-11).

The id is the one in addresses, so that a code tells nothing of what it names, and no table has to keep it. In capitals
and digits alone: scanners and input methods change case, and a QR code of them is smaller.
"""

import re
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass

from .book import rule

#: what is labelled -> the first letter of its code
LETTERS = {"archive_item": "W", "archive_file": "A", "archive_place": "G", "employee": "R"}
_TABLES = {letter: table for table, letter in LETTERS.items()}
#: the sixteen characters of the id in base 32, between letter and check character
_CODE = re.compile(rf"[{''.join(_TABLES)}][A-Z2-7]{{26}}[0-9A-Z]")
_PADDING = "======"
#: the alphabet of ISO/IEC 7064, MOD 37,36
_CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a code names: the register's table, and the row's id in addresses."""

    table: str
    public_id: str


@rule("R-LOAN-11", "扫描或输入的内容先统一全角半角、去掉控制字符，再查找。")
def normalised(typed: str) -> str:
    """What was scanned or typed, as it is looked for: half-width, without control characters, spaces single."""
    plain = unicodedata.normalize("NFKC", typed)
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain).split())


def code_of(table: str, public_id: str) -> str:
    """The code for the label of a row; KeyError for a register that has no labels."""
    text = LETTERS[table] + b32encode(public_id.encode()).decode().rstrip("=")
    return text + _check_character(text)


def is_code(text: str) -> bool:
    """Whether *text*, normalised, has the form of a label's code, misread or not."""
    return _CODE.fullmatch(text.upper()) is not None


@rule("R-LOAN-11", "条码带校验位，读错的码不作数。")
def labelled(text: str) -> Labelled | None:
    """What the code *text*, normalised, names; None for what is no code or was misread."""
    code = text.upper()
    if not is_code(code) or _check_character(code[:-1]) != code[-1]:
        return None
    return Labelled(_TABLES[code[0]], b32decode(code[1:-1] + _PADDING).decode("ascii", "replace"))


def _check_character(text: str) -> str:
    """ISO/IEC 7064, MOD 37,36: tells every single wrong character and nearly every two that changed places."""
    product = 36
    for character in text:
        product = ((product + _CHECKED.index(character)) % 36 or 36) * 2 % 37
    return _CHECKED[(37 - product) % 36]
