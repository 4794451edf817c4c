"""Forms that wait for a signature of one's post, of the registers that say so (``awaited``), for the desk (R-DESK-01)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from ..fields import Face
from ..guard.facts import facts_of
from ..guard.readable import where_read
from ..models import Register, all_registers
from ..permissions import Person
from .leaving.duties import still_open
from .signatures import is_to_sign

#: of each register, those that wait longest
_MOST = 50


class ToSign(NamedTuple):
    """A form, and the signature it waits for."""

    form: Any
    signature: Face


def to_sign(session: Session, person: Person) -> list[ToSign]:
    """The forms that *person* may sign now, the oldest first; one query for each register that has such signatures."""
    found = []
    for register in all_registers().values():
        if places := _places(register, person):
            forms = session.scalars(_unsigned(register, places, person))
            found += [ToSign(form, face) for form in forms for face in _mine(form, places, person)]
    return sorted(found, key=lambda one: one.form.created_at)


def _places(register: type[Register], person: Person) -> list[Face]:
    faces = (register.faces[name] for name in register.awaited.split())
    return [face for face in faces if person.roles & set(face.roles.split())]


def _unsigned(register: Any, places: list[Face], person: Person) -> Select[Any]:
    blank = or_(*(and_(*_turn(register, face, person)) for face in places))
    return select(register).where(blank, still_open(register)).order_by(register.created_at, register.id).limit(_MOST)


def _turn(register: Any, face: Face, person: Person) -> Iterator[Any]:
    """That the signature is blank, which *person* reads, and what comes before it is filled."""
    yield getattr(register, face.name).is_(None)
    yield where_read(register, face, person)
    for name in face.after.split():
        yield getattr(register, name).is_not(None)


def _mine(form: Any, places: list[Face], person: Person) -> Iterator[Face]:
    """The first signature that is really theirs: nobody judges what they wrote (R-ROLE-04)."""
    facts = facts_of(type(form), form)
    blank = (face for face in places if getattr(form, face.name) is None)
    yield from [face for face in blank if is_to_sign(form, face, person, facts)][:1]
