"""A page of a register: ids proposed by limited branches on scope-led indexes, rows loaded under the row rule.

One OR of level, scope and party makes both databases sort whole stores; a UNION of branches, each limited, does not. The
branches only *propose*: the rows are then loaded by ORM under the criterion, so that a wrong branch may lose a row but
never show one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, or_, select, true, union
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register
from ..permissions import Person
from .readable import sort_key
from .rows import Bare, other_branches, scope_branch
from .session import acting

#: a total is exact up to here, and "1,000+" beyond until asked for
COUNTED_TO = 1000

#: what changes from page to page of one list: bound when the statement runs, so that it is built but once
_SIZE = bindparam("page_size", type_=Integer())
_SKIPPED = bindparam("page_skipped", type_=Integer())
_REACH = bindparam("page_reach", type_=Integer())
_IDS = bindparam("page_ids", expanding=True)


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


@dataclass(frozen=True)
class _Shape:
    """What the SQL of a list depends on besides bound values: lists of one shape share their statements.

    The person counts by profile and clearance only, which is all that rights and fields depend on; their own values
    are bound when a statement runs.
    """

    register: type[Register]
    columns: tuple[str, ...]
    sort: str | None
    descending: bool
    voided: bool
    profile: str
    clearance: int
    person: Person = field(compare=False)
    conditions: tuple[Any, ...] = ()

    @classmethod
    def of(cls, query: ListQuery, person: Person) -> "_Shape":
        sort = query.sort.name if query.sort else None
        return cls(query.register, tuple(query.columns), sort, query.descending, query.voided, person.profile,
                   int(person.clearance), person, tuple(query.conditions))  # fmt: skip

    def where(self, cls: Any) -> list[ColumnElement[bool]]:
        void = cls.voided_at.is_not(None) if self.voided else cls.voided_at.is_(None)
        return [void, *(condition(cls, self.person) for condition in self.conditions)]

    def key(self, cls: Any) -> Any:
        """What the list sorts by."""
        key = sort_key(cls, self.register.faces[self.sort], self.person) if self.sort else None
        return cls.id if key is None else key

    def always_filled(self) -> bool:
        """Whether every row has a sort value; where one may be blank, going on after a value would lose the blank ones."""
        return not getattr(self.key(Bare(self.register)), "nullable", True)

    def order(self, key: Any, id_: Any) -> tuple[Any, ...]:
        return (key.desc(), id_.desc()) if self.descending else (key.asc(), id_.asc())


def find_page(session: Session, query: ListQuery) -> Found:
    """The page of *query* that the acting person sees; one query whatever the number of rows, two going on *after* a row."""
    shape = _Shape.of(query, acting(session))
    skipped = (query.page - 1) * query.size
    bound = _bound(session, shape, query.after) if query.after and shape.always_filled() else None
    values = {"page_size": query.size + 1, "page_skipped": skipped, "page_reach": skipped + query.size + 1}
    if bound is not None:
        values |= {"page_skipped": 0, "page_reach": query.size + 1, "bound": bound[0], "bound_id": bound[1]}
    rows = session.execute(_statement(_page, shape, bound is not None), values).all()
    return Found(list(rows[: query.size]), len(rows) > query.size)


def count(session: Session, query: ListQuery, limit: int | None = COUNTED_TO + 1) -> int:
    """How many rows the person sees, counted to *limit*; None counts all."""
    shape = _Shape.of(query, acting(session))
    if limit is None:
        register = query.register
        return session.scalar(select(func.count(register.id)).where(*shape.where(register))) or 0
    return session.scalar(_statement(_count, shape), {"page_reach": limit}) or 0


def all_ids(session: Session, query: ListQuery) -> Sequence[int]:
    """The ids of all rows of *query*, in its order, under the row rule: for bulk actions and exports."""
    register, shape = query.register, _Shape.of(query, acting(session))
    wanted = select(register.id).where(*shape.where(register))
    return session.scalars(wanted.order_by(*shape.order(shape.key(register), register.id))).all()


def rows_by_id(session: Session, query: ListQuery, ids: Sequence[int]) -> list[Any]:
    """The rows of *ids* in that order, as far as the person sees them."""
    wanted = _columns(query.register, query.columns).where(query.register.id.in_(_IDS))
    rows = {row.id: row for row in session.execute(wanted, {"page_ids": list(ids)})}
    return [rows[id_] for id_ in ids if id_ in rows]


def _statement(build: Any, shape: _Shape, *more: Any) -> Select[Any]:
    """Built once per shape; with filters anew, as their values are part of the conditions."""
    return build(shape, *more) if shape.conditions else _built(build, shape, *more)


@lru_cache(maxsize=2000)
def _built(build: Any, shape: _Shape, *more: Any) -> Select[Any]:
    return build(shape, *more)


def _columns(register: type[Register], names: Sequence[str]) -> Select[Any]:
    return select(*(getattr(register, name) for name in names))


def _page(shape: _Shape, beyond: bool) -> Select[Any]:
    """The rows of a page, loaded under the criterion from the ids that the limited branches propose."""
    register, bare = shape.register, Bare(shape.register)
    proposed = _proposal(shape, bare, beyond)
    rows = _columns(register, shape.columns).where(register.id.in_(proposed))
    return rows.order_by(*shape.order(shape.key(register), register.id))


def _count(shape: _Shape) -> Select[Any]:
    """Rows counted up to a limit: where scope alone reaches it that is all, else every way of seeing rows is walked."""
    register, bare = shape.register, Bare(shape.register)
    first, *others = _branches(register, shape.person)
    in_scope = select(register.id).where(first, *shape.where(register)).limit(_REACH).subquery()
    enough = select(func.count(in_scope.c.id)).scalar_subquery()
    if not others:
        return select(enough)
    branches = [
        select(bare.id).where(branch, *shape.where(bare)).limit(_REACH) for branch in _branches(bare, shape.person)
    ]
    ids = select(_united(branches).subquery().c.id).limit(_REACH)
    every = select(func.count(register.id)).where(register.id.in_(ids)).scalar_subquery()
    return select(case((enough >= _REACH, _REACH), else_=every))


def _proposal(shape: _Shape, bare: Any, beyond: bool) -> Select[Any]:
    key, where = shape.key(bare), shape.where(bare)
    if beyond:
        where.append(_beyond(key, bare.id, shape.descending))
    branches = [
        select(bare.id, key.label("sort")).where(branch, *where).order_by(*shape.order(key, bare.id)).limit(_REACH)
        for branch in _branches(bare, shape.person)
    ]
    if len(branches) == 1:
        only = branches[0].limit(_SIZE).offset(_SKIPPED).subquery()
        return select(only.c.id)
    ids = _united(branches).subquery()
    return select(ids.c.id).order_by(*shape.order(ids.c.sort, ids.c.id)).limit(_SIZE).offset(_SKIPPED)


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


def _bound(session: Session, shape: _Shape, after: str) -> tuple[Any, int] | None:
    """Sort value and id of the row a page starts after; None when it is gone."""
    row = session.execute(_statement(_bound_row, shape), {"after": after}).first()
    return (row.sort, row.id) if row else None


def _bound_row(shape: _Shape) -> Select[Any]:
    register = shape.register
    return select(shape.key(register).label("sort"), register.id).where(register.public_id == bindparam("after"))


def _beyond(key: Any, id_: Any, descending: bool) -> ColumnElement[bool]:
    value, last = bindparam("bound", type_=key.type), bindparam("bound_id", type_=id_.type)
    if descending:
        return and_(key <= value, or_(key < value, id_ < last))
    return and_(key >= value, or_(key > value, id_ > last))
