"""A file that isn't in its place: looked for once more on another day, then lost, and found again (R-ARCH-05)."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.fines import Adviser
from ...rules.inspection import ABSENT, Period
from .. import records
from .reservations import settle_papers
from .standing import KINDS


def misses(session: Session, file: int, period: Period, apart_from: int | None = None) -> list[date]:
    """The days of *period* on which the file was not found, the earliest first; *apart_from*: an inspection left aside."""
    inspection = register_named("archive_inspection")
    days = select(inspection.inspected_on).where(
        inspection.file_id == file, inspection.condition == ABSENT, inspection.voided_at.is_(None),
        inspection.inspected_on.between(period.first, period.due), inspection.id.is_distinct_from(apart_from),
    )  # fmt: skip
    return list(session.scalars(days.order_by(inspection.inspected_on)))


def follow_miss(session: Session, inspection: Register, period: Period, now: datetime) -> None:
    """The second miss of a period, and no later one, makes the papers missing and opens a violation."""
    if len(misses(session, inspection.file_id, period, apart_from=inspection.id)) != 1:
        return
    item, file = register_named("archive_item"), session.get_one(register_named("archive_file"), inspection.file_id)
    for paper in session.scalars(select(item).where(item.file_id == file.id, item.state == "in")):
        paper.state = "missing"
    session.flush()
    settle_papers(session, [file.id], now)
    _report_lost(session, file, inspection.inspected_by_id or inspection.created_by_id, now)


def follow_find(session: Session, file: int) -> None:
    """What a second miss made missing is in again; what a return noted as lost doesn't come back with its file."""
    item = register_named("archive_item")
    missing = select(item).where(item.file_id == file, item.state == "missing", item.voided_at.is_(None))
    for paper in session.scalars(missing.where(*_not_lost_by_borrowers())):
        paper.state = "in"


def _not_lost_by_borrowers() -> Iterator[object]:
    item = register_named("archive_item")
    for table in KINDS:
        request = register_named(table)
        back = or_(request.returned_copies.is_(None), request.returned_copies == 0)
        lost = select(request.item_id).where(request.missing_copies > 0, back, request.item_id.is_not(None))
        yield item.id.not_in(lost)


def _report_lost(session: Session, file: Register, keeper: int, now: datetime) -> None:
    """A violation of whoever has charge of the file, else of *keeper*, who is to find it (R-FINE-01)."""
    item = register_named("archive_item")
    papers = session.scalar(select(func.count(item.id)).where(item.file_id == file.id, item.voided_at.is_(None)))
    values = {
        "recorded_at": now, "adviser_id": file.custodian_id or keeper, "adviser_kind": Adviser.OTHER.value,
        "file_id": file.id, "clause": "lost", "items": max(papers or 0, 1),
    }  # fmt: skip
    records.create(session, register_named("archive_violation"), values)
