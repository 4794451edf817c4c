"""Whole numbers, exact decimals, money and percentages; thousands commas and full width are understood."""

import re
from decimal import Decimal, InvalidOperation

from sqlalchemy import Integer
from sqlalchemy.types import TypeEngine

from ..texts import say
from .columns import Scaled
from .kind import Fault, Kind, Reading, half_width

NUMBER_OPERATORS = ("between", "equals", "empty", "filled")
_PLAIN = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]+)?")


def read_decimal(text: str) -> Decimal:
    """The number written as *text*, commas between thousands allowed; raises :class:`Fault` with bad_number."""
    plain = half_width(text).replace("，", ",")
    try:
        if not plain or not _PLAIN.fullmatch(plain):
            raise InvalidOperation
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise Fault("bad_number", say("应为数字")) from None


class CountKind(Kind):
    """A whole number that fits 32 bits."""

    name = "int"
    operators = NUMBER_OPERATORS
    align = "right"
    width = "s"

    def column_type(self) -> TypeEngine[int]:
        return Integer()

    def parse(self, text: str, reading: Reading) -> int:
        number = read_decimal(re.sub(r"[个人次份辆层页]$", "", half_width(text)))
        if number != number.to_integral_value():
            raise Fault("bad_number", say("应为整数"))
        if abs(number) > 2_147_483_647:
            raise Fault("bad_number", say("数字太大"))
        return int(number)

    def text(self, value: int, reading: Reading) -> str:
        return str(value)


class DecimalKind(Kind):
    """An exact decimal with a fixed number of places, at most 13 digits before the point."""

    operators = NUMBER_OPERATORS
    align = "right"
    width = "s"

    def __init__(self, name: str, places: int, units: str):
        self.name, self.places = name, places
        self._units = re.compile(rf"^[¥￥]|({units})$")

    def column_type(self) -> TypeEngine[Decimal]:
        return Scaled(self.places)

    def parse(self, text: str, reading: Reading) -> Decimal:
        number = read_decimal(self._units.sub("", half_width(text)))
        if abs(number) >= 10**13:
            raise Fault("bad_number", say("数字太大"))
        exact = number.quantize(Decimal(1).scaleb(-self.places))
        if exact != number:
            raise Fault("bad_number", say("最多 {places} 位小数", places=self.places))
        return exact

    def text(self, value: Decimal, reading: Reading) -> str:
        return f"{value:,.{self.places}f}"
