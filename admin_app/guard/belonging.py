"""What belongs to a record follows it: its level as a floor, its scope, its custodian (R-CONF-01/04/05).

Taken over when the belonging record is written, and passed on when the other changes, beneath the row rule, since the
writer need not see both. A request notes the level of what it asks for, which decides who sees all of it (R-CONF-14).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register, links_to, register_named, register_of
from ..permissions import Level
from .session import GuardedSession, elevated, state_of

#: how many changed records are passed on with one statement per register
_AT_ONCE = 200


#: of one flush: register, table and id of what its records belong to -> what they take over
Known = dict[tuple[type[Register], str, int], Any]


def parents_of(session: Session, records: Iterable[Any]) -> Known:
    """What the *records* of one flush belong to, where that is several: asked for, and locked, in one statement per link."""
    wanted: dict[tuple[type[Register], str], set[int]] = {}
    for record in records:
        register = register_of(record)
        for face in _owners(register):
            if (parent_id := getattr(record, face.name)) is not None:
                wanted.setdefault((register, face.to or ""), set()).add(parent_id)
    return {
        (*link, parent_id): parent
        for link, ids in wanted.items()
        for some in (_in_parts(sorted(ids)) if len(ids) > 1 else ())
        for parent_id, parent in _read_all(session, *link, set(some)).items()
    }


def _in_parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def take_over(session: Session, record: Register, known: Known) -> None:
    """Set level floor, scope and inherited fields of *record* from what it belongs to; a blank scope is left alone.

    *known* is filled, so that a thousand records that belong to one ask for it once.
    """
    register = register_of(record)
    for face in _asked_for(register):
        _note_object(session, record, face)
    for face in _owners(register):
        if (parent_id := getattr(record, face.name)) is None:
            continue
        key = register, face.to or "", parent_id
        parent = known[key] if key in known else known.setdefault(key, _read(session, *key))
        if parent is None:
            continue
        record.level = max(record.level, parent["level"])
        for name in _followed(register, face.to or "") - {"level"}:
            if parent[name] is not None or name in record.faces and record.faces[name].inherited:
                setattr(record, name, parent[name])


def owners_level(session: Session, record: Register, hold: bool = False) -> Level | None:
    """The highest level of what *record* belongs to, beneath which it can't be; None where it belongs to nothing.

    *hold*: locked against change on PostgreSQL until this transaction ends.
    """
    owners = ((face.to or "", getattr(record, face.name)) for face in _owners(register_of(record)))
    levels = [_level(session, table, owner_id, hold) for table, owner_id in owners if owner_id is not None]
    return Level(max(levels)) if levels else None


def _note_object(session: Session, record: Any, face: Face) -> None:
    """Old loans from a ledger lead to nothing in the program."""
    if record.object_level is None or inspect(record).attrs[face.name].history.has_changes():
        asked_for = getattr(record, face.name)
        record.object_level = 0 if asked_for is None else _level(session, face.to or "", asked_for)


def _level(session: Session, table: str, record_id: int, hold: bool = True) -> int:
    """The level of what is asked for; where it is to *hold*, locked against change on PostgreSQL until the request is written."""
    columns = register_named(table).__table__.c
    asked = select(columns.level).where(columns.id == record_id)
    return session.connection().execute(asked.with_for_update(read=True) if hold else asked).scalar_one()


def _read(session: Session, register: type[Register], to: str, parent_id: int) -> Any:
    """What *register* takes over from a record of *to*; locked against change on PostgreSQL until this is written."""
    table = register_named(to).__table__
    columns = [table.c[name] for name in sorted(_followed(register, to))]
    query = select(*columns).where(table.c.id == parent_id).with_for_update(read=True)
    return session.connection().execute(query).mappings().first()


def scope_held(record: Any, face: Face) -> dict[str, int | None]:
    """The columns of scope that *record* takes over by its link *face*, as it holds them; empty where it doesn't belong."""
    if not face.belongs:
        return {}
    scope = _followed(type(record), face.to or "") & set(record.declaration.scope_columns())
    return {name: getattr(record, name) for name in sorted(scope)}


@lru_cache(maxsize=1000)
def _owners(register: type[Register]) -> tuple[Face, ...]:
    """The links to what records of *register* belong to."""
    return tuple(face for face in register.faces.values() if face.belongs)


@lru_cache(maxsize=1000)
def _asked_for(register: type[Register]) -> tuple[Face, ...]:
    """The links to what a request asks for."""
    return tuple(face for face in register.faces.values() if face.object)


@lru_cache(maxsize=1000)
def _followed(register: type[Register], to: str) -> set[str]:
    """The columns that records of *register* take over from one of *to*."""
    there = register_named(to).__table__.c
    inherited = (face.name for face in register.faces.values() if face.inherited)
    return {"level", *(name for name in (*inherited, *register.declaration.scope_columns()) if name in there)}


def _children_of(table: str) -> list[tuple[type[Register], str]]:
    """The registers whose records belong to those of *table*, with the field that says so."""
    return [(register, face.name) for register, face in links_to(table) if face.belongs]


def _requests_for(table: str) -> list[tuple[type[Register], str]]:
    """The registers that ask for records of *table*, with the field that says which."""
    return [(register, face.name) for register, face in links_to(table) if face.object]


@event.listens_for(GuardedSession, "after_flush")
def _note(session: Session, context: Any) -> None:
    passed_on: dict[str, set[str]] = {}
    for record in session.dirty:
        if not isinstance(record, Register):
            continue
        table, attributes = record.__tablename__, inspect(record).attrs
        if table not in passed_on:
            passed_on[table] = _passed_on(table)
        if any(attributes[name].history.has_changes() for name in passed_on[table]):
            state_of(session).follow.append((table, record.id))


def _passed_on(table: str) -> set[str]:
    """The columns of *table* whose change others take over."""
    names = {"level"} if _requests_for(table) else set()
    return names.union(*(_followed(register, table) for register, _name in _children_of(table)))


@event.listens_for(GuardedSession, "before_commit")
def _pass_on(session: Session) -> None:
    session.flush()
    state = state_of(session)
    while state.follow:
        waiting, state.follow = state.follow, []
        changed: dict[str, list[int]] = {}
        for table, record_id in dict.fromkeys(waiting):
            changed.setdefault(table, []).append(record_id)
        with elevated(session) as beneath:
            for table, ids in changed.items():
                for some in _in_parts(ids):
                    _update_children(beneath, table, some)


def _update_children(session: Session, table: str, ids: Sequence[int]) -> None:
    """Let what belongs to the records *ids* follow them, many at once: a handover may change thousands."""
    for register, name in _children_of(table):
        children = session.scalars(select(register).where(getattr(register, name).in_(ids))).all()
        parents = _read_all(session, register, table, {getattr(child, name) for child in children})
        for child in children:
            _follow(child, table, parents[getattr(child, name)])
        session.flush()
        session.expunge_all()
    for register, name in _requests_for(table):
        # no change of the request itself: nobody who is writing it need be told
        columns = register.__table__.c
        for record_id in ids:
            session.connection().execute(
                update(register.__table__)
                .where(columns[name] == record_id)
                .values(object_level=_level(session, table, record_id))
            )


def _read_all(session: Session, register: type[Register], to: str, ids: set[int]) -> dict[int, Any]:
    """What *register* takes over from each of *ids*, locked like one of them."""
    table = register_named(to).__table__
    columns = [table.c.id, *(table.c[name] for name in sorted(_followed(register, to)))]
    query = select(*columns).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update(read=True)
    return {row["id"]: row for row in session.connection().execute(query).mappings()}


def _follow(child: Register, table: str, parent: Any) -> None:
    """Like ``take_over``, but a scope that became blank is blank for what belongs to it, too."""
    child.level = max(child.level, parent["level"])
    for name in _followed(type(child), table) - {"level"}:
        setattr(child, name, parent[name])
