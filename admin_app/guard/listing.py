"""A page of a register: ids proposed by limited branches on scope-led indexes, rows loaded under the row rule.

One OR of level, scope and party makes both databases sort whole stores; a UNION of branches, each limited, does not. The
branches only *propose*: the rows are then loaded by ORM under the criterion, so that a wrong branch may lose a row but
never show one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register
from ..permissions import Person
from .readable import sort_key
from .rows import Bare, other_branches, scope_branch
from .session import acting

#: a total is exact up to here, and "1,000+" beyond until asked for
COUNTED_TO = 1000


@dataclass
class ListQuery:
    """What a list asks for. ``conditions`` come from ``guard.conditions``, already bound to what the person reads."""

    register: type[Register]
    columns: Sequence[str]
    conditions: list[Any] = field(default_factory=list)
    sort: Face | None = None
    descending: bool = True
    voided: bool = False
    size: int = 50
    page: int = 1
    #: public id of the last row of the page before: the next page then costs what the first costs
    after: str | None = None


@dataclass
class Found:
    """The rows of one page and whether more follow."""

    rows: list[Any]
    more: bool


def find_page(session: Session, query: ListQuery) -> Found:
    """The page of *query* that the acting person sees; two queries whatever the number of rows."""
    person = acting(session)
    bare = Bare(query.register)
    ids = session.scalars(_proposal(session, query, bare, person)).all()
    rows = {row.id: row for row in session.execute(_load(query, ids[: query.size]))}
    return Found([rows[id_] for id_ in ids[: query.size] if id_ in rows], len(ids) > query.size)


def count(session: Session, query: ListQuery, limit: int | None = COUNTED_TO + 1) -> int:
    """How many rows the person sees, counted to *limit*; None counts all."""
    person, register = acting(session), query.register
    if limit is None:
        return session.scalar(select(func.count(register.id)).where(*_where(query, register, person))) or 0
    bare = Bare(query.register)
    branches = [select(bare.id).where(branch, *_where(query, bare, person)).limit(limit) for branch in _branches(bare, person)]
    ids = _united(branches).subquery()
    return session.scalar(select(func.count(register.id)).where(register.id.in_(select(ids.c.id).limit(limit)))) or 0


def all_ids(session: Session, query: ListQuery) -> Sequence[int]:
    """The ids of all rows of *query*, in its order, under the row rule: for bulk actions and exports."""
    person, register = acting(session), query.register
    key = _sort_key(register, query, person)
    return session.scalars(select(register.id).where(*_where(query, register, person)).order_by(*_order(key, register.id, query))).all()


def rows_by_id(session: Session, query: ListQuery, ids: Sequence[int]) -> list[Any]:
    """The rows of *ids* in that order, as far as the person sees them."""
    rows = {row.id: row for row in session.execute(_load(query, ids))}
    return [rows[id_] for id_ in ids if id_ in rows]


def _load(query: ListQuery, ids: Sequence[int]) -> Select[Any]:
    register = query.register
    return select(*(getattr(register, name) for name in query.columns)).where(register.id.in_(ids))


def _proposal(session: Session, query: ListQuery, bare: Any, person: Person) -> Any:
    key = _sort_key(bare, query, person)
    where = _where(query, bare, person)
    limit, offset = query.size + 1, (query.page - 1) * query.size
    if query.after and (bound := _bound(session, query, person)) is not None:
        where, offset = [*where, _beyond(key, bare.id, bound, query.descending)], 0
    branches = [
        select(bare.id, key.label("sort")).where(branch, *where).order_by(*_order(key, bare.id, query)).limit(limit + offset)
        for branch in _branches(bare, person)
    ]
    if len(branches) == 1:
        only = branches[0].limit(limit).offset(offset).subquery()
        return select(only.c.id)
    ids = _united(branches).subquery()
    return select(ids.c.id).order_by(*_order(ids.c.sort, ids.c.id, query)).limit(limit).offset(offset)


def _united(branches: Sequence[Any]) -> Any:
    """A UNION, as a row may match twice; SQLite wants each limited branch in a SELECT of its own."""
    if len(branches) == 1:
        return branches[0]
    return union(*(select(branch.subquery()) for branch in branches))


def _branches(bare: Any, person: Person) -> list[ColumnElement[bool]]:
    """One condition per way of seeing rows; just one where scope and level alone let everything through."""
    scope = scope_branch(bare, person)
    if scope is not None and scope.compare(true()):
        return [true()]
    return [*([scope] if scope is not None else []), *other_branches(bare, person)]


def _where(query: ListQuery, cls: Any, person: Person) -> list[ColumnElement[bool]]:
    void = cls.voided_at.is_not(None) if query.voided else cls.voided_at.is_(None)
    return [void, *(condition(cls, person) for condition in query.conditions)]


def _sort_key(cls: Any, query: ListQuery, person: Person) -> Any:
    key = sort_key(cls, query.sort, person) if query.sort else None
    return cls.id if key is None else key


def _order(key: Any, id_: Any, query: ListQuery) -> tuple[Any, ...]:
    return (key.desc(), id_.desc()) if query.descending else (key.asc(), id_.asc())


def _bound(session: Session, query: ListQuery, person: Person) -> tuple[Any, int] | None:
    """Sort value and id of the row a page starts after; None when it is gone or its value is blank."""
    register = query.register
    key = _sort_key(register, query, person)
    row = session.execute(select(key.label("sort"), register.id).where(register.public_id == query.after)).first()
    return (row.sort, row.id) if row and row.sort is not None else None


def _beyond(key: Any, id_: Any, bound: tuple[Any, int], descending: bool) -> ColumnElement[bool]:
    value, last = bound
    if descending:
        return and_(key <= value, or_(key < value, id_ < last))
    return and_(key >= value, or_(key > value, id_ > last))
