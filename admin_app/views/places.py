"""The registers and pages that a person may open, as the menu and the jump box have them."""

from collections.abc import Sequence
from typing import NamedTuple

from ..models import all_registers
from ..permissions import Person
from .addresses import page_of
from .areas import area_of
from .doors import Door


class Place(NamedTuple):
    """A register or page: its address, its title, and the section of the menu it stands in, with that one's order."""

    url: str
    title: str
    section: str
    order: int


def places(person: Person, doors: Sequence[Door]) -> list[Place]:
    """The registers in which *person* has rights, and the *doors* that open to them."""
    registers = [register for table, register in all_registers().items() if table in person.rights]
    return [
        *(Place(page_of(one), one.declaration.title, area_of(one).title, area_of(one).order) for one in registers),
        *(Place(one.url, one.title.message, one.section.title.message, one.section.order) for one in doors),
    ]
