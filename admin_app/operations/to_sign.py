"""Forms that wait for a signature of one's post, of the registers that say so (``awaited``), for the desk (R-DESK-01)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from ..class_words import Awaited
from ..fields import Face
from ..grants import HEADS
from ..guard.facts import facts_of
from ..guard.readable import where_read
from ..models import Register, all_registers, register_named
from ..permissions import Action, Person
from .in_pages import SIZE, Page
from .leaving.duties import still_open
from .signatures import is_to_sign

#: when a form was written, its register and its id
Key = tuple[datetime, str, int]


class ToSign(NamedTuple):
    """A form, and the signature it waits for."""

    form: Any
    signature: Face


def to_sign(session: Session, person: Person, wanted: int = 1) -> Page:
    """Page *wanted* of the forms that *person* may sign now, the oldest first; two queries for each register that has such
    signatures: which forms wait, no more than are shown by then, and those of the page."""
    asked = [_oldest(session, register, person, max(wanted, 1)) for register in _asked(person)]
    total, waiting = sum(all_of for all_of, _keys in asked), sorted(key for _all, keys in asked for key in keys)
    pages = max(1, -(-total // SIZE))
    number = min(max(wanted, 1), pages)
    here = waiting[(number - 1) * SIZE : number * SIZE]
    forms = {
        (table, form.id): form
        for table in {table for _created_at, table, _id in here}
        for form in _read(session, table, [id_ for _created_at, name, id_ in here if name == table])
    }
    found = [
        (form, face) for _created_at, *key in here if (form := forms.get(tuple(key))) for face in _mine(form, person)
    ]
    return Page([ToSign(*one) for one in found], number, pages, total)


def _oldest(session: Session, register: Any, person: Person, pages: int) -> tuple[int, list[Key]]:
    """How many forms of *register* wait for *person*, and the oldest of them, so many *pages* full."""
    every = func.count().over()
    asked = _unsigned(register, person, register.created_at, register.id, every).order_by(
        register.created_at, register.id
    )
    rows = session.execute(asked.limit(pages * SIZE)).all()
    return rows[0][2] if rows else 0, [(created_at, register.__tablename__, id_) for created_at, id_, _all in rows]


def _asked(person: Person) -> list[Any]:
    """The registers that have signatures of *person*'s post."""
    return [register for register in all_registers().values() if _places(register, person)]


def _places(register: type[Register], person: Person) -> list[tuple[Awaited, Face]]:
    places = ((one, register.faces[one.signature]) for one in Awaited.each(register.awaited))
    return [(one, face) for one, face in places if person.roles & set(face.roles.split())]


def _unsigned(register: Any, person: Person, *columns: Any) -> Select[Any]:
    waits = or_(*(and_(*_turn(register, one, face, person)) for one, face in _places(register, person)))
    return select(*columns).where(waits, still_open(register))


def _read(session: Session, table: str, ids: list[int]) -> Iterable[Any]:
    register = register_named(table)
    return session.scalars(select(register).where(register.id.in_(ids)))


def _turn(register: Any, one: Awaited, face: Face, person: Person) -> Iterator[Any]:
    """That the signature is blank and due, which *person* reads, that what comes before it is filled, and nothing that the form
    says already keeps *person* from judging it (R-ROLE-04)."""
    yield getattr(register, face.name).is_(None)
    yield where_read(register, face, person)
    if one.when:
        yield func.coalesce(getattr(register, one.when), 0) != 0
        yield where_read(register, register.faces[one.when], person)
    if one.posts and not person.roles & frozenset(HEADS):
        yield _above_heads(register, face, person)
    for name in face.after.split():
        yield getattr(register, name).is_not(None)
    if face.signed_with == Action.APPROVE:
        for column in _not_mine(register, face):
            yield column.is_distinct_from(person.id)


def _above_heads(register: Any, face: Face, person: Person) -> Any:
    """What no head can sign: forms of a department that *person* belongs to, and those that a head wrote or is named in."""
    store, department = register_named("store"), register_named("department")
    heads = union_all(select(store.manager_id), select(department.head_id))
    theirs = or_(*(column.in_(heads) for column in _not_mine(register, face)))
    return or_(register.department_id == person.department_id, theirs)


def _not_mine(register: Any, face: Face) -> Iterator[Any]:
    """Who may not judge a form: who wrote it, whom it is about, who has judged it; but for whom the declaration lets."""
    even_by = face.even_by.split()
    if "author" not in even_by:
        yield register.created_by_id
    for other in register.faces.values():
        about = other.party and not other.computed and other.name != face.by
        judged = other.signed_with == Action.APPROVE and other.name not in even_by and other is not face
        if about or judged:
            yield getattr(register, other.name)


def _mine(form: Any, person: Person) -> Iterator[Face]:
    """The first signature that is really theirs, by all that the rules ask."""
    facts = facts_of(type(form), form)
    due = (face for one, face in _places(type(form), person) if not one.when or getattr(form, one.when))
    blank = (face for face in due if getattr(form, face.name) is None)
    yield from [face for face in blank if is_to_sign(form, face, person, facts)][:1]
