"""What the loan desk lists, as its templates read it: what is out, what may be fetched, who stands in line, today's acts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard.titles import linked
from ...models import Register, register_named
from ...operations.archives import queues, room
from ...operations.archives.naming import item_names
from ...operations.archives.urging import last_urges
from ...operations.figures import span_on
from ...rules.figures import URGE_QUIET
from ...rules.states import State
from ...rules.urging import may_urge
from ..words import dated, moment_text, reading
from .time_left import left

_OUT = (State.ON_LOAN, State.READING)


def titles(requests: Iterable[Register]) -> tuple[dict[int, str], dict[int, str]]:
    """Item id -> number and title as this person gets it, person id -> name, for a list of requests."""
    requests = list(requests)
    people = linked(db.session, "employee", {one.applicant_id for one in requests}, g.person, reading())
    names = {id_: name for id_, (name, _url) in people.items()}
    return item_names(db.session, requests, g.person, reading()), names


def out_rows(requests: list[Register], now: datetime) -> list[dict[str, Any]]:
    """The table of what is in somebody's hands, with when they were last urged; once in a while one may again."""
    items, people = titles(requests)
    urges, quiet = last_urges(db.session, requests), span_on(db.session, URGE_QUIET, now)
    urgers = linked(db.session, "employee", {one.urged_by_id for one in urges.values()}, g.person, reading())
    rows = []
    for one in requests:
        due, urged = getattr(one, "due_at", None), urges.get((one.__tablename__, one.id))
        text, tag = left(due, now)
        may = may_urge(True, urged.urged_at if urged else None, now, quiet)
        rows.append(
            {
                "number": one.number,
                "url": desk_url(one),
                "item": items[one.item_id],
                "who": people[one.applicant_id],
                "since": moment_text(one.issued_at),
                "due": dated(due) or "—",
                "left_text": text,
                "tag": tag,
                "urged": _("%(when)s %(who)s 已催", when=moment_text(urged.urged_at)[5:], who=urgers[urged.urged_by_id][0])
                if urged else "",
                "urge_url": url_for("out_now.urge", id=one.public_id) if may and one.applicant_id != g.person.id else None,
            }
        )  # fmt: skip
    return rows


def choice_rows(requests: list[Register], now: datetime) -> list[dict[str, Any]]:
    """Requests to choose from: what is out with the time left, what is granted with the moment it lapses."""
    items, people = titles(requests)
    return [
        {"text": f"{people[one.applicant_id]}　{items[one.item_id]}", "url": desk_url(one),
         "until_text": _("%(when)s 前有效", when=dated(one.lapses_at)) if one.state == State.GRANTED
         else left(getattr(one, "due_at", None), now)[0]}
        for one in requests
    ]  # fmt: skip


def queue_rows(line: list[queues.InLine]) -> list[dict[str, Any]]:
    """Who stands in line: until when it is kept for them, and whether they may borrow it once it is (R-LOAN-12)."""
    people = linked(db.session, "employee", {one.reservation.person_id for one in line}, g.person, reading())
    items = item_names(db.session, line, g.person, reading())
    requests = queues.requests_of(db.session, line)
    rows = []
    for one in line:
        request = requests.get((one.item_id, one.reservation.person_id))
        rows.append(
            {
                "who": people[one.reservation.person_id][0], "item": items[one.item_id],
                "until": _("保留到 %(when)s", when=dated(one.until)) if one.until else _("排队中"),
                "tag": "state-due" if one.until else "state-open", "grant": _granted(request),
                "url": desk_url(request) if request is not None and request.state == State.GRANTED else None,
                "skip_url": url_for("reservations.skip", id=one.reservation.public_id),
            }
        )  # fmt: skip
    return rows


def _granted(request: Register | None) -> str:
    if request is None:
        return _("还没有申请")
    if request.state != State.GRANTED:
        return _("申请签批中")
    return _("已批准，%(when)s 前有效", when=dated(request.lapses_at))


def acts(now: datetime) -> list[dict[str, Any]]:
    """Today's last issues and returns."""
    done = room.todays_acts(db.session, now)
    found = {(act.table, act.request_id): db.session.get(register_named(act.table), act.request_id) for act in done}
    seen = [act for act in done if found[act.table, act.request_id] is not None]
    items, people = titles(found[act.table, act.request_id] for act in seen)
    rows = []
    for act in seen:
        one = found[act.table, act.request_id]
        issued = act.event == "issued"
        rows.append(
            {
                "when": moment_text(act.at),
                "what": one.number,
                "item": items[one.item_id],
                "who": people[one.applicant_id],
                "result": {"text": _("借出") if issued else _("归还"), "tag": "state-due" if issued else "state-done"},
            }
        )
    return rows


def desk_url(request: Register) -> str:
    return url_for("loan_desk.desk", id=request.public_id)
