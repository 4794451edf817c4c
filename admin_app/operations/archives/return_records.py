"""What a return leaves behind: what is lost a violation, what is damaged a repair, in the same transaction (R-LOAN-08)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.fines import adviser_kind
from ...rules.ladders import Kind
from ...rules.loan_return import Count, consequences
from ...rules.signers import Staff
from ...texts import Text, say
from .. import records
from ..today import local_day
from .standing import kind_of

#: the clause of what is lost; one item is one, however many copies of it
_LOST = "lost"


def open_records(
    session: Session, request: Register, item: Any, count: Count, note: str, staff: Staff, now: datetime, damage: str
) -> None:
    """Open what *count* brings about; *damage*: its kind, of ``archive_damage``. *session* sees beneath the row rule."""
    opened = {"archive_violation": _violation(request, item, count, note, staff, now),
              "archive_repair": _repair(session, request, item, count, note, now, damage)}  # fmt: skip
    for table in consequences(count):
        records.create(session, register_named(table), opened[table])


def _violation(request: Register, item: Any, count: Count, note: str, staff: Staff, now: datetime) -> dict[str, Any]:
    borrower = staff.people.get(request.applicant_id)
    return {
        "recorded_at": now, "adviser_id": request.applicant_id, "clause": _LOST, "items": 1, "file_id": item.file_id,
        "adviser_kind": adviser_kind(borrower.roles if borrower else frozenset()).value, "item_id": item.id,
        "description": _told(say("{number} 归还时遗失 {n} 份", number=request.number, n=count.missing), note),
    }  # fmt: skip


def _repair(
    session: Session, request: Register, item: Any, count: Count, note: str, now: datetime, damage: str
) -> dict[str, Any]:
    loan = request.id if kind_of(request) is Kind.LOAN else None
    return {
        "found_on": local_day(session, now), "loan_id": loan, "file_id": item.file_id, "item_id": item.id, "damage": damage,
        "description": _told(say("{number} 归还时损坏 {n} 份", number=request.number, n=count.damaged), note),
    }  # fmt: skip


def _told(what: Text, note: str) -> str:
    """In the company's language, as what people write is."""
    return str(say("{what}：{note}", what=what, note=note.strip()[:200])) if note.strip() else str(what)
