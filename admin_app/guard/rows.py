"""The row rule: level ≤ clearance and in scope, or granted, or party, or by the catalogue right (R-CONF-02/04/14).

It says in SQL what ``permissions.sight`` says in Python, and stands on every ORM statement of a guarded session. One
criterion is built per *profile* (persons with equal rights share it); the person's own values are bound at execution.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SmallInteger,
    and_,
    bindparam,
    event,
    exists,
    false,
    literal,
    or_,
    select,
    true,
)  # fmt: skip
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.util import _deep_annotate
from sqlalchemy.sql.visitors import InternalTraversal, replacement_traverse

from .. import clock
from ..declaration import SCOPE_FIELDS
from ..fields.columns import UtcMoment
from ..models import Contents, Lines, Register, register_named
from ..permissions import Action, Level, Person, Scope
from ..working.approvals import RecordParty
from .session import SYSTEM, GuardedSession, state_of

#: whose values are bound where nobody is named: an id that nobody has
NOBODY = Person(id=-1, username="", name="", profile="nobody")
_person: ContextVar[Person] = ContextVar("guarded_person", default=NOBODY)

ME = bindparam("guard_me", callable_=lambda: _person.get().id, type_=BigInteger())
PARTY = bindparam("guard_party", callable_=lambda: _person.get().id, type_=BigInteger())
MY_STORE = bindparam("guard_store", callable_=lambda: _person.get().store_id, type_=BigInteger())
MY_DEPARTMENT = bindparam("guard_department", callable_=lambda: _person.get().department_id, type_=BigInteger())
CLEARANCE = bindparam("guard_clearance", callable_=lambda: int(_person.get().clearance), type_=SmallInteger())
UNCLASSIFIED = bindparam(
    "guard_unclassified", callable_=lambda: min(int(_person.get().clearance), Level.SECRET), type_=SmallInteger()
)
NOW = bindparam("guard_now", callable_=clock.now, type_=UtcMoment())

_MINE = {Scope.STORE: ("store", MY_STORE), Scope.DEPARTMENT: ("department", MY_DEPARTMENT), Scope.OWN: ("owner", ME)}


#: the values of who looks on as the person; parties by signature and grants they are none (``Facts.of_viewer``)
_VIEWERS = {
    ME: bindparam("guard_viewer", callable_=lambda: _viewer().id, type_=BigInteger()),
    PARTY: literal(NOBODY.id, BigInteger()),
    MY_STORE: bindparam("guard_viewer_store", callable_=lambda: _viewer().store_id, type_=BigInteger()),
    MY_DEPARTMENT: bindparam("guard_viewer_department", callable_=lambda: _viewer().department_id, type_=BigInteger()),
    CLEARANCE: bindparam("guard_viewer_clearance", callable_=lambda: int(_viewer().clearance), type_=SmallInteger()),
    UNCLASSIFIED: bindparam(
        "guard_viewer_unclassified", callable_=lambda: min(int(_viewer().clearance), Level.SECRET), type_=SmallInteger()
    ),
}  # fmt: skip


def _viewer() -> Person:
    return _person.get().seen_by or NOBODY


def bind_person(person: Person) -> None:
    """Let statements executed from here on bind *person*'s values."""
    _person.set(person)


@event.listens_for(GuardedSession, "do_orm_execute")
def _guard(state: ORMExecuteState) -> None:
    if not state.is_select:
        _refuse_bulk(state)
        return
    person = state_of(state.session).person or NOBODY
    if person is SYSTEM:
        return
    bind_person(person)
    if not state.is_column_load:
        state.statement = ruled(state.statement, person)


def ruled(statement: Any, person: Person) -> Any:
    """*statement* under *person*'s criteria. Statements that are kept have them put in once: each time would cost a new
    look-up of their SQL."""
    missing = [rule for rule in _rules_of(person) if rule not in statement._with_options]
    return statement.options(*missing) if missing else statement


@dataclass(frozen=True)
class _Alike:
    """A person as one of all who have equal rights."""

    profile: str
    person: Person = field(compare=False)


def kept(session: Session, build: Callable[..., Any], *of: Hashable) -> Any:
    """What *build* makes *of* these, under the row rule of whoever acts: built once for all of equal rights, so that it keeps its
    place in SQLAlchemy's cache of SQL, too. What changes from one time to the next is bound when it is executed."""
    person = state_of(session).person or NOBODY
    return _kept(build, _Alike(person.profile, person), *of)


@lru_cache(maxsize=4000)
def _kept(build: Callable[..., Any], alike: _Alike, *of: Hashable) -> Any:
    return build(*of) if alike.person is SYSTEM else ruled(build(*of), alike.person)


def _refuse_bulk(state: ORMExecuteState) -> None:
    """A bulk statement on records would pass by stamps, trail and versions; records are written one by one."""
    if any(issubclass(mapper.class_, Register | Lines) for mapper in state.all_mappers):
        raise RuntimeError("records and their lines are written through the session, not by bulk statements")


class RowRule(LoaderCriteriaOption):
    """``with_loader_criteria`` whose criterion is made per class by *rule* and cached by *profile*.

    The public form takes a lambda and caches its SQL by code object, whose closure it may not see into; here the
    profile is part of the cache key, so that two persons share SQL exactly when their rights are equal.
    """

    _traverse_internals = [*LoaderCriteriaOption._traverse_internals, ("profile", InternalTraversal.dp_string)]

    def __init__(self, base: type, profile: str, rule: Callable[[Any], ColumnElement[bool]]):
        super().__init__(base, true(), include_aliases=True)
        self.profile, self.rule = profile, rule

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        return _deep_annotate(
            self.rule(ext_info.entity), {"for_loader_criteria": self},
            detect_subquery_cols=True, ind_cols_on_fromclause=True,
        )  # fmt: skip


_rules: dict[str, tuple[RowRule, ...]] = {}
#: profiles of old rights versions pile up; beyond this many all are made anew
_MOST_PROFILES = 500


def _rules_of(person: Person) -> tuple[RowRule, ...]:
    """The criteria of everyone with *person*'s profile, on registers and child lines; for nobody nothing that people
    entered exists, in the trail and in imported lines neither."""
    if person is NOBODY:
        return _CLOSED
    if person.profile not in _rules:
        if len(_rules) >= _MOST_PROFILES:
            _rules.clear()
        of_register, of_lines = partial(visible, person=person), partial(lines_visible, person=person)
        _rules[person.profile] = (
            RowRule(Register, person.profile, of_register),
            RowRule(Lines, person.profile, of_lines),
        )
    return _rules[person.profile]


def _nothing(cls: Any) -> ColumnElement[bool]:
    return false()


_CLOSED = tuple(RowRule(base, NOBODY.profile, _nothing) for base in (Register, Lines, Contents))


class Bare:
    """A register's declaration over its bare table: for statements the criterion must not be added to a second time."""

    def __init__(self, register: type[Register]):
        self.register = register

    def __getattr__(self, name: str) -> Any:
        columns = self.register.__table__.c
        return columns[name] if name in columns else getattr(self.register, name)


def visible(cls: Any, person: Person) -> ColumnElement[bool]:
    """Whether rows of register *cls* are visible to persons with *person*'s rights; ``true()`` where all are."""
    if person.job:
        return cls.level <= CLEARANCE
    branches = [branch for branch in (scope_branch(cls, person), *other_branches(cls, person)) if branch is not None]
    theirs = or_(false(), *branches)
    return theirs if person.seen_by is None else and_(theirs, visible_to_viewer(cls, person.seen_by))


def visible_to_viewer(cls: Any, viewer: Person) -> ColumnElement[bool]:
    """Whether rows are visible to who looks on as somebody else."""
    return asked_of_viewer(visible(cls, viewer))


def asked_of_viewer(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """*condition*, made for who looks on, with their values in the place of the acting person's."""
    return replacement_traverse(condition, {}, lambda part, **_how: _VIEWERS.get(part))


def scope_branch(cls: Any, person: Person) -> ColumnElement[bool] | None:
    """Rows seen in full by clearance and scope; None where the person has no right to see the register."""
    rows = _reached(cls, person)
    if rows is None or person.clearance >= Level.TOP_SECRET or not asks_for_something(cls):
        return rows
    return and_(rows, cls.object_level <= CLEARANCE)


def asks_for_something(cls: Any) -> bool:
    """Whether the register is one of requests for records of another."""
    return any(face.object for face in cls.faces.values())


def _reached(cls: Any, person: Person) -> ColumnElement[bool] | None:
    """Rows within clearance and scope."""
    reach = person.reach(Action.SEE, cls.__tablename__)
    if reach is None:
        return None
    rows = within(cls, reach)
    if rows is None:
        return None
    if cls.need_to_know:
        return and_(rows, cls.level <= UNCLASSIFIED)
    return rows if person.clearance >= Level.TOP_SECRET else and_(rows, cls.level <= CLEARANCE)


def other_branches(cls: Any, person: Person) -> list[ColumnElement[bool]]:
    """Rows seen otherwise: written, as a party, as custodian, by a grant, by the catalogue right; requests reached by
    scope for what lies above the person."""
    branches = []
    if person.seen_by is None or person.seen_by.clearance >= cls.actors_level:  # else it told that they wrote it
        branches.append(and_(cls.created_by_id == ME, cls.level <= CLEARANCE))
    for face in cls.faces.values():
        if face.party:
            branches.append(getattr(cls, face.name) == ME)
        if face.custodian:
            branches.append(and_(getattr(cls, face.name) == ME, cls.level <= CLEARANCE))
    if cls.has_party_table:
        branches.append(cls.id.in_(party_rows(cls.__tablename__)))
    if asks_for_something(cls) and (requests := _reached(cls, person)) is not None:
        branches.append(requests)
    catalogue = person.reach(Action.CATALOGUE, cls.__tablename__)
    if catalogue is not None and (rows := within(cls, catalogue)) is not None:
        branches.append(rows)
    return branches


def party_rows(table: str) -> Any:
    """The rows of the party table that name the acting person for *table* and have not run out."""
    return select(RecordParty.record_id).where(
        RecordParty.table_name == literal(table, literal_execute=True),
        RecordParty.person_id == PARTY,
        or_(RecordParty.until.is_(None), RecordParty.until > NOW),
    )


def within(cls: Any, scope: Scope) -> ColumnElement[bool] | None:
    """The scope's condition on *cls*; ``true()`` for all, None where the register lacks every column it needs."""
    if not scope:
        return None
    if Scope.ALL in scope or not cls.declaration.scopes:
        return true()
    parts = [
        getattr(cls, SCOPE_FIELDS[name][0]) == mine
        for flag, (name, mine) in _MINE.items()
        if flag in scope and name in cls.declaration.scopes
    ]
    return or_(*parts) if parts else None


def lines_visible(cls: Any, person: Person) -> ColumnElement[bool]:
    """Child lines are visible with the record they belong to."""
    parent = register_named(cls.parent_table)
    return exists(select(literal(1)).where(parent.id == cls.parent_id, visible(parent, person)))
