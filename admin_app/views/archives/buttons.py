"""The buttons that lead from an item or a file to a request, its queue and its label, from a permit to its copies."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard.cells import Row
from ...models import register_named
from ...operations.archives import queues, releases
from ...operations.archives.copied import permit_of
from ...operations.archives.copy_keepers import hands_out
from ...permissions import Action, Sight, can
from ...rules.label_codes import LETTERS
from ..register import labels
from ..register.acts import acts_on


@acts_on("archive_item")
def ask_for_item(row: Row) -> list[dict[str, Any]]:
    gone = row.record.state in ("destroyed", "missing")
    return _queue(row, gone) if gone else [*_ask(row, "item"), *_queue(row, gone)]


@acts_on("archive_file")
def ask_for_file(row: Row) -> list[dict[str, Any]]:
    """That it is held is told by a button that isn't there, too: to who reads the file (R-CONF-02)."""
    held = row.record.held and row.sight is Sight.FULL
    return [] if held or row.record.state == "destroyed" else _ask(row, "file")


@acts_on("copy_permit")
@acts_on("report_release")
def to_copies(row: Row) -> list[dict[str, Any]]:
    """Where copies are handed out and taken back, once there may be any."""
    permit = permit_of(row.record)
    if not permit.signed or not hands_out(db.session, row.record, clock.now()):
        return []
    table = row.register.__tablename__
    kind = "primary" if permit.given < permit.permitted and not permit.refused else "plain"
    return [_button(_("发出与收回副本"), url_for("copies.copies_of", table=table, id=row.record.public_id), kind)]


@acts_on("report_release")
def to_change(row: Row) -> list[dict[str, Any]]:
    """Where a single item is changed once the statistic is out."""
    if row.record.issued_on is None or not releases.may_note(db.session, row.record):
        return []
    return [_button(_("个别项修改"), url_for("release_change.ask", id=row.record.public_id))]


def _button(label: str, url: str, kind: str = "plain") -> dict[str, Any]:
    return {"label": label, "url": url, "method": "get", "kind": kind}


def _queue(row: Row, gone: bool) -> list[dict[str, Any]]:
    """To reserve what isn't to be had now, unless it won't be (*gone*), or to give one's place up (R-LOAN-12)."""
    if row.record.voided_at is not None or not can(row.person, Action.ADD, register_named("archive_loan")):
        return []
    line = queues.of_item(db.session, row.record.id, clock.now())
    if mine := [one for one in line if one.reservation.person_id == row.person.id]:
        url = url_for("reservations.withdraw", id=mine[0].reservation.public_id)
        return [{"label": _("取消预约"), "url": url, "method": "get", "kind": "plain"}]
    if gone or (row.record.state == "in" and not line) or row.record.holder_id == row.person.id:
        return []
    url = url_for("reservations.new", item=row.record.public_id)
    return [{"label": _("预约借阅"), "url": url, "method": "get", "kind": "plain"}]


def _ask(row: Row, parameter: str) -> list[dict[str, Any]]:
    """To borrow or to read what one sees, in full or in the catalogue (R-CONF-04)."""
    if row.record.voided_at is not None:
        return []
    return [
        {
            "label": label,
            "url": f"/admin/{table}/new/?{parameter}={row.record.public_id}",
            "method": "get",
            "kind": "plain",
        }
        for table, label in (("archive_loan", _("申请借阅")), ("access_request", _("申请查阅")))
        if can(row.person, Action.ADD, register_named(table))
    ]


def print_label(row: Row) -> list[dict[str, Any]]:
    """The label of what is scanned at the loan desk."""
    if not labels.offered(row.person, row.register):
        return []
    url = f"/admin/{row.register.__tablename__}/labels/?id={row.record.public_id}"
    return [{"label": _("打印标签"), "url": url, "method": "get", "kind": "plain"}]


for _table in LETTERS:
    acts_on(_table)(print_label)
