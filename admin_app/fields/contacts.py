"""Phone numbers and identity numbers: separators and full width normalised, checked, masked in the middle."""

import re

from sqlalchemy import String
from sqlalchemy.types import TypeEngine

from ..texts import say
from .kind import Fault, Kind, Reading, half_width
from .texts import TextKind

_SEPARATORS = re.compile(r"[\s\-‐‑–—－−()（）./·•]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LAND_LINE = re.compile(r"0(10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_ABROAD = re.compile(r"\+(?!86)[0-9]{7,15}")
#: what stands behind +86 as it is; a land line there has lost the zero of its area code
_WITHOUT_ZERO = re.compile(r"0|1[3-9]|[48]00")
_ATOM, _HOST_NAME = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+", r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
#: a mail address as it is used; no quoted names, and no letters that only some servers take
EMAIL = rf"(?=[^@]{{1,64}}@.{{1,135}}\Z){_ATOM}(?:\.{_ATOM})*@{_HOST_NAME}(?:\.{_HOST_NAME})+"
#: an extension behind a number that is complete without it
_EXTENSION = re.compile(r"(.*[0-9])\s*(?:转|分机|ext\.?|[-‐‑–—－−#])\s*([0-9]{1,6})", re.IGNORECASE)
_EXTENDED = re.compile(r"([0-9]+)转[0-9]{1,6}")


class PhoneKind(Kind):
    """A mobile, a land line with area code, a 400/800 number, or + and country; kept as bare digits (forms.md).

    An extension of a land line or service number follows it as 转8001.
    """

    name = "phone"
    operators = ("equals", "contains", "empty", "filled")
    width = "s"
    max_length = 30
    told_as_kept = True

    def column_type(self) -> TypeEngine[str]:
        return String(30)

    def parse(self, text: str, reading: Reading) -> str:
        number = normal_phone(text)
        if not _is_phone(number):
            raise Fault("bad_phone", say("不是有效的电话：手机 11 位，座机请带区号"))
        return number

    def mask(self, value: str, reading: Reading) -> str:
        return value[:3] + "****" + value[-4:] if len(value) >= 10 else "****" + value[-2:]

    def search_key(self, text: str) -> str:
        return normal_phone(text)


def normal_phone(text: str) -> str:
    """*text* in the one form in which it is stored if it is a phone number; else with its separators gone."""
    plain = half_width(text)
    number = _bare(plain)
    if not _is_phone(number) and (match := _EXTENSION.fullmatch(plain)):
        extended = f"{_bare(match[1])}转{match[2]}"
        return extended if _is_phone(extended) else number
    return number


def _bare(text: str) -> str:
    """*text* without separators and without the country's own code; 00 before another country's is its +."""
    digits = re.sub(r"^00(?=[0-9])", "+", _SEPARATORS.sub("", text))
    if digits.startswith("86") and _MOBILE.fullmatch(digits, 2):
        return digits[2:]
    if not digits.startswith("+86") or digits == "+86":
        return digits
    return digits[3:] if _WITHOUT_ZERO.match(digits, 3) else f"0{digits[3:]}"


def _is_phone(number: str) -> bool:
    if match := _EXTENDED.fullmatch(number):
        return any(shape.fullmatch(match[1]) for shape in (_LAND_LINE, _SERVICE))
    return any(shape.fullmatch(number) for shape in (_MOBILE, _LAND_LINE, _SERVICE, _ABROAD))


class EmailKind(TextKind):
    """A text that is a mail address, which every mail server takes: plain ASCII."""

    def __init__(self) -> None:
        super().__init__("text", 200, "m")

    def parse(self, text: str, reading: Reading) -> str:
        value = super().parse(half_width(text), reading)
        if not is_email(value):
            raise Fault("bad_text", say("不是有效的邮箱地址，请核对"))
        return value


def is_email(text: str) -> bool:
    """Whether *text* is one mail address."""
    return re.fullmatch(EMAIL, text) is not None


class IdentityNumberKind(Kind):
    """A resident identity number of 18 places with its check character (GB 11643)."""

    name = "identity_number"
    operators = ("equals", "empty", "filled")
    width = "m"
    max_length = 18
    told_as_kept = True
    _WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

    def column_type(self) -> TypeEngine[str]:
        return String(18)

    def parse(self, text: str, reading: Reading) -> str:
        value = self.search_key(text)
        if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
            raise Fault("bad_identity_number", say("身份证号应为 18 位"))
        check = "10X98765432"[sum(int(d) * w for d, w in zip(value, self._WEIGHTS, strict=False)) % 11]
        if check != value[-1]:
            raise Fault("bad_identity_number", say("身份证号校验位不符，请核对"))
        return value

    def mask(self, value: str, reading: Reading) -> str:
        return value[:3] + "***********" + value[-4:]

    def search_key(self, text: str) -> str:
        return re.sub(r"\s", "", half_width(text)).upper()
