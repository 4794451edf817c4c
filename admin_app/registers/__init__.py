"""The registers: ``registers/<area>/<subject>.py``, one class each, found by walking; the folder tree is the menu.

Registers never import each other; they link by table name, so what a link needs is checked once all are there.
"""

import gc
import pkgutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from sqlalchemy.orm import configure_mappers

from ..fields import DeclarationError, Face
from ..models import Lines, Register, all_registers


def load_all() -> dict[str, type[Register]]:
    """Import every module of the folder tree; table name -> register.

    Raises DeclarationError, naming class and fault, for what a single declaration can't show.
    """
    with uncollected():
        return _load()


@contextmanager
def uncollected() -> Iterator[None]:
    """What a start builds (mapped classes, screens, routes) is kept for ever: looking among it for garbage takes a quarter
    of the start, and later half a second every now and then."""
    was_on, is_first = gc.isenabled(), not all_registers()
    gc.disable()
    try:
        yield
    finally:
        if is_first:
            gc.freeze()
        if was_on:
            gc.enable()


def _load() -> dict[str, type[Register]]:
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        import_module(module.name)
    registers = all_registers()
    for fault in faults(
        registers, [lines for lines in Lines.__subclasses__() if lines.__module__.startswith(__name__)]
    ):
        raise DeclarationError(fault)
    configure_mappers()
    return registers


def faults(registers: dict[str, type[Register]], children: Iterable[type[Lines]]) -> Iterator[str]:
    """What is wrong between the declarations, a sentence each: links, parties, parents, ambiguous headers."""
    for register in registers.values():
        yield from _faults_of_links(register, registers)
        yield from _ambiguous_headers(register)
    for child in children:
        if child.parent_table not in registers:
            yield f"{child.__name__}: its register {child.parent_table} does not exist"
        yield from _faults_of_links(child, registers)


def _faults_of_links(cls: type[Register] | type[Lines], registers: dict[str, type[Register]]) -> Iterator[str]:
    for face in cls.faces.values():
        if face.to and face.to not in registers:
            yield f"{cls.__name__}.{face.name}: links to {face.to}, which does not exist"
        if (face.party or face.custodian) and face.to != "employee":
            yield f"{cls.__name__}.{face.name}: a party or custodian is an employee, not {face.to or face.kind.name}"


def _ambiguous_headers(register: type[Register]) -> Iterator[str]:
    """A header of a ledger that would fill two fields fills neither rightly (R-IMPT-02)."""
    headers = Counter(header for face in register.faces.values() for header in _headers(face))
    if twice := [header for header, fields in headers.items() if fields > 1]:
        yield f"{register.__name__}: the header {', '.join(twice)} names more than one field"


def _headers(face: Face) -> set[str]:
    return {face.label, *face.also}
