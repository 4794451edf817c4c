"""A page of a register: ids proposed by limited branches on scope-led indexes, rows loaded under the row rule.

One OR of level, scope and party makes both databases sort whole stores; a UNION of branches, each limited, does not. The
branches only *propose*: the rows are then loaded by ORM under the criterion, so that a wrong branch may lose a row but
never show one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import replacement_traverse

from ..fields import Face
from ..models import Register
from ..permissions import Action, Level, Person, Scope
from .conditions import Condition
from .plain import plain_row
from .prepared import PREPARED
from .readable import sort_key
from .rows import CLEARANCE, UNCLASSIFIED, Bare, other_branches, ruled, scope_branch, visible_to_viewer, within
from .session import acting

#: a total is exact up to here, and "1,000+" beyond until asked for
COUNTED_TO = 1000

#: what changes from page to page of one list: bound when the statement runs, so that it is built but once
_SKIPPED = bindparam("page_skipped", type_=Integer())
_REACH = bindparam("page_reach", type_=Integer())
_BEFORE = bindparam("page_before", type_=Integer())

#: the column that has the total, where a page is found with it
_TOTAL = "page_total"

#: from so many rows on, a page by its number steps over the rows of one index instead of merging several: where no more
#: than so many rows are seen by other ways than scope
_DEEP, _FEW = 1000, 2000


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
    """The rows of one page and whether more follow; how many there are in all, up to ``COUNTED_TO`` + 1, where that was found
    along with them."""

    rows: list[Any]
    more: bool
    total: int | None = None


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
    dialect: str
    profile: str
    clearance: int
    person: Person = field(compare=False)
    conditions: tuple[Any, ...] = ()
    #: apart from the others of one statement
    place: int = 0

    @classmethod
    def of(cls, query: ListQuery, session: Session, place: int = 0) -> "_Shape":
        person, sort = acting(session), query.sort.name if query.sort else None
        return cls(query.register, tuple(query.columns), sort, query.descending, query.voided, session.get_bind().dialect.name,
                   person.profile, int(person.clearance), person, tuple(query.conditions), place)  # fmt: skip

    def where(self, cls: Any) -> list[ColumnElement[bool]]:
        void = cls.voided_at.is_not(None) if self.voided else cls.voided_at.is_(None)
        viewer = self.person.seen_by  # the branches propose what the person sees, as far as who looks on sees it, too
        both = [visible_to_viewer(cls, viewer)] if viewer is not None else []
        asked = [
            one.bound(cls, self.person, prefix) if isinstance(one, Condition) else one(cls, self.person)
            for prefix, one in self._named()
        ]
        return [void, *both, *asked]

    def values(self) -> dict[str, Any]:
        """What the conditions are bound to."""
        bound = [one.binds(prefix) for prefix, one in self._named() if isinstance(one, Condition)]
        return {name: value for values in bound for name, value in values.items()}

    def _named(self) -> Iterator[tuple[str, Any]]:
        return ((f"asked_{self.place}_{number}", one) for number, one in enumerate(self.conditions))

    def key(self, cls: Any) -> Any:
        """What the list sorts by."""
        key = sort_key(cls, self.register.faces[self.sort], self.person) if self.sort else None
        return cls.id if key is None else key

    def alike(self) -> bool:
        """Whether an index leads every branch in the list's order whatever is bound: then one plan is right for everybody."""
        plain = not self.conditions and not self.voided and self.sort == self.register.declaration.sort
        return plain and not self.register.has_party_table and self.person.seen_by is None

    def always_filled(self) -> bool:
        """Whether every row has a sort value; where one may be blank, going on after a value would lose the blank ones."""
        return not getattr(self.key(Bare(self.register)), "nullable", True)

    def order(self, key: Any, id_: Any) -> tuple[Any, ...]:
        return (key.desc(), id_.desc()) if self.descending else (key.asc(), id_.asc())


def find_page(session: Session, query: ListQuery) -> Found:
    """The page of *query* that the acting person sees; one query whatever the number of rows, two going on *after* a row."""
    shape = _Shape.of(query, session)
    proposal, values = _place(session, query, shape)
    found = session.execute(_statement(_page, shape, proposal, query.size + 1), {**shape.values(), **values}).all()
    counted = _is_counted(shape, proposal)
    rows = list(map(plain_row((*shape.columns, _TOTAL) if counted else shape.columns), found))
    total = getattr(rows[0], _TOTAL) if counted and rows else None
    return Found(rows[: query.size], len(rows) > query.size, total)


def _place(session: Session, query: ListQuery, shape: _Shape) -> tuple[Any, dict[str, Any]]:
    """How the ids of the page asked for are proposed, and the values that this takes."""
    if query.after and shape.always_filled() and (bound := _bound(session, shape, query.after)):
        return _proposal_beyond, {"bound": bound[0], "bound_id": bound[1]}
    size, skipped = query.size + 1, (query.page - 1) * query.size
    if skipped == 0:
        return _proposal_first, {}
    if skipped >= _DEEP and (strays := _strays(session, shape)) is not None:
        before = max(0, skipped - strays)
        return _proposal_deep, {"page_before": before, "page_skipped": skipped - before, "page_reach": size + strays}
    return _proposal_numbered, {"page_skipped": skipped, "page_reach": skipped + size}


def _strays(session: Session, shape: _Shape) -> int | None:
    """How many rows the person sees besides those in scope, at most. None where no way leads by scope, or where many rows are
    seen by other ways: each of them would have to be read."""
    if scope_branch(Bare(shape.register), shape.person) is None:
        return None
    other, strays = session.execute(_statement(_count_strays, shape, _FEW + 1), shape.values()).one()
    return strays if other <= _FEW else None


def count(session: Session, query: ListQuery, limit: int | None = COUNTED_TO + 1) -> int:
    """How many rows the person sees, counted to *limit*; None counts all."""
    if limit is not None and any(one.sample for one in query.conditions if isinstance(one, Condition)):
        total = count(session, _sampled(query), limit)
        if total >= limit:
            return total
    shape = _Shape.of(query, session)
    if limit is None:
        register = query.register
        return session.scalar(select(func.count(register.id)).where(*shape.where(register)), shape.values()) or 0
    return session.scalar(_statement(_count, shape, limit), shape.values()) or 0


def _sampled(query: ListQuery) -> ListQuery:
    """*query* of such rows alone as are found soon."""
    return replace(query, conditions=[getattr(one, "sample", None) or one for one in query.conditions])


def count_each(session: Session, queries: Sequence[ListQuery]) -> list[int]:
    """What ``count`` says of each of *queries*, asked in one statement."""
    if not queries:
        return []
    shapes = tuple(_Shape.of(query, session, place) for place, query in enumerate(queries))
    values = {name: value for shape in shapes for name, value in shape.values().items()}
    return list(session.execute(_each(shapes), values).one())


@lru_cache(maxsize=200)
def _each(shapes: tuple[_Shape, ...]) -> Select[Any]:
    return select(*(_statement(_count, shape, COUNTED_TO + 1).scalar_subquery() for shape in shapes))


def all_ids(session: Session, query: ListQuery) -> Sequence[int]:
    """The ids of all rows of *query*, in its order, under the row rule: for bulk actions."""
    return [row.id for row in session.execute(*in_order(session, query))]


def in_order(session: Session, query: ListQuery) -> tuple[Select[Any], dict[str, Any]]:
    """The statement for id and level of all rows of *query* in its order, and the values it takes."""
    register, shape = query.register, _Shape.of(query, session)
    wanted = select(register.id, register.level).where(*shape.where(register))
    return wanted.order_by(*shape.order(shape.key(register), register.id)), shape.values()


@lru_cache(maxsize=4000)
def _statement(build: Any, shape: _Shape, *more: Any) -> Select[Any]:
    """Built once per shape: a statement that is kept keeps its place in SQLAlchemy's cache of SQL, too."""
    return ruled(build(shape, *more), shape.person)


def _columns(register: type[Register], names: Sequence[str]) -> Select[Any]:
    return select(*(getattr(register, name) for name in names))


def _page(shape: _Shape, proposal: Callable[[_Shape, Any], Select[Any]], size: int) -> Select[Any]:
    """The rows of a page, loaded under the criterion from the ids that the branches propose.

    The size is part of the SQL: a plan that is kept is then one for few rows.
    """
    register = shape.register
    rows = _columns(register, shape.columns).where(register.id.in_(proposal(shape, _literally(size))))
    rows = rows.order_by(*shape.order(shape.key(register), register.id))
    if not _is_counted(shape, proposal):
        return rows
    total = _statement(_count, shape, COUNTED_TO + 1).scalar_subquery().label(_TOTAL)
    return rows.add_columns(total).execution_options(**PREPARED)


def _is_counted(shape: _Shape, proposal: Callable[[_Shape, Any], Select[Any]]) -> bool:
    """Whether the total is found along with the page: where counting reads a stretch of an index only, that costs less than a
    statement of its own. Such pages have one plan for everybody, too."""
    return proposal in (_proposal_first, _proposal_beyond) and shape.alike()


def _count(shape: _Shape, limit: int) -> Select[Any]:
    """Rows counted up to *limit*, branch after branch: together they are the row rule, so nothing else is asked. Without
    conditions all of them are in the indexes."""
    bare = Bare(shape.register)
    ways = _branches(bare, shape.person) if shape.conditions else _ways(bare, shape.person)
    if not ways:
        return select(literal(0))
    branches = [select(bare.id).where(way, *shape.where(bare)) for way in _apart(ways)]
    counted = select(func.count()).select_from(_united(branches).limit(_literally(limit)).subquery())
    return counted.execution_options(**PREPARED) if shape.alike() else counted


def _count_strays(shape: _Shape, limit: int) -> Select[Any]:
    """How many rows are seen by other ways than scope, and how many of them not by scope, too; some counted twice. No more
    than *limit* are read of each way."""
    bare = Bare(shape.register)
    scope, *others = _ways(bare, shape.person)
    if not others:
        return select(literal(0), literal(0))
    stray = case((scope, 0), else_=1).label("stray")
    read = [select(stray).where(way, *shape.where(bare)).limit(limit).subquery() for way in others]
    rows = _united([select(one.c.stray) for one in read]).subquery()
    return select(func.count(), func.coalesce(func.sum(rows.c.stray), 0)).select_from(rows)


def _literally(number: int) -> ColumnElement[int]:
    return literal_column(str(int(number)), Integer())


def _proposal_first(shape: _Shape, size: Any) -> Select[Any]:
    """The ids of the first page."""
    return _limited(shape, shape.where(Bare(shape.register)), size, size)


def _proposal_beyond(shape: _Shape, size: Any) -> Select[Any]:
    """The ids of the page after a row."""
    bare = Bare(shape.register)
    beyond = _beyond(shape.key(bare), bare.id, shape.descending)
    return _limited(shape, [*shape.where(bare), beyond], size, size)


def _proposal_numbered(shape: _Shape, size: Any) -> Select[Any]:
    """The ids of a page by its number."""
    return _limited(shape, shape.where(Bare(shape.register)), _REACH, size, _SKIPPED)


def _limited(
    shape: _Shape, where: list[ColumnElement[bool]], reach: Any, size: Any, skipped: Any = None
) -> Select[Any]:
    """Each branch is walked in the list's order and gives its first rows, some perhaps twice: to leave out what an earlier one
    has would take whoever wrote all their store's records through all of them."""
    bare = Bare(shape.register)
    key = shape.key(bare)
    branches = [select(bare.id, key.label("sort")).where(branch, *where) for branch in _branches(bare, shape.person)]
    if len(branches) == 1:
        return _cut(shape, branches[0], (key, bare.id), size, skipped)
    first = [branch.order_by(*shape.order(key, bare.id)).limit(reach).subquery() for branch in branches]
    each = [select(one.c.id, one.c.sort) for one in first]
    if shape.dialect == "postgresql":
        # it merges these in their order, where it would hash a UNION; SQLite merges that alone
        merged = union_all(*each).subquery()
        return _cut(shape, select(merged.c.id, merged.c.sort).distinct(), (merged.c.sort, merged.c.id), size, skipped)
    united = union(*each)
    return _cut(shape, united, (united.selected_columns.sort, united.selected_columns.id), size, skipped)


def _proposal_deep(shape: _Shape, size: Any) -> Select[Any]:
    """The ids of a page far down by its number, for whom few rows stray from the scope.

    So many rows fewer than the page skips are stepped over in the scope's index alone: with s strays, at least n - s of
    the first n rows are in scope, and they are the first of it. The rest is merged with the strays.
    """
    bare = Bare(shape.register)
    key, where = shape.key(bare), shape.where(bare)
    scope, *others = [
        select(bare.id, key.label("sort")).where(way, *where) for way in _apart(_ways(bare, shape.person))
    ]
    window = scope.order_by(*shape.order(key, bare.id)).limit(_REACH).offset(_BEFORE).subquery()
    united = _united([select(window.c.id, window.c.sort), *others])
    selected = united.selected_columns
    return _cut(shape, united, (selected.sort, selected.id), size, _SKIPPED)


def _cut(shape: _Shape, united: Any, order: tuple[Any, Any], size: Any, skipped: Any) -> Select[Any]:
    ids = united.order_by(*shape.order(*order)).limit(size).offset(skipped).subquery()
    return select(ids.c.id)


def _united(branches: Sequence[Select[Any]]) -> Any:
    return branches[0] if len(branches) == 1 else union_all(*branches)


def _branches(cls: Any, person: Person) -> list[ColumnElement[bool]]:
    """The ways of seeing rows; just one where the scope is everything: there the list's own index is walked, and nearly
    every row is seen."""
    scope = scope_branch(cls, person)
    if scope is not None and _reaches_all(cls, person):
        return [true() if scope.compare(true()) else _levelled(or_(scope, *other_branches(cls, person)), person)]
    return _ways(cls, person)


def _ways(cls: Any, person: Person) -> list[ColumnElement[bool]]:
    """One condition per way of seeing rows, by scope first; just one where the scope is everything there is."""
    scope, others = scope_branch(cls, person), other_branches(cls, person)
    if scope is not None and scope.compare(true()):
        return [scope]
    return [_levelled(way, person) for way in [*([scope] if scope is not None else []), *others]]


def _levelled(way: ColumnElement[bool], person: Person) -> ColumnElement[bool]:
    """*way* with the clearance written into it, as a list's statements are kept by clearance anyway: how many rows it leaves
    is then known to a plan that is kept, too."""
    written = {CLEARANCE: int(person.clearance), UNCLASSIFIED: min(person.clearance, Level.SECRET)}
    return replacement_traverse(way, {}, lambda part, **_how: _literally(written[part]) if part in written else None)


def _apart(ways: Sequence[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """The same, each without the rows of those before it."""
    return [and_(way, *(earlier.is_not(true()) for earlier in ways[:number])) for number, way in enumerate(ways)]


def _reaches_all(cls: Any, person: Person) -> bool:
    rows = within(cls, person.reach(Action.SEE, cls.__tablename__) or Scope.NOBODY)
    return rows is not None and rows.compare(true())


def _bound(session: Session, shape: _Shape, after: str) -> tuple[Any, int] | None:
    """Sort value and id of the row a page starts after; None when it is gone."""
    row = session.execute(_statement(_bound_row, shape), {"after": after}).first()
    return (row.sort, row.id) if row else None


def _bound_row(shape: _Shape) -> Select[Any]:
    register = shape.register
    row = select(shape.key(register).label("sort"), register.id).where(register.public_id == bindparam("after"))
    return row.execution_options(**PREPARED)


def _beyond(key: Any, id_: Any, descending: bool) -> ColumnElement[bool]:
    value, last = bindparam("bound", type_=key.type), bindparam("bound_id", type_=id_.type)
    if descending:
        return and_(key <= value, or_(key < value, id_ < last))
    return and_(key >= value, or_(key > value, id_ > last))
