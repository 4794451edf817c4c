"""What the archive room has to do with somebody who leaves: items with them, places in their custody (R-LOAN-08, R-CONF-04)."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import register_named
from ...permissions import Level, Person


def numbers_out(session: Session, holder: int) -> list[str]:
    """The numbers of the items that are with *holder* now, on loan or being read; *session* sees beneath the row rule."""
    item = register_named("archive_item")
    return list(session.scalars(select(item.number).where(item.holder_id == holder).order_by(item.number)))


def places_of(session: Session, custodian: int) -> list[int]:
    """The ids of the places in somebody's custody; *session* sees beneath the row rule."""
    place = register_named("archive_place")
    return list(session.scalars(select(place.id).where(place.custodian_id == custodian)))


def places_above(session: Session, places: Iterable[int], people: Mapping[int, Person]) -> list[int]:
    """The levels, as records, of those of *places* whose custodian is of *people* and lacks the clearance of the place.

    *session* sees beneath the row rule.
    """
    place = register_named("archive_place")
    rows = session.execute(select(place.level, place.clearance, place.custodian_id).where(place.id.in_(places)))
    return [row.level for row in rows if row.custodian_id in people and _lacks(people[row.custodian_id], row.clearance)]


def _lacks(person: Person, clearance: str) -> bool:
    return person.clearance < Level(int(clearance))
