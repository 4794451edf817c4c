"""The buttons that lead from an item or a file to a request for it, to its queue and its label."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard.cells import Row
from ...models import register_named
from ...operations.archives import queues
from ...permissions import Action, can
from ...rules.label_codes import LETTERS
from ..register import labels
from ..register.acts import acts_on


@acts_on("archive_item")
def ask_for_item(row: Row) -> list[dict[str, Any]]:
    return [] if row.record.state in ("destroyed", "missing") else [*_ask(row, "item"), *_queue(row)]


@acts_on("archive_file")
def ask_for_file(row: Row) -> list[dict[str, Any]]:
    return [] if row.record.state == "destroyed" else _ask(row, "file")


def _queue(row: Row) -> list[dict[str, Any]]:
    """To reserve what isn't to be had now, or to give one's place in the queue up (R-LOAN-12)."""
    if row.record.voided_at is not None or not can(row.person, Action.ADD, register_named("archive_loan")):
        return []
    line = queues.of_item(db.session, row.record.id, clock.now())
    if mine := [one for one in line if one.reservation.person_id == row.person.id]:
        url = url_for("reservations.withdraw", id=mine[0].reservation.public_id)
        return [{"label": _("取消预约"), "url": url, "method": "get", "kind": "plain"}]
    if (row.record.state == "in" and not line) or row.record.holder_id == row.person.id:
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
