"""What a person has at hand: favourites, and the records whose pages they opened last (R-DESK-01)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.opened import KEPT
from ..guard.session import acting
from ..guard.stamped import Stamped
from ..guard.titles import linked
from ..models import Register, all_registers
from ..permissions import Person
from ..working.at_hand import Favourite, RecentRecord

#: the record id under which a register itself is a favourite
WHOLE = 0


class AtHand(NamedTuple):
    """A register (*public_id* None) or a record of it, and its title."""

    register: type[Register]
    public_id: str | None
    title: str


def favourites(session: Session, person: Person, reading: Reading) -> list[AtHand]:
    """The person's favourites that they still see, the oldest first; who looks on as them is told of none."""
    if person.seen_by is not None:
        return []
    return _shown(session, _favourites.get(session, person.id), person, reading)


def is_favourite(session: Session, person: Person, table: str, record_id: int = WHOLE) -> bool:
    return (table, record_id) in _favourites.get(session, person.id)


def favour(session: Session, table: str, record_id: int, kept: bool, now: datetime) -> None:
    """Make a register or a record a favourite of the acting person, or no more one."""
    person = acting(session)
    row = session.get(Favourite, (person.id, table, record_id))
    if kept and row is None:
        session.add(Favourite(employee_id=person.id, table_name=table, record_id=record_id, kept_at=now))
    elif row is not None and not kept:
        session.delete(row)


def opened_last(session: Session, person: Person, reading: Reading, most: int) -> list[AtHand]:
    """The records whose pages the person opened last and still sees, the last one first; nothing to who looks on as them."""
    if person.seen_by is not None:
        return []
    mine = select(RecentRecord.table_name, RecentRecord.record_id).where(RecentRecord.employee_id == person.id)
    order = (RecentRecord.opened_at.desc(), RecentRecord.table_name, RecentRecord.record_id)
    rows = session.execute(mine.order_by(*order).limit(KEPT))
    return _shown(session, [(table, id_) for table, id_ in rows], person, reading)[:most]


def _shown(
    session: Session, places: Iterable[tuple[str, int]], person: Person, reading: Reading
) -> list[AtHand]:  # fmt: skip
    """*places* with their titles, without those that the person doesn't see or no longer sees; a query for each register."""
    places = [(table, id_) for table, id_ in places if table in all_registers() and person.has_part_in(table)]
    titles = {
        table: linked(session, table, {id_ for of, id_ in places if of == table and id_ != WHOLE}, person, reading)
        for table in {table for table, _id in places}
    }
    found = []
    for table, id_ in places:
        register = all_registers()[table]
        title, public_id = (register.declaration.title, None) if id_ == WHOLE else titles[table].get(id_, ("", None))
        if id_ == WHOLE or public_id is not None:
            found.append(AtHand(register, public_id, title))
    return found


def _load(session: Session, employee_id: int) -> tuple[tuple[str, int], ...]:
    mine = select(Favourite.table_name, Favourite.record_id).where(Favourite.employee_id == employee_id)
    return tuple((table, id_) for table, id_ in session.execute(mine.order_by(Favourite.kept_at, Favourite.record_id)))


_favourites = Stamped("favourites", _load, tables=["favourite"])
