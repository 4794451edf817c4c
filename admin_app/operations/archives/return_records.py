"""What a return leaves behind: what is lost a violation, what is damaged a repair, in the same transaction (R-LOAN-08)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ...models import Register, register_named
from ...rules.figures import REPAIR_DAYS
from ...rules.fines import adviser_kind
from ...rules.ladders import Kind
from ...rules.loan_return import Count, consequences
from ...rules.signers import Staff
from ...texts import Text, say
from .. import records
from ..figures import value_on
from ..today import local_day
from .standing import kind_of

#: the clause of what is lost; one item is one, however many copies of it
_LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What *keeper* (employee id) saw at a return; *damage*: its kind, of ``archive_damage``."""

    count: Count
    note: str
    damage: str
    keeper: int
    now: datetime


def open_records(session: Session, request: Register, item: Any, seen: Seen, staff: Staff) -> None:
    """Open what was *seen* brings about; *session* sees beneath the row rule."""
    opened = {"archive_violation": _violation(request, item, seen, staff),
              "archive_repair": _repair(session, request, item, seen)}  # fmt: skip
    for table in consequences(seen.count):
        records.create(session, register_named(table), opened[table])


def _violation(request: Register, item: Any, seen: Seen, staff: Staff) -> dict[str, Any]:
    borrower = staff.people.get(request.applicant_id)
    return {
        "recorded_at": seen.now, "adviser_id": request.applicant_id, "clause": _LOST, "items": 1, "file_id": item.file_id,
        "adviser_kind": adviser_kind(borrower.roles if borrower else frozenset()).value, "item_id": item.id,
        "description": _told(say("{number} 归还时遗失 {n} 份", number=request.number, n=seen.count.missing), seen.note),
    }  # fmt: skip


def _repair(session: Session, request: Register, item: Any, seen: Seen) -> dict[str, Any]:
    """By the day that the company's figure gives, by who took it back, as after an inspection (R-ARCH-05)."""
    loan, today = request.id if kind_of(request) is Kind.LOAN else None, local_day(session, seen.now)
    return {
        "found_on": today, "loan_id": loan, "file_id": item.file_id, "item_id": item.id, "damage": seen.damage,
        "description": _told(say("{number} 归还时损坏 {n} 份", number=request.number, n=seen.count.damaged), seen.note),
        "repair_by": today + timedelta(days=value_on(session, REPAIR_DAYS, seen.now)), "repairer_id": seen.keeper,
    }  # fmt: skip


def _told(what: Text, note: str) -> str:
    """In the company's language, as what people write is."""
    return str(say("{what}：{note}", what=what, note=note.strip()[:200])) if note.strip() else str(what)
