"""Phone numbers and identity numbers: separators and full width normalised, checked, masked in the middle."""

import re

from sqlalchemy import String
from sqlalchemy.types import TypeEngine

from ..texts import say
from .kind import Fault, Kind, Reading, half_width

_SEPARATORS = re.compile(r"[\s\-‐‑–—－()（）./]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LAND_LINE = re.compile(r"0(10|2\d|[3-9]\d{2})[2-8]\d{6,7}(转\d{1,6})?")
_SERVICE = re.compile(r"[48]00\d{7}")
_ABROAD = re.compile(r"\+(?!86)\d{7,15}")


class PhoneKind(Kind):
    """A mobile, a land line with area code, a 400/800 number, or + and country; kept as bare digits (forms.md)."""

    name = "phone"
    operators = ("equals", "contains", "empty", "filled")
    width = "s"
    max_length = 30

    def column_type(self) -> TypeEngine[str]:
        return String(30)

    def parse(self, text: str, reading: Reading) -> str:
        digits = normal_phone(text)
        if not any(shape.fullmatch(digits) for shape in (_MOBILE, _LAND_LINE, _SERVICE, _ABROAD)):
            raise Fault("bad_phone", say("不是有效的电话：手机 11 位，座机请带区号"))
        return digits

    def mask(self, value: str, reading: Reading) -> str:
        return value[:3] + "****" + value[-4:] if len(value) >= 10 else "****" + value[-2:]

    def search_key(self, text: str) -> str:
        return normal_phone(text)


def normal_phone(text: str) -> str:
    """*text* as it would be stored if it is a phone number: half width, no separators, no +86."""
    digits = _SEPARATORS.sub("", half_width(text))
    return re.sub(r"^(\+86|0086)(?=\d)", "", digits)


class IdentityNumberKind(Kind):
    """A resident identity number of 18 places with its check character (GB 11643)."""

    name = "identity_number"
    operators = ("equals", "empty", "filled")
    width = "m"
    max_length = 18
    _WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

    def column_type(self) -> TypeEngine[str]:
        return String(18)

    def parse(self, text: str, reading: Reading) -> str:
        value = re.sub(r"\s", "", half_width(text)).upper()
        if not re.fullmatch(r"\d{17}[\dX]", value):
            raise Fault("bad_identity_number", say("身份证号应为 18 位"))
        check = "10X98765432"[sum(int(d) * w for d, w in zip(value, self._WEIGHTS, strict=False)) % 11]
        if check != value[-1]:
            raise Fault("bad_identity_number", say("身份证号校验位不符，请核对"))
        return value

    def mask(self, value: str, reading: Reading) -> str:
        return value[:3] + "***********" + value[-4:]

    def search_key(self, text: str) -> str:
        return half_width(text).upper()
