"""Lists kept under a name: offered, kept, shared, opened with, dropped (R-LIST-01).

A kept list is an address. Whoever opens it sees what that address shows them, so sharing shares words, never rows.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.rights import matrix
from ..guard.session import acting
from ..guard.stamped import Stamped
from ..permissions import Action, Person, Role
from ..rules.kept_lists import may_be_called, may_be_kept, may_change_kept, may_drop_kept, may_share
from ..verdicts import require
from ..working.at_hand import KeptList, OpensWith


class Kept(NamedTuple):
    """One kept list: its row's id, its id in addresses, name, address behind the ?, whose it is, with whom it is shared."""

    id: int
    public_id: str
    name: str
    query: str
    owner_id: int
    role: Role | None

    def is_for(self, person: Person) -> bool:
        return self.owner_id == person.id or self.role in person.roles


class _OfTable(NamedTuple):
    """Everybody's kept lists of one register, and the list with which each opens it."""

    lists: Mapping[int, Kept]
    opens: Mapping[int, int]


def offered(session: Session, table: str, person: Person) -> list[Kept]:
    """The lists of *table* that *person* may choose, their own first; of who looks on, those offered to both."""
    lists = [one for one in _kept.get(session, table).lists.values() if one.is_for(person)]
    if person.seen_by is not None:
        lists = [one for one in lists if one.is_for(person.seen_by)]
    return sorted(lists, key=lambda one: (one.owner_id != person.id, one.id))


def opened_with(session: Session, table: str, person: Person) -> Kept | None:
    """The list with which *person* opens *table*."""
    kept = _kept.get(session, table)
    chosen = kept.lists.get(kept.opens.get(person.id, 0))
    return chosen if chosen in offered(session, table, person) else None


def readers(session: Session, table: str) -> list[Role]:
    """The roles that see *table*: a list of it may be shared with one of them."""
    return [role for role, rights in matrix(session).get(table, {}).items() if Action.SEE in rights]


def keep(
    session: Session, table: str, name: str, query: str, role: Role | None, opens: bool, now: datetime
) -> Kept:  # fmt: skip
    """Keep a list for the acting person, in place of their own of that name; raises Refused.

    *query*: what stands behind the ? of its address; *opens*: they open the register with it from now on.
    """
    person = acting(session)
    require(may_be_kept(name, query))
    require(may_share(role, readers(session, table)))
    mine = select(KeptList).where(
        KeptList.owner_id == person.id, KeptList.table_name == table, KeptList.name == name
    )  # fmt: skip
    row = session.scalar(mine) or KeptList(owner_id=person.id, table_name=table, name=name)
    row.query, row.role, row.kept_at = query, role, now
    session.add(row)
    session.flush()
    _open_with(session, table, row.id, opens)
    trail.note(session, "list_kept", table=table, role=role)
    return _of(row)


def change(session: Session, kept: Kept, table: str, name: str, role: Role | None, opens: bool) -> None:
    """Rename a list, share it otherwise, or open the register with it; whose it isn't can do the last alone.

    Raises Refused, also where one has another list of that name.
    """
    person = acting(session)
    if (name, role) != (kept.name, kept.role):
        require(may_change_kept(kept.owner_id, person.id))
        require(may_be_kept(name, kept.query))
        require(may_share(role, readers(session, table)))
        names = {one.name for one in offered(session, table, person) if one.owner_id == person.id}
        require(may_be_called(name, names - {kept.name}))
        row = session.get_one(KeptList, kept.id)
        row.name, row.role = name, role
        trail.note(session, "list_kept", table=table, role=role)
    _open_with(session, table, kept.id, opens)


def drop(session: Session, kept: Kept, table: str) -> None:
    """Drop a list for everybody it was shared with; raises Refused."""
    person = acting(session)
    require(may_drop_kept(kept.owner_id, kept.role is not None, person.id, person.roles))
    for opens in session.scalars(select(OpensWith).where(OpensWith.list_id == kept.id)):
        session.delete(opens)
    session.flush()
    session.delete(session.get_one(KeptList, kept.id))
    trail.note(session, "list_dropped", table=table, role=kept.role)


def _open_with(session: Session, table: str, list_id: int, opens: bool) -> None:
    """Let the acting person open *table* with the list *list_id*, or no longer with that one."""
    person = acting(session)
    row = session.get(OpensWith, (person.id, table))
    if not opens:
        if row is not None and row.list_id == list_id:
            session.delete(row)
    elif row is None:
        session.add(OpensWith(employee_id=person.id, table_name=table, list_id=list_id))
    else:
        row.list_id = list_id


def _load(session: Session, table: str) -> _OfTable:
    rows = session.scalars(select(KeptList).where(KeptList.table_name == table))
    opens = session.execute(select(OpensWith.employee_id, OpensWith.list_id).where(OpensWith.table_name == table))
    return _OfTable({row.id: _of(row) for row in rows}, {employee: list_id for employee, list_id in opens})


def _of(row: KeptList) -> Kept:
    role = Role(row.role) if row.role is not None else None
    return Kept(row.id, row.public_id, row.name, row.query, row.owner_id, role)


_kept = Stamped("kept_lists", _load, tables=["kept_list", "opens_with"])
