"""What decides a signature besides the request: what the borrower has out, and where the item went last (R-DESK-01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ...database import db
from ...guard import trail
from ...guard.cells import Row
from ...guard.readable import where_read
from ...guard.titles import linked
from ...models import register_named
from ...operations.archives.naming import item_names
from ...rules.loan_terms import is_overdue
from ..words import moment_text

#: so many of a list; the register has the rest
_MOST = 5


def background(row: Row, now: datetime) -> list[dict[str, Any]]:
    """[{title, rows [{url, item, who, when, tag}]}], of the loans that this person sees."""
    loan, record = register_named("archive_loan"), row.record
    out = (loan.applicant_id == record.applicant_id, loan.issued_at.is_not(None), loan.returned_at.is_(None))
    lent = (loan.item_id == record.item_id, loan.issued_at.is_not(None), loan.id != _itself(row))
    groups = [
        (_("申请人未还的借阅"), _seen(row, "applicant_id", *out, order=loan.due_at)),
        (_("这份文件最近的借阅"), _seen(row, "item_id", *lent, order=loan.issued_at.desc())),
    ]
    return [{"title": title, "rows": _told(row, loans, now)} for title, loans in groups if loans]


def _itself(row: Row) -> int:
    return row.record.id if isinstance(row.record, register_named("archive_loan")) else 0


def _seen(row: Row, by: str, *wanted: Any, order: Any) -> Sequence[Any]:
    """As far as the person may read the field that they are found by."""
    loan = register_named("archive_loan")
    readable = where_read(loan, loan.faces[by], row.person)
    return db.session.scalars(
        select(loan).where(*wanted, readable, loan.voided_at.is_(None)).order_by(order, loan.id.desc()).limit(_MOST)
    ).all()


def _told(row: Row, loans: Sequence[Any], now: datetime) -> list[dict[str, Any]]:
    trail.note_views(db.session, "archive_loan", [(one.id, one.level) for one in loans], "request")
    items = item_names(db.session, loans, row.person, row.reading)
    who = linked(db.session, "employee", {one.applicant_id for one in loans}, row.person, row.reading)
    return [
        {
            "url": f"/admin/archive_loan/details/?id={one.public_id}",
            "item": items[one.item_id],
            "who": who[one.applicant_id][0],
            "when": _span(one.issued_at, one.returned_at or one.due_at),
            "tag": _tag(one, now),
        }
        for one in loans
    ]


def _span(first: datetime, last: datetime) -> str:
    return _("%(first)s 至 %(last)s", first=moment_text(first), last=moment_text(last))


def _tag(loan: Any, now: datetime) -> dict[str, str]:
    if loan.returned_at is not None:
        return {"text": _("已归还"), "tag": "state-off"}
    if is_overdue(loan.due_at, None, now):
        return {"text": _("逾期"), "tag": "state-late"}
    return {"text": _("未还"), "tag": "state-due"}
