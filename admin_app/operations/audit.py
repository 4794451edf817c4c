"""The trail as the auditor reads it: when, who, event, register, record number, field names, digests; contents never.

Every change by an admin is marked and can be asked for alone (R-SIGN-04, R-AUDT-01).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ..guard.jobs import job_of
from ..guard.session import acting
from ..guard.titles import number_face, number_of
from ..models import all_registers, register_named
from ..rules.leaks import may_know_who_acted
from ..working.trail import TrailEntry
from .admin_terms import AdminTerm, admin_terms, while_admin
from .histories import UNTOLD

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which entries, each condition None where it isn't asked; *before* and *after* are entry numbers to page from."""

    event: str | None = None
    table: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    by_admin: bool = False
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Entry:
    """One entry, without anything of a record's contents; *record* is its number.

    Where the reader isn't told who acted, neither address nor *by_admin* tells (R-CONF-10).
    """

    row: TrailEntry
    who: str
    by_admin: bool
    record: str
    address: str | None


@dataclass(frozen=True)
class Page:
    """At most ``PAGE`` entries, newest first, and whether there are newer and older ones."""

    entries: list[Entry]
    newer: bool
    older: bool


def find(session: Session, query: Query) -> Page:
    """A page of the entries that *query* asks for."""
    terms = admin_terms(session)
    conditions = _conditions(session, query, terms)
    rows, more = _rows(session, conditions, query)
    names, numbers = names_of(session, {row.actor_id for row in rows}), _numbers(session, rows)
    untold = _untold(session)
    entries = [
        Entry(row, UNTOLD, False, numbers.get((row.table_name, row.record_id), ""), None)
        if row.table_name in untold
        else Entry(row, names.get(row.actor_id) or job_of(row.detail),
                   any(term.covers(row.actor_id, row.at) for term in terms),
                   numbers.get((row.table_name, row.record_id), ""), row.address)
        for row in rows
    ]  # fmt: skip
    paged_back = query.after is not None
    return Page(entries, newer=more if paged_back else query.before is not None, older=paged_back or more)


def count(session: Session, query: Query, limit: int) -> int:
    """How many entries *query* asks for, counted up to *limit*."""
    some = select(TrailEntry.seq).where(*_conditions(session, query, admin_terms(session))).limit(limit).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _untold(session: Session) -> list[str]:
    """The registers of which the reader isn't told who acted (R-CONF-10)."""
    clearance = acting(session).clearance
    return [
        table for table, register in all_registers().items() if not may_know_who_acted(clearance, register.actors_level)
    ]


def names_of(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    """Names of employees by id, read beneath the row rule: who acted is no secret of what they acted on."""
    table = register_named("employee").__table__
    rows = session.connection().execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids - {None})))
    return {row.id: row.name for row in rows}


def _conditions(session: Session, query: Query, terms: list[AdminTerm]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.actor or query.by_admin:  # who is found by who acted would be told
        told = TrailEntry.table_name.is_(None) | TrailEntry.table_name.not_in(_untold(session))
        conditions.append(told)
    if query.event:
        conditions.append(TrailEntry.event == query.event)
    if query.table:
        conditions.append(TrailEntry.table_name == query.table)
    if query.since:
        conditions.append(TrailEntry.at >= query.since)
    if query.until:
        conditions.append(TrailEntry.at < query.until)
    if query.actor:
        conditions.append(_acted(query.actor))
    if query.by_admin:
        conditions.append(while_admin(terms))
    return conditions


def _acted(text: str) -> ColumnElement[bool]:
    """Whoever has this name or number; two may share a name."""
    table = register_named("employee").__table__
    named = select(table.c.id).where((table.c.name == text.strip()) | (table.c.number == text.strip()))
    return TrailEntry.actor_id.in_(named)


def _rows(session: Session, conditions: list[ColumnElement[bool]], query: Query) -> tuple[list[TrailEntry], bool]:
    """The page's rows, newest first, and whether more lie beyond it in the direction paged."""
    entries = select(TrailEntry).where(*conditions).limit(PAGE + 1)
    if query.after is not None:
        rows = session.scalars(entries.where(TrailEntry.seq > query.after).order_by(TrailEntry.seq)).all()
        return list(reversed(rows[:PAGE])), len(rows) > PAGE
    if query.before is not None:
        entries = entries.where(TrailEntry.seq < query.before)
    rows = session.scalars(entries.order_by(TrailEntry.seq.desc())).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def _numbers(session: Session, rows: Sequence[TrailEntry]) -> dict[tuple[str | None, int | None], str]:
    """The numbers of the records that entries are about, which the auditor may know of hidden ones too (R-CONF-15)."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.table_name in all_registers() and row.record_id is not None:
            wanted.setdefault(row.table_name, set()).add(row.record_id)
    found: dict[tuple[str | None, int | None], str] = {}
    for name, ids in wanted.items():
        register, table = register_named(name), register_named(name).__table__
        face = number_face(register)
        columns: list[Any] = [table.c.id, *([table.c[face]] if face else [])]
        numbered = session.connection().execute(select(*columns).where(table.c.id.in_(ids)))
        found |= {(name, row.id): number_of(register, row) for row in numbered}
    return found
