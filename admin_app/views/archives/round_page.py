"""The round of inspections on screen: shelf by shelf in place order, one key for each file that is as it should be (R-ARCH-05)."""

from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register, register_named
from ...operations import records
from ...operations.archives import inspecting, rounds
from ...operations.archives.scanning import scanned
from ...operations.today import local_day
from ...permissions import Action, Person
from ...rules.inspection import ABSENT, REPAIRED
from ...texts import say
from ...verdicts import Refused
from ..crumbs import crumb
from ..dispatch.rows import names
from ..dispatch.seen import seen
from ..doors import door
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, reading, words
from .section import ARCHIVES

blueprint = Blueprint("inspection_round", __name__, url_prefix="/archives/round")
#: in the address, the files that lie nowhere yet
_NOWHERE = "none"
#: what is scanned at a shelf -> its file
_FILE_OF = {"archive_file": attrgetter("id"), "archive_item": attrgetter("file_id")}


def _looks(person: Person) -> bool:
    return person.reach(Action.SEE, "archive_inspection") is not None and (
        person.reach(Action.SEE, "archive_file") is not None
    )


ROUND = door(say("保管检查"), "/archives/round/", ARCHIVES, _looks)


@blueprint.get("/")
@policy(SIGNED_IN)
@ROUND.guards
def overview() -> Any:
    """What is left of the present periods, by place."""
    today = local_day(db.session, clock.now())
    page = SimpleNamespace(
        title=words(ROUND.title), periods=[_period(one) for one in rounds.progress(db.session, today)],
        shelves=[_shelf(one) for one in rounds.shelves(db.session, today)], missed=_missed(today),
    )  # fmt: skip
    crumb(ROUND)
    return render_template("inspection_round.html", page=page)


@blueprint.get("/shelf/")
@policy(SIGNED_IN)
@ROUND.guards
def shelf() -> Any:
    return _show(_place(), code=request.args.get("code", "").strip()[:60])


@blueprint.post("/shelf/")
@policy(SIGNED_IN)
@ROUND.guards
def note() -> Any:
    """What was found of one file; then the shelf again, with the next one's key under the finger."""
    try:
        with writing(db.session):
            file = _file(request.form.get("file", ""))
            found, said = request.form.get("found", ""), request.form.get("note", "")
            inspecting.inspect(db.session, file, found, said, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _show(_place(), boxes(refused)), refused.status
    flash(_noted(_file(request.form["file"]).number, found), "success")
    return redirect(_shelf_url(_place()))


@blueprint.post("/move/")
@policy(SIGNED_IN)
@ROUND.guards
def move() -> Any:
    """A file that lies here though it belongs elsewhere stays here from now on."""
    try:
        with writing(db.session):
            inspecting.put_here(db.session, _file(request.form.get("file", "")), _place() or abort(400))
    except Refused as refused:
        note_refusal(refused)
        return _show(_place(), boxes(refused)), refused.status
    flash(_("已改放：%(number)s", number=_file(request.form["file"]).number), "success")
    return redirect(_shelf_url(_place()))


def _noted(number: str, found: str) -> str:
    if found == ABSENT:
        return _("%(number)s 没有找到，三个工作日内再找一次", number=number)
    return (
        _("%(number)s 已记，并转修复", number=number) if found in REPAIRED else _("%(number)s 在位完好", number=number)
    )


def _file(public_id: str) -> Register:
    return records.find(db.session, register_named("archive_file"), public_id[:24]) or abort(404)


def _place() -> Register | None:
    """The place in the address; None for the files that have none."""
    asked = request.args.get("place", "")[:24]
    if asked == _NOWHERE:
        return None
    return records.find(db.session, register_named("archive_place"), asked) or abort(404)


def _shelf_url(place: Register | None) -> str:
    return url_for("inspection_round.shelf", place=place.public_id if place is not None else _NOWHERE)


def _show(place: Register | None, refusals: list[dict[str, Any]] | None = None, code: str = "") -> str:
    today = local_day(db.session, clock.now())
    found = rounds.on_shelf(db.session, place, today)
    views = seen([file for file, _out in found])
    missed = {one.file_id: one.next_on for one in rounds.missed(db.session, today)}
    rows = [
        {"id": file.public_id, "number": file.number, "url": view.page, "title": view.title or "",
         "last": dated(view.inspected_on), "out": out, "missed": dated(missed.get(file.id))}
        for (file, out), view in zip(found, views, strict=True)
    ]  # fmt: skip
    title = place.code if place is not None else _("未上架的案卷")
    page = SimpleNamespace(
        title=title, place=place is not None, refusals=refusals or [], stray=_stray(code, place) if code else None, code=code,
        here=[row for row in rows if not row["out"]], out=[row for row in rows if row["out"]], damages=_damages(),
        may=g.person.reach(Action.ADD, "archive_inspection") is not None, action_url=_shelf_url(place),
        move_url=url_for("inspection_round.move", place=place.public_id) if place is not None else "",
        next_url=_next(place, today), back_url=url_for("inspection_round.overview"),
    )  # fmt: skip
    crumb(ROUND, title)
    return render_template("inspection_shelf.html", page=page)


def _damages() -> list[dict[str, str]]:
    labels = reading().options("archive_condition")
    return [{"value": code, "label": labels[code]} for code in REPAIRED if code in labels]


def _stray(code: str, place: Register | None) -> dict[str, Any]:
    """What was scanned: a file of this shelf, of another, or none."""
    meant = scanned(db.session, code, reading()).record
    led = _FILE_OF.get(meant.__tablename__) if meant is not None else None
    known = db.session.get(register_named("archive_file"), led(meant)) if led else None
    if known is None:
        return {
            "kind": "refused",
            "word": _("没有找到"),
            "text": _("没有编号为“%(code)s”的案卷", code=code),
            "id": None,
        }
    if place is not None and known.place_id != place.id:
        belongs = names("archive_place", [known.place_id])[known.place_id][0] if known.place_id else _("还没有柜位")
        text = _("%(number)s 应在 %(place)s", number=known.number, place=belongs)
        return {"kind": "look", "word": _("位置不符"), "text": text, "id": known.public_id}
    return {"kind": "done", "word": _("在位"), "text": known.number, "id": None}


def _next(place: Register | None, today: Any) -> str | None:
    """The next shelf with something left, in place order."""
    waiting = [one.place for one in rounds.shelves(db.session, today)]
    ids = [one.id if one is not None else None for one in waiting]
    here = place.id if place is not None else None
    after = waiting[ids.index(here) + 1 :] if here in ids else waiting
    return _shelf_url(after[0]) if after else None


def _period(one: rounds.Progress) -> dict[str, Any]:
    labels = reading().options("archive_condition")
    return {
        "due": dated(one.period.due), "code": reading().options("archive_check_period").get(one.period.code, ""),
        "files": one.files, "left": one.left, "done": one.files - one.left,
        "found": [{"label": labels.get(code, code), "count": count} for code, count in sorted(one.found.items())],
    }  # fmt: skip


def _shelf(one: rounds.Shelf) -> dict[str, Any]:
    place = one.place
    where = (
        (place.room, place.cabinet, str(place.shelf), str(place.position)) if place is not None else ("", "", "", "")
    )
    return {
        "url": _shelf_url(place), "code": place.code if place is not None else _("未上架的案卷"), "where": where,
        "left": one.left - one.out, "out": one.out,
    }  # fmt: skip


def _missed(today: Any) -> list[dict[str, Any]]:
    found = rounds.missed(db.session, today)
    told = names("archive_file", (one.file_id for one in found))
    places = names("archive_place", (one.place_id for one in found))
    return [
        {"file": told[one.file_id][0], "when": dated(one.inspected_on), "until": dated(one.next_on),
         "late": one.next_on is not None and one.next_on < today,
         "place": places[one.place_id][0] if one.place_id else "",
         "url": url_for("inspection_round.shelf", place=_public(places, one.place_id))}
        for one in found
    ]  # fmt: skip


def _public(places: dict[int, Any], place: int | None) -> str:
    return (places[place][1] if place else None) or _NOWHERE
