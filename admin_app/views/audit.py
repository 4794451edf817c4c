"""The trail as the auditor reads it (R-SIGN-04, R-AUDT-01): field names and digests, contents never."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from ..database import db
from ..fields import Fault
from ..fields.times import DayKind
from ..models import all_registers
from ..operations import audit as trail_of
from ..operations.audit_words import EVENTS, event_text, said
from ..operations.today import end_of_day
from ..permissions import Role
from ..texts import SEMICOLON, say, several
from .cells import blank_cell, filter_field
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .input import whole
from .policy import SIGNED_IN, policy
from .words import moment_text, reading, shown, words

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
AUDIT = door(say("审计记录"), "/audit/", MANAGEMENT, holds(Role.AUDITOR))

_COUNTED_TO = 10_000
#: characters of a cell that is cut until one looks at it
_LONG = 36
#: where in the list one is
_PLACE = ("before", "after", "page")


@blueprint.get("/")
@policy(SIGNED_IN)
@AUDIT.guards
def entries() -> Any:
    query = _query()
    found = trail_of.find(db.session, query)
    crumb(AUDIT)
    page = SimpleNamespace(
        title=words(AUDIT.title), columns=_columns(), rows=[_row(entry) for entry in found.entries],
        **_conditions(), **_foot(query, found),
        views=[{"label": _("全部"), "url": "?", "current": not query.by_admin},
               {"label": _("系统管理员办理的"), "url": "?admin=1", "current": query.by_admin}],
        empty={"title": _("没有符合条件的记录"), "text": _("换个条件试试。"), "url": "?", "label": _("清除条件")},
    )  # fmt: skip
    return render_template("plain_list.html", page=page)


def _query() -> trail_of.Query:
    event, table = request.args.get("f-event"), request.args.get("f-table")
    since, until = _midnight("f-since", days=-1), _midnight("f-until", days=0)
    return trail_of.Query(
        event=event if event in EVENTS else None, table=table if table in all_registers() else None,
        actor=request.args.get("f-actor", "")[:60], since=since, until=until, by_admin=request.args.get("admin") == "1",
        before=whole(request.args.get("before")), after=whole(request.args.get("after")),
    )  # fmt: skip


def _midnight(name: str, days: int) -> Any:
    """The midnight that begins (-1) or ends (0) the day typed; None for a blank or what is no day."""
    try:
        day = DayKind().parse(request.args.get(name, ""), reading()) if request.args.get(name) else None
    except Fault:
        return None
    return end_of_day(db.session, day + timedelta(days=days)) if day else None


def _columns() -> list[str]:
    return [
        _("序号"),
        _("时间"),
        _("办理人"),
        _("事件"),
        _("登记簿"),
        _("记录"),
        _("内容"),
        _("地址"),
        pgettext("audit", "摘要"),
    ]


def _row(entry: trail_of.Entry) -> dict[str, Any]:
    row = entry.row
    told = words(several(said(db.session, row), SEMICOLON))
    register = all_registers().get(row.table_name or "")
    cells = [
        blank_cell(str(row.seq)),
        blank_cell(moment_text(row.at)),
        blank_cell(shown(entry.who) or _("系统"), sub=_("系统管理员") if entry.by_admin else None),
        blank_cell(words(event_text(row.event))),
        blank_cell(words(register.declaration.title) if register else None),
        blank_cell(entry.record),
        {**blank_cell(told), "long": len(told) > _LONG},
        blank_cell(entry.address),
        blank_cell(row.digest[:16]),
    ]
    return {"url": None, "cells": cells}


def _conditions() -> dict[str, Any]:
    events = [(name, words(text)) for name, text in EVENTS.items()]
    tables = [(name, words(register.declaration.title)) for name, register in all_registers().items()]
    values = {name: request.args.get(f"f-{name}", "") for name in ("actor", "event", "table", "since", "until")}
    fields = [
        filter_field("actor", _("办理人"), values["actor"], kind="text"),
        filter_field("event", _("事件"), values["event"], events),
        filter_field("table", _("登记簿"), values["table"], tables),
        filter_field("since", _("从"), values["since"], kind="day"),
        filter_field("until", _("到"), values["until"], kind="day"),
    ]
    hidden = [(name, value) for name, value in request.args.items() if name not in _PLACE]
    return {"search": None, "filter_fields": fields, "chips": [], "clear_url": "?", "hidden": hidden}


def _foot(query: trail_of.Query, found: trail_of.Page) -> dict[str, Any]:
    total = trail_of.count(db.session, query, _COUNTED_TO + 1)
    kept = {name: value for name, value in request.args.items() if name not in _PLACE}
    page = whole(request.args.get("page")) or 1
    seqs = [entry.row.seq for entry in found.entries]
    return {
        "total_text": _("共 %(n)s 条", n=f"{_COUNTED_TO:,}+" if total > _COUNTED_TO else f"{total:,}"),
        "count_url": None, "page_number": page, "page_size": trail_of.PAGE, "goto_url": None,
        "page_sizes": [{"n": trail_of.PAGE, "url": url_for("audit.entries", **kept)}],
        "prev_url": url_for("audit.entries", **kept, after=seqs[0], page=page - 1) if found.newer and seqs else None,
        "next_url": url_for("audit.entries", **kept, before=seqs[-1], page=page + 1) if found.older and seqs else None,
    }  # fmt: skip
