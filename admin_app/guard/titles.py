"""What a record is called where another one links to it: its title where the reader sees it, else its number only."""

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..fields.texts import NumberKind
from ..models import Register, register_named
from ..permissions import Person, View, sees
from .facts import facts_columns, facts_of, granted_ids
from .prepared import PREPARED
from .rows import kept


def number_of(register: type[Register], record: Any) -> str:
    """The number of a record, which may be told of hidden ones too (R-CONF-02, R-CONF-15)."""
    face = number_face(register)
    number = getattr(record, face, None) if face else None
    return number or f"№{record.id}"


def number_face(register: type[Register]) -> str | None:
    """The field that holds the register's own number, if it gives one out."""
    return next((name for name, face in register.faces.items() if isinstance(face.kind, NumberKind)), None)


def named_by(register: type[Register]) -> Sequence[str]:
    """The fields that its records are called by: those declared for it, else the key's."""
    return register.called.split() or register.declaration.key


def title_fields(register: type[Register]) -> list[str]:
    """The fields a title is made of: those it is named by that are neither links, masked nor above the record's level."""
    faces = [register.faces[name] for name in named_by(register)]
    return [face.name for face in faces if not face.secret and not face.to]


def title_link(register: type[Register]) -> Face | None:
    """The link that is told in a title: whose visit, which site's survey; a key's only where no number tells the record."""
    if number_face(register) is not None and not register.called:
        return None
    links = (register.faces[name] for name in named_by(register) if register.faces[name].to)
    return next((face for face in links if not face.secret and face.to != register.__tablename__), None)


def title_of(
    register: type[Register], record: Any, person: Person, reading: Reading, granted: bool = False, of: str | None = None
) -> str:  # fmt: skip
    """The title of a visible record in the fields *person* sees, with what its link is called, *of*, in its place.

    The record's number where nothing is left.
    """
    facts, link = facts_of(register, record, granted), title_link(register)
    parts = []
    for name in named_by(register):
        face = register.faces[name]
        if face is link:
            parts.append(of or "")
        elif face.secret or face.to or getattr(record, name) is None:
            continue
        elif sees(person, register, face, facts) is View.SHOWN:
            parts.append(face.kind.text(getattr(record, name), reading))
    return " ".join(filter(None, parts)) or number_of(register, record)


def called(session: Session, record: Register, person: Person, reading: Reading) -> str:
    """What a record at hand is called; asked for only where another record's title is in it."""
    register = type(record)
    if title_link(register) is None:
        return title_of(register, record, person, reading, bool(granted_ids(session, register, [record.id])))
    return linked(session, register.__tablename__, [record.id], person, reading)[record.id][0]


def linked(
    session: Session, table: str, ids: Iterable[int], person: Person, reading: Reading, of: bool = True
) -> dict[int, tuple[str, str | None]]:
    """id -> (title, public id) of linked records; a hidden one has its number and no public id. Queries don't grow with ids.

    *of*: with what the title's link is called; without, where the record has words of its own.
    """
    ids = {id_ for id_ in ids if id_ is not None}
    if not ids:
        return {}
    register = register_named(table)
    rows = session.execute(kept(session, _titled, register), {"title_ids": list(ids)}).all()
    granted = granted_ids(session, register, ids)
    links = _links(session, register, rows, granted, person, reading) if of or not title_fields(register) else {}
    found = {
        row.id: (title_of(register, row, person, reading, row.id in granted, links.get(row.id)), row.public_id)
        for row in rows
    }
    if hidden := ids - found.keys():
        found |= _numbers(session, register, hidden)
    return found


def _titled(register: type[Register]) -> Select[Any]:
    """What titles are made of, for ids bound at execution."""
    link = title_link(register)
    names = dict.fromkeys(
        [*title_fields(register), *filter(None, [number_face(register), link.name if link else None])]
    )
    columns = [
        register.id,
        register.public_id,
        *(getattr(register, name) for name in names),
        *facts_columns(register, names),
    ]
    titled = select(*columns).where(register.id.in_(bindparam("title_ids", expanding=True)))
    return titled.execution_options(**PREPARED)


def _links(
    session: Session, register: type[Register], rows: Sequence[Any], granted: Container[int], person: Person, reading: Reading
) -> dict[int, str]:  # fmt: skip
    """id -> what the link of its title is called, of the *rows* whose link and linked record the reader sees."""
    face = title_link(register)
    if face is None:
        return {}
    wanted = {
        row.id: getattr(row, face.name)
        for row in rows
        if sees(person, register, face, facts_of(register, row, row.id in granted)) is View.SHOWN
    }
    titles = linked(session, face.to or "", wanted.values(), person, reading, of=False)
    return {id_: titles[link][0] for id_, link in wanted.items() if link is not None and titles[link][1] is not None}


def _numbers(session: Session, register: type[Register], ids: set[int]) -> dict[int, tuple[str, str | None]]:
    """The numbers of hidden records, read beneath the row rule; nothing else of them leaves here."""
    rows = session.connection().execute(_numbered(register), {"number_ids": list(ids)})
    return {row.id: (number_of(register, row), None) for row in rows}


@cache
def _numbered(register: type[Register]) -> Select[Any]:
    table, face = register.__table__, number_face(register)
    numbered = select(table.c.id, *([table.c[face]] if face else []))
    wanted = table.c.id.in_(bindparam("number_ids", expanding=True))
    return numbered.where(wanted).execution_options(**PREPARED)
