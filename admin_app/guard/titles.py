"""What a record is called where another one links to it: its title where the reader sees it, else its number only."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..fields.texts import NumberKind
from ..models import Register, register_named
from ..permissions import Person, View, sees
from .facts import facts_columns, facts_of, granted_ids
from .readable import sees_everything


def number_of(register: type[Register], record: Any) -> str:
    """The number of a record, which may be told of hidden ones too (R-CONF-02, R-CONF-15)."""
    face = number_face(register)
    number = getattr(record, face, None) if face else None
    return number or f"№{record.id}"


def number_face(register: type[Register]) -> str | None:
    """The field that holds the register's own number, if it gives one out."""
    return next((name for name, face in register.faces.items() if isinstance(face.kind, NumberKind)), None)


def title_fields(register: type[Register]) -> list[str]:
    """The fields a title is made of: the key's that are neither masked nor above the record's level."""
    key = [register.faces[name] for name in register.declaration.key]
    return [face.name for face in key if not face.secret and not face.to]


def title_of(register: type[Register], record: Any, person: Person, reading: Reading, granted: bool = False) -> str:
    """The title of a visible record in the fields *person* sees; its number where none is left."""
    facts = facts_of(register, record, granted)
    shown = [register.faces[name] for name in title_fields(register)]
    parts = [
        face.kind.text(getattr(record, face.name), reading)
        for face in shown
        if getattr(record, face.name) is not None and sees(person, register, face, facts) is View.SHOWN
    ]
    return " ".join(parts) or number_of(register, record)


def called(session: Session, record: Register, person: Person, reading: Reading) -> str:
    """What a record at hand is called; asked for only where another record's title is in it."""
    register = type(record)
    if title_fields(register) or number_face(register):
        return title_of(register, record, person, reading, bool(granted_ids(session, register, [record.id])))
    return linked(session, register.__tablename__, [record.id], person, reading)[record.id][0]


def linked(
    session: Session, table: str, ids: Iterable[int], person: Person, reading: Reading
) -> dict[int, tuple[str, str | None]]:
    """id -> (title, public id) of linked records; a hidden one has its number and no public id. Queries don't grow with ids."""
    ids = {id_ for id_ in ids if id_ is not None}
    if not ids:
        return {}
    register = register_named(table)
    rows = session.execute(_titled(register), {"title_ids": list(ids)}).all()
    granted = granted_ids(session, register, ids)
    found = {row.id: (title_of(register, row, person, reading, row.id in granted), row.public_id) for row in rows}
    if not title_fields(register) and number_face(register) is None:
        found |= _by_key_link(session, register, found, person, reading)
    if hidden := ids - found.keys():
        found |= _numbers(session, register, hidden)
    return found


@cache
def _titled(register: type[Register]) -> Select[Any]:
    """What titles are made of, for ids bound at execution; built once, as every page names the reader's store."""
    names = dict.fromkeys([*title_fields(register), *filter(None, [number_face(register)])])
    columns = [
        register.id,
        register.public_id,
        *(getattr(register, name) for name in names),
        *facts_columns(register, names),
    ]
    return select(*columns).where(register.id.in_(bindparam("title_ids", expanding=True)))


def _by_key_link(
    session: Session,
    register: type[Register],
    found: dict[int, tuple[str, str | None]],
    person: Person,
    reading: Reading,
) -> dict[int, tuple[str, str | None]]:
    """Titles of records whose key is a link alone, such as a designer's: what the link leads to is called."""
    face = next((register.faces[name] for name in register.declaration.key if register.faces[name].to), None)
    if face is None or face.secret or face.to == register.__tablename__ or not sees_everything(register, face, person):
        return {}
    links = session.execute(select(register.id, getattr(register, face.name)).where(register.id.in_(found))).all()
    titles = linked(session, face.to or "", (link for _id, link in links), person, reading)
    return {id_: (titles[link][0], found[id_][1]) for id_, link in links if link is not None}


def _numbers(session: Session, register: type[Register], ids: set[int]) -> dict[int, tuple[str, str | None]]:
    """The numbers of hidden records, read beneath the row rule; nothing else of them leaves here."""
    table, face = register.__table__, number_face(register)
    columns = [table.c.id, *([table.c[face]] if face else [])]
    rows = session.connection().execute(select(*columns).where(table.c.id.in_(ids)))
    return {row.id: (number_of(register, row), None) for row in rows}
