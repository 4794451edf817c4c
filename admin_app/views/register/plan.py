"""What of a list is alike for all of equal rights who look at the same columns: brought together once, kept until a code list
changes. A request then fills in its rows.

Nothing here depends on a record or on who asks, other than by rights, clearance and language, which are the key.
"""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from ...fields import Face
from ...guard.stamped import Stamped
from ...level_words import LevelWords
from ...models import Register
from ...permissions import Person
from ..fragments import fragment
from ..language import language
from ..words import level_words, reading, words
from .address import Address, columns_for, sortable
from .filter_bar import box
from .filters import operators_of


@dataclass(frozen=True)
class _Standing:
    """Of whom and of what a plan is; the person counts by profile and clearance, on which rights and fields depend."""

    register: type[Register]
    columns: tuple[str, ...]
    profile: str
    clearance: int
    language: str
    levels: LevelWords
    person: Person = field(compare=False)


@dataclass(frozen=True)
class Plan:
    """The plan of a list: its columns, what it may be asked for, and the parts of its page that say so."""

    #: tells this plan from all others
    key: _Standing
    #: name, label and alignment of each column, whether it may be sorted by, and whether then the last comes first
    heads: tuple[tuple[str, str, str, bool, bool], ...]
    filterable: tuple[Face, ...]
    #: a box for each of these with nothing set
    boxes: tuple[Markup, ...]
    #: what the search goes through, in words; empty where nothing is searched
    searched: str
    #: the boxes of the column chooser
    choices: Markup


def plan_of(session: Session, address: Address, person: Person) -> Plan:
    """The plan of the list of *address* for *person*."""
    columns = tuple([face.name for face in address.columns])
    key = _Standing(address.register, columns, person.profile, int(person.clearance), language(), level_words(), person)
    return _plans.get(session, key)


def _make(session: Session, key: _Standing) -> Plan:
    register, offered = key.register, columns_for(key.register, key.person)
    columns = [register.faces[name] for name in key.columns]
    filterable = tuple(_filterable(register, columns, offered))
    read = reading()
    return Plan(
        key,
        tuple((face.name, words(face.label), face.kind.align, sortable(register, face, key.person),
               face.kind.name in ("day", "moment")) for face in columns),
        filterable,
        tuple(box(register, face, 1, None, read) for face in filterable),
        _("、").join([words(face.label) for face in offered if face.search][:3]),
        _choices(register, columns, offered),
    )  # fmt: skip


_plans = Stamped("codes", _make, tables=["code_entry"])


def _filterable(register: type[Register], columns: list[Face], offered: list[Face]) -> list[Face]:
    """What the bar asks for: the fields declared as filters, those in the list first, then the rest of the list (R-LIST-01)."""
    place = {name: number for number, name in enumerate(register.declaration.list)}
    faces = sorted((face for face in offered if face.filter), key=lambda face: place.get(face.name, len(place)))
    faces += [face for face in columns if not face.filter]
    return [face for face in faces if operators_of(register, face)]


def _choices(register: type[Register], columns: list[Face], offered: list[Face]) -> Markup:
    """The boxes of the column chooser, those shown first and in their order."""
    chosen = [face.name for face in columns]
    faces = [*columns, *(face for face in offered if face.name not in chosen)]
    key: tuple[Any, ...] = (register.__tablename__, len(columns), tuple(face.name for face in faces))
    return fragment("parts/list_tools.html", "column_boxes", key, lambda: [
        {"name": face.name, "label": words(face.label), "chosen": face.name in chosen} for face in faces
    ])  # fmt: skip
