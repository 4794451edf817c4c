"""The loan desk's cards, as loan_desk.html reads them: to issue, to take back, of a person, of an item."""

from datetime import datetime
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard.shown import rows_of
from ...guard.titles import linked
from ...models import Register
from ...operations.archives import queues, room
from ...operations.archives.lending import DAMAGE
from ...operations.archives.naming import place_of
from ...operations.archives.overview import overview
from ...permissions import Level
from ...rules.loan_terms import due_moment, is_overdue
from ...rules.states import State
from ..addresses import page_of
from ..words import dated, moment_text, reading, words
from .loan_lists import choice_rows, out_rows, queue_rows, titles
from .time_left import left
from .where_now import item_now

_OUT = (State.ON_LOAN, State.READING)


def person_card(person: Register, now: datetime) -> dict[str, Any]:
    """Whose card is open: what they have, and what stands against lending them more (R-LOAN-09)."""
    theirs = room.out(db.session, person.id)
    late = sum(is_overdue(one.due_at, None, now) for one in theirs if getattr(one, "due_at", None))
    blocks = [_("有 %(n)s 件逾期未还，不能再借（R-LOAN-09）", n=late)] if late else []
    ready = room.ready(db.session, now, person.id)
    return {"name": person.name, "sub": _department(person), "out": out_rows(theirs, now), "blocks": blocks,
            "waiting": choice_rows(ready, now)}  # fmt: skip


def _department(person: Register) -> str:
    id_ = person.department_id
    return linked(db.session, "department", [id_], g.person, reading())[id_][0] if id_ else ""


def item_card(item: Register, now: datetime) -> dict[str, Any]:
    """An item that was scanned: where it is, and who stands in line for it."""
    row = rows_of(db.session, type(item), [item], item.faces.values(), reading(), "desk")[0]
    line = queues.of_item(db.session, item.id, now)
    return {
        "number": item.number, "title": row.cell(item.faces["name"]).text, "where": item_now(row),
        "url": page_of(type(item), item.public_id), "queue": queue_rows(line),
    }  # fmt: skip


def card(
    request: Register, now: datetime, typed: dict[str, str] | None = None, keep: dict[str, str] | None = None
) -> dict[str, Any] | None:
    """The open card: to issue while granted, to take back while out; None where the desk has nothing to do.

    *typed*: what was typed into it. *keep*: what its address carries on, beside the request.
    """
    make = _issue_card if request.state == State.GRANTED else _return_card if request.state in _OUT else None
    return make(request, now, typed or {}, keep or {}) if make else None


def _issue_card(request: Register, now: datetime, typed: dict[str, str], keep: dict[str, str]) -> dict[str, Any]:
    """Blocked where it can't be issued whatever is signed: nobody is asked for a password in vain."""
    items, people = titles([request])
    borrower = people[request.applicant_id]
    loan = "due_at" in request.faces
    until = due_moment(now, request.asked_until) if loan else None
    promise = (_("本人借阅上列文件，%(due)s 前原样归还，不转借、不复制。", due=dated(until)) if loan
               else _("本人在室内查阅上列文件，用毕当面交还，不带出、不复制。"))  # fmt: skip
    return {
        **_common(request, items, people), "kind": "issue", "title": _("借出") if loan else _("调出查阅"),
        "due": dated(until) or _("当日在室内查阅，用毕交还"), "button": _("签收并借出"),
        "action_url": url_for("loan_desk.issue", id=request.public_id, **keep), "borrower": borrower, "promise": promise,
        "until": typed.get("until", moment_text(until)) if loan else None,
        "blocked": overview(db.session, request, now).obstacles,
    }  # fmt: skip


def _return_card(request: Register, now: datetime, typed: dict[str, str], keep: dict[str, str]) -> dict[str, Any]:
    items, people = titles([request])
    out = overview(db.session, request, now).out
    due = getattr(request, "due_at", None)
    return {
        **_common(request, items, people), "kind": "return", "title": _("归还"), "due": dated(due) or "—",
        "left": left(due, now), "out": out,
        "action_url": url_for("loan_desk.take_back", id=request.public_id, **keep), "button": _("归还入库"),
        "damages": reading().options("archive_damage"),
        "typed": {"damage": DAMAGE, "good": str(out), "damaged": "0", "missing": "0", "note": "", **typed}, "blocked": (),
    }  # fmt: skip


def _common(request: Register, items: dict[int, str], people: dict[int, str]) -> dict[str, Any]:
    facts = [(_("文件"), items[request.item_id]), (_("借阅人"), people[request.applicant_id]),
             (_("份数"), str(getattr(request, "copies", "") or "")), (_("用途"), request.purpose),
             (_("存放柜位"), place_of(db.session, request, g.person, reading()))]  # fmt: skip
    return {
        "number": request.number, "level_mark": {"level": request.level, "label": words(Level(request.level).label)},
        "facts": [{"label": label, "text": text} for label, text in facts],
        "page_url": page_of(type(request), request.public_id),
    }  # fmt: skip
