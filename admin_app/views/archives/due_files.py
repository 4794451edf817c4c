"""Files whose retention ends: what stands against destroying each, and one list of the chosen ones (R-ARCH-07)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register, register_named
from ...operations.archives import destroying, retention
from ...operations.today import local_day
from ...permissions import Action, Person
from ...rules.destruction import is_listed_by_readers, may_not_be_listed
from ...texts import say
from ...verdicts import Refused, Verdict
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..dispatch.seen import seen
from ..doors import door
from ..input import whole
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, words
from .section import ARCHIVES

blueprint = Blueprint("due_files", __name__, url_prefix="/archives/due")
_MOST = 300


def _lists(person: Person) -> bool:
    return person.reach(Action.ADD, "destruction") is not None


DUE_FILES = door(say("到期档案"), "/archives/due/", ARCHIVES, _lists)


@blueprint.get("/")
@policy(SIGNED_IN)
@DUE_FILES.guards
def worklist() -> Any:
    return _show()


@blueprint.post("/")
@policy(SIGNED_IN)
@DUE_FILES.guards
def list_chosen() -> Any:
    """One list of the chosen files of one department; all that stands in the way is told at once."""
    try:
        with writing(db.session):
            files = _chosen()
            listing = destroying.list_files(db.session, files, whole(request.form.get("department")))
            address, number = page_of(type(listing), listing.public_id), listing.number
    except Refused as refused:
        note_refusal(refused)
        return _show(boxes(refused)), refused.status
    flash(_("已造册：%(number)s，请鉴定人签字后送审", number=number), "success")
    return redirect(address)


def _chosen() -> list[Register]:
    file = register_named("archive_file")
    ids = request.form.getlist("file")[:_MOST]
    found = db.session.scalars(select(file).where(file.public_id.in_(ids)).order_by(file.number)).all()
    return list(found) or abort(400)


def _show(refusals: list[dict[str, Any]] | None = None) -> str:
    found, more = retention.due_files(db.session, local_day(db.session, clock.now()))
    page = SimpleNamespace(
        title=words(DUE_FILES.title), refusals=refusals or [], groups=_groups(found),
        months=round(retention.AHEAD.days / 30), most=retention.SHOWN if more else None,
    )  # fmt: skip
    crumb(DUE_FILES)
    return render_template("due_files.html", page=page)


def _groups(found: list[retention.Due]) -> list[dict[str, Any]]:
    """By owning department, as the head of one approves what is listed; whose a file is that is found in the catalogue alone
    isn't told, so that somebody who reads it lists it (R-CONF-04)."""
    shown = seen([one.file for one in found])
    told = [(one, view) for one, view in zip(found, shown, strict=True) if _may_be_told(one, view)]
    # those in the catalogue alone stand last, by number: their place among the others would tell their day
    told.sort(key=lambda each: ("", "") if _is_read(each[1]) else ("unread", each[0].file.number))
    places = names("archive_place", (view.place_id for _one, view in told))
    types = names("archive_type", (view.archive_type_id for _one, view in told))
    departments = names("department", (one.owner for one, view in told if _is_read(view)))
    out = retention.holders(db.session, [one.file.id for one, _view in told])
    people = names("employee", (holder for those in out.values() for holder in those))
    groups: dict[int | None, list[dict[str, Any]]] = {}
    for one, view in told:
        holders = [people[holder][0] for holder in sorted(out.get(one.file.id, ())) if _is_read(view)]
        owner = one.owner if _is_read(view) else None
        groups.setdefault(owner, []).append({**_row(one, view, places, types), "holders": holders})
    return [
        {"department": owner or "", "title": departments[owner][0] if owner else _("责任部门未写明或不显示"), "rows": rows,
         "ready": sum(row["ready"] for row in rows)}
        for owner, rows in groups.items()
    ]  # fmt: skip


def _may_be_told(one: retention.Due, view: Any) -> bool:
    """Of a file found in the catalogue alone, that its time is up, not how long it still has (R-CONF-04)."""
    return _is_read(view) or not any(verdict.code == "retained" for verdict in one.against)


def _is_read(view: Any) -> bool:
    """Whether the file is read, not only found in the catalogue."""
    return view.retained_until is not None


def _told(one: retention.Due, view: Any) -> tuple[Verdict, ...]:
    """What stands against it; of a file found in the catalogue alone, that something does, or who is to list it."""
    if _is_read(view):
        return one.against
    return (may_not_be_listed() if one.against else is_listed_by_readers(),)


def _row(one: retention.Due, view: Any, places: dict[int, Any], types: dict[int, Any]) -> dict[str, Any]:
    return {
        "id": one.file.public_id, "number": one.file.number, "url": view.page, "title": view.title or "",
        "type": types[view.archive_type_id][0], "place": places[view.place_id][0] if view.place_id else "",
        "until": dated(view.retained_until), "ready": not one.against and _is_read(view),
        "against": [{"reason": words(verdict.reason), "rule": verdict.rule} for verdict in _told(one, view)],
    }  # fmt: skip
