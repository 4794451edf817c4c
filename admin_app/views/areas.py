"""The areas of the menu: the folders the registers lie in, with the title and order each folder states of itself."""

import importlib
from dataclasses import dataclass

from ..models import Register
from ..texts import Word, word


@dataclass(frozen=True)
class Area:
    """A folder of registers."""

    name: str
    title: Word
    order: int


def area_of(register: type[Register]) -> Area:
    """The area of *register*."""
    name = register.declaration.area
    folder = importlib.import_module(f"admin_app.registers.{name}")
    return Area(name, word(folder.TITLE, "title"), folder.ORDER)
