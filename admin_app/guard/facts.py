"""The facts of a record that ``permissions`` decides on, taken from a loaded record or from a row of columns."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..declaration import SCOPE_FIELDS
from ..models import Register
from ..permissions import Facts, Level
from ..working.approvals import RecordParty
from .rows import asks_for_something, party_rows


def facts_names(register: type[Register]) -> list[str]:
    """The columns that the decisions need."""
    links = [face.name for face in register.faces.values() if face.party or face.custodian]
    asked_for = ["object_level"] if asks_for_something(register) else []
    return list(dict.fromkeys(["level", "created_by_id", *register.declaration.scope_columns(), *links, *asked_for]))


def facts_columns(register: type[Register], besides: Container[str] = ()) -> list[Any]:
    return [getattr(register, name) for name in facts_names(register) if name not in besides]


def facts_of(register: type[Register], record: Any, granted: bool = False, signs: int | None = None) -> Facts:
    """*record* is a loaded record or a row with the columns of ``facts_names``; *signs* is who signs it (R-CONF-14)."""
    places = _places(register)
    scope = tuple([getattr(record, name) if name else None for name in places.scope]) if places.scope else None
    return Facts(
        level=record.level,
        scope=scope,  # type: ignore[arg-type]
        author=record.created_by_id,
        parties=tuple([getattr(record, name) for name in places.parties]),
        signs=signs,
        custodian=getattr(record, places.custodian) if places.custodian else None,
        granted=granted,
        object_level=_object_level(record) if places.object else None,
    )


def _object_level(record: Any) -> int:
    """A request whose object's level nobody noted is one for the highest."""
    return Level.TOP_SECRET if record.object_level is None else record.object_level


@dataclass(frozen=True)
class _Places:
    """The columns in which a register keeps the facts; a scope that it lacks is None."""

    scope: tuple[str | None, ...]
    parties: tuple[str, ...]
    custodian: str | None
    object: bool


@cache
def _places(register: type[Register]) -> _Places:
    """Looked up once per register, as facts are taken once per row."""
    scopes, faces = register.declaration.scopes, register.faces.values()
    columns = tuple(column if scope in scopes else None for scope, (column, _) in SCOPE_FIELDS.items())
    return _Places(
        scope=columns if scopes else (),
        parties=tuple(face.name for face in faces if face.party),
        custodian=next((face.name for face in faces if face.custodian), None),
        object=asks_for_something(register),
    )


def granted_ids(session: Session, register: type[Register], ids: Iterable[int]) -> set[int]:
    """Those of *ids* for which the acting person holds a grant."""
    return _of_kinds(session, register, ids, ("granted",))


def signed_ids(session: Session, register: type[Register], ids: Iterable[int]) -> set[int]:
    """Those of *ids* that the acting person has signed or has to sign next."""
    return _of_kinds(session, register, ids, ("next", "signed"))


def _of_kinds(session: Session, register: type[Register], ids: Iterable[int], kinds: tuple[str, ...]) -> set[int]:
    if not register.has_party_table or not (ids := set(ids)):
        return set()
    mine = party_rows(register.__tablename__).where(RecordParty.kind.in_(kinds), RecordParty.record_id.in_(ids))
    return set(session.scalars(select(mine.subquery().c.record_id)))
