"""The round of inspections: what is left of the present period, place by place, and what it has brought so far (R-ARCH-05).

Counted and listed under the row rule, as the acting person finds files in the catalogue; the queries don't grow with them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.inspection import ABSENT, Period, period_of
from .eligibility import OUT

#: of one shelf
_SHOWN = 200


class Shelf(NamedTuple):
    """A place and how many of its files are left, and how many of those are out; *place* is None for files without one."""

    place: Register | None
    left: int
    out: int


class Progress(NamedTuple):
    """A period that types have in common: how many files it asks for, how many are left, what was found of the others."""

    period: Period
    files: int
    left: int
    found: dict[str, int]


def shelves(session: Session, today: date) -> list[Shelf]:
    """The places with something left, in place order: room, cabinet, shelf, position (R-ARCH-02)."""
    file, place = register_named("archive_file"), register_named("archive_place")
    counted = (
        select(
            file.place_id, func.count(file.id).label("left"), func.sum(case((_is_out(file), 1), else_=0)).label("out")
        )
        .where(left(session, today))
        .group_by(file.place_id)
    )
    counts = {row.place_id: row for row in session.execute(counted)}
    in_order = (place.room, place.cabinet, place.shelf, place.position)
    places: list[Any] = list(
        session.scalars(select(place).where(place.id.in_(counts.keys() - {None})).order_by(*in_order))
    )
    known = {one.id: one for one in places}
    rest = [id_ for id_ in counts if id_ not in known]
    found = [Shelf(one, counts[one.id].left, counts[one.id].out) for one in places]
    return found + (
        [Shelf(None, sum(counts[id_].left for id_ in rest), sum(counts[id_].out for id_ in rest))] if rest else []
    )


def on_shelf(session: Session, place: Register | None, today: date) -> Sequence[tuple[Register, int]]:
    """The files left of *place*, each with how many of its papers are out, by number."""
    file, item = register_named("archive_file"), register_named("archive_item")
    here = file.place_id == place.id if place is not None else file.place_id.is_(None)
    out = select(func.count(item.id)).where(item.file_id == file.id, item.state.in_(OUT)).scalar_subquery()
    rows = session.execute(
        select(file, out.label("out")).where(here, left(session, today)).order_by(file.number).limit(_SHOWN)
    )
    return [(row[0], row.out) for row in rows]


def progress(session: Session, today: date) -> list[Progress]:
    """Each present period with its numbers; the one due first on top."""
    file, inspection = register_named("archive_file"), register_named("archive_inspection")
    found = []
    for period, types in sorted(_periods(session, today).items()):
        asked = and_(file.archive_type_id.in_(types), file.opened_on < period.first, *_kept(file))
        still = func.sum(case((_not_since(file, period), 1), else_=0))
        files, still_left = session.execute(select(func.count(file.id), still).where(asked)).one()
        told = session.execute(
            select(inspection.condition, func.count(inspection.id))
            .join(file, file.id == inspection.file_id)
            .where(asked, inspection.inspected_on >= period.first, inspection.voided_at.is_(None))
            .group_by(inspection.condition)
        )
        found.append(Progress(period, files, still_left or 0, {row[0]: row[1] for row in told}))
    return found


def how_many_left(session: Session, today: date) -> tuple[int, date | None]:
    """How many files are left in all, and the first day on which any of them is due."""
    waiting = [one for one in progress(session, today) if one.left]
    return sum(one.left for one in waiting), waiting[0].period.due if waiting else None


def missed(session: Session, today: date) -> Sequence[Register]:
    """The one inspection of its present period that didn't find its file, of files still to be found; after two it is lost."""
    file, inspection = register_named("archive_file"), register_named("archive_inspection")
    now_due = or_(
        false(),
        *(
            and_(file.archive_type_id.in_(types), inspection.inspected_on >= period.first)
            for period, types in _periods(session, today).items()
        ),
    )
    absent = inspection.condition == ABSENT, inspection.voided_at.is_(None)
    once = (
        select(func.min(inspection.id)).join(file, file.id == inspection.file_id)
        .where(*absent, now_due, left(session, today)).group_by(inspection.file_id).having(func.count(inspection.id) == 1)
    )  # fmt: skip
    asked = select(inspection).where(inspection.id.in_(once))
    return session.scalars(asked.order_by(inspection.next_on, inspection.id).limit(_SHOWN)).all()


def left(session: Session, today: date) -> ColumnElement[bool]:
    """Files still to be inspected in the present period of their type (``rules.inspection.is_left``)."""
    file = register_named("archive_file")
    parts = (
        and_(file.archive_type_id.in_(types), file.opened_on < period.first, _not_since(file, period))
        for period, types in _periods(session, today).items()
    )
    return and_(or_(*parts), *_kept(file))


def _periods(session: Session, today: date) -> dict[Period, list[int]]:
    """Present period -> the types that have it."""
    type_ = register_named("archive_type")
    found: dict[Period, list[int]] = {}
    for row in session.execute(select(type_.id, type_.inspection_months)):
        found.setdefault(period_of(today, row.inspection_months), []).append(row.id)
    return found


def _kept(file: Any) -> tuple[ColumnElement[bool], ...]:
    return file.state != "destroyed", file.voided_at.is_(None)


def _not_since(file: Any, period: Period) -> ColumnElement[bool]:
    return or_(file.inspected_on.is_(None), file.inspected_on < period.first)


def _is_out(file: Any) -> ColumnElement[bool]:
    item = register_named("archive_item")
    return exists().where(item.file_id == file.id, item.state.in_(OUT))
