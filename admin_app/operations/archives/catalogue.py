"""The catalogue of files by place, and the one box that finds an entry in it (R-ARCH-02)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ...guard.readable import where_read
from ...guard.searching import found
from ...guard.session import acting
from ...models import Register, register_named

#: entries on a page
SHOWN = 200


class Cabinet(NamedTuple):
    """A cabinet of a room, and how many files stand in it; both are blank for files without a place."""

    room: str
    cabinet: str
    files: int


def cabinets(session: Session) -> list[Cabinet]:
    """Every cabinet in which the acting person finds files, room by room."""
    file, place = register_named("archive_file"), register_named("archive_place")
    counted = (
        select(place.room, place.cabinet, func.count(file.id))
        .select_from(file)
        .outerjoin(place, place.id == file.place_id)
        .where(file.voided_at.is_(None))
        .group_by(place.room, place.cabinet)
        .order_by(place.room, place.cabinet)
    )
    return [Cabinet(room or "", cabinet or "", files) for room, cabinet, files in session.execute(counted)]


def in_cabinet(session: Session, cabinet: Cabinet) -> Sequence[Register]:
    """The files of *cabinet* from left to right and top to bottom."""
    place = register_named("archive_place")
    here = and_(place.room == cabinet.room, place.cabinet == cabinet.cabinet) if cabinet.cabinet else place.id.is_(None)
    return _in_order(session, here)


def entries(session: Session, text: str) -> Sequence[Register]:
    """The files that *text* finds, in place order: by number, title or vehicle, or by their customer's name, whole phone or
    initials where the acting person reads whose they are."""
    file, customer, person = register_named("archive_file"), register_named("customer"), acting(session)
    own = found(session, file, text)(file, person)
    if not person.has_part_in("customer"):
        return _in_order(session, own)
    known = select(customer.id).where(found(session, customer, text)(customer, person))
    theirs = and_(where_read(file, file.faces["customer_id"], person), file.customer_id.in_(known))
    return _in_order(session, or_(own, theirs))


def _in_order(session: Session, condition: ColumnElement[bool]) -> Sequence[Any]:
    file, place = register_named("archive_file"), register_named("archive_place")
    order = (place.room, place.cabinet, place.shelf, place.position, file.number)
    asked = select(file).outerjoin(place, place.id == file.place_id).where(condition, file.voided_at.is_(None))
    return session.scalars(asked.order_by(*order).limit(SHOWN)).all()
