"""Which registers stand for the others in the everyday run; the soak asks every one."""

import os
from functools import cache

from admin_app import registers
from admin_app.models import Register, lines_of

#: whether this is the long run
THOROUGH = bool(os.environ.get("STRONGROOM_SOAK"))
#: one of each shape: no scope, store and owner, a link as key with child lines, need to know, written by operations only
SHAPES = frozenset({"estate", "visitor", "designer", "archive_item", "archive_loan"})
#: asked in full in the everyday run on SQLite too, besides one register of every make
ALWAYS = frozenset(
    {"customer", "employee", "access_request", "archive_file", "consultation", "follow_up", "survey_plan"}
)


def make_of(register: type[Register]) -> tuple[bool, ...]:
    """What tells registers apart for these tests; of those alike in all of it one stands for the others."""
    faces = register.faces.values()
    return (
        bool(register.operations_only),
        bool(register.closes_with),
        any(face.belongs for face in faces),
        any(face.kind.name == "rows" for face in faces),
    )


def everyday() -> frozenset[str]:
    """The registers asked in full in the everyday run; the soak asks all."""
    examples = {make_of(register): table for table, register in reversed(registers.load_all().items())}
    return SHAPES | ALWAYS | frozenset(examples.values())


@cache
def asked() -> tuple[str, ...]:
    """The registers that this run asks in full."""
    return tuple(sorted(registers.load_all() if THOROUGH else everyday()))


@cache
def filled() -> frozenset[str]:
    """The registers that a twin is filled with: those asked, and whatever these can't be without."""
    known, found, waiting = registers.load_all(), set(), [*asked()]
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            lines = (lines_of(known[table], face) for face in known[table].faces.values() if face.kind.name == "rows")
            for owner in (known[table], *lines):
                needed = (
                    face for face in owner.faces.values() if face.to and not owner.__table__.c[face.name].nullable
                )
                waiting += [face.to for face in needed]
    return frozenset(found)
