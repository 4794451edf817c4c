"""Where an item or a file is now: in its place, in whose hands until when, kept for whoever reserved it (R-LOAN-10)."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from ... import clock
from ...database import db
from ...guard.cells import Row
from ...models import register_named
from ...operations.archives import queues
from ...permissions import View
from ...texts import COMMA, several
from ..register.whereabouts import where_is
from ..words import dated, reading, words
from .time_left import left


@where_is("archive_item")
def item_now(row: Row) -> str:
    """In the reader's words, from the fields that they get."""
    item, now = row.record, clock.now()
    if _shown(row, "holder_id") and (holder := row.cell(row.register.faces["holder_id"]).text):
        due = item.due_at if _shown(row, "due_at") else None
        if due is None:
            return _("在 %(name)s 手中", name=holder)
        return _("在 %(name)s 手中，%(left)s", name=holder, left=left(due, now)[0])
    if not _shown(row, "state"):
        return ""
    state, place = row.cell(row.register.faces["state"]).text, _place(row)
    if item.state != "in":
        return state
    kept = [one for one in queues.of_item(db.session, item.id, now) if one.until is not None]
    if kept:
        return _("在库，为预约人保留到 %(when)s", when=dated(kept[0].until))
    return f"{state} {place}".strip()


@where_is("archive_file")
def file_now(row: Row) -> str:
    """The place, and of the papers that the reader sees how many are where."""
    item = register_named("archive_item")
    papers = select(item.state, func.count(item.id)).where(item.file_id == row.record.id, item.voided_at.is_(None))
    counts = db.session.execute(papers.group_by(item.state).order_by(item.state))
    options = reading().options("item_state")
    told = [_("%(state)s %(n)s 件", state=options.get(state, state), n=n) for state, n in counts]
    return words(several([*filter(None, [_place(row)]), *told], COMMA))


def _place(row: Row) -> str:
    return row.cell(row.register.faces["place_id"]).text if _shown(row, "place_id") else ""


def _shown(row: Row, name: str) -> bool:
    return row.view(row.register.faces[name]) is View.SHOWN
