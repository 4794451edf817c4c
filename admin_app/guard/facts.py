"""The facts of a record that ``permissions`` decides on, taken from a loaded record or from a row of columns."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
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
    return Facts(
        record.level,
        places.scope(record) if places.scope else None,
        record.created_by_id,
        places.parties(record),
        signs,
        getattr(record, places.custodian) if places.custodian else None,
        granted,
        _object_level(record) if places.object else None,
    )


def _object_level(record: Any) -> int:
    """A request whose object's level nobody noted is one for the highest."""
    return Level.TOP_SECRET if record.object_level is None else record.object_level


@dataclass(frozen=True)
class _Places:
    """Where a register keeps the facts: what takes them from a record; *scope* is None where it has none."""

    scope: Callable[[Any], tuple[int | None, int | None, int | None]] | None
    parties: Callable[[Any], tuple[int | None, ...]]
    custodian: str | None
    object: bool


@cache
def _places(register: type[Register]) -> _Places:
    """Looked up once per register, as facts are taken once per row."""
    scopes, faces = register.declaration.scopes, register.faces.values()
    columns = [column if scope in scopes else None for scope, (column, _) in SCOPE_FIELDS.items()]
    return _Places(
        scope=_taking(columns) if scopes else None,
        parties=_taking([face.name for face in faces if face.party]),
        custodian=next((face.name for face in faces if face.custodian), None),
        object=asks_for_something(register),
    )


def _taking(names: Sequence[str | None]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the attributes of these *names* from a record; None for one that it lacks."""
    known = [name for name in names if name]
    if len(known) == len(names) > 1:
        return attrgetter(*known)
    return lambda record: tuple([getattr(record, name) if name else None for name in names])


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
