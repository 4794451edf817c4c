"""Kinds whose value lies in another table: a link to a register, and repeating lines of a form."""

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.types import TypeEngine

from .kind import Kind, Reading


class LinkKind(Kind):
    """A record of another register, by its internal id; people see its title and pick it by look-up."""

    name = "link"
    operators = ("is", "empty", "filled")
    width = "m"

    def __init__(self, to: str):
        self.to = to

    def column_type(self) -> TypeEngine[int]:
        return BigInteger().with_variant(Integer, "sqlite")

    def mask(self, value: Any, reading: Reading) -> str:
        return "***"


class RowsKind(Kind):
    """The repeating lines of a form: rows of a child table, which is no register of its own."""

    name = "rows"
    operators = ()
    width = "full"
