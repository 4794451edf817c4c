"""The rooms on screen: which is to be checked, its eleven points, and faults until they are settled (R-ARCH-06)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register, register_named
from ...operations import records
from ...operations.archives import storage
from ...operations.today import local_day
from ...permissions import Action, Person
from ...rules.storage import POINTS
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..doors import door
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from ..words import dated, words
from .section import ARCHIVES

blueprint = Blueprint("rooms", __name__, url_prefix="/archives/rooms")


def _looks(person: Person) -> bool:
    return (
        person.reach(Action.SEE, "storage_check") is not None and person.reach(Action.SEE, "archive_place") is not None
    )


ROOMS = door(say("环境检查"), "/archives/rooms/", ARCHIVES, _looks)


@blueprint.get("/")
@policy(SIGNED_IN)
@ROOMS.guards
def overview() -> Any:
    now = clock.now()
    today = local_day(db.session, now)
    page = SimpleNamespace(
        title=words(ROOMS.title), may=_may_check(),
        rooms=[
            {"name": one.name, "last": dated(one.last), "due": dated(one.due), "late": one.due < today, "now": one.due == today,
             "url": url_for("rooms.check", room=one.name), "faults": [_fault(each) for each in one.faults]}
            for one in storage.rooms(db.session, now)
        ],
    )  # fmt: skip
    crumb(ROOMS)
    return render_template("storage_rooms.html", page=page)


@blueprint.route("/check/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@ROOMS.guards
def check() -> Any:
    """The eleven points of one room, the faults of before on top."""
    if not _may_check():
        abort(404)
    room = _room()
    if request.method == "GET":
        return _ask(room)
    try:
        with writing(db.session):
            storage.check_room(db.session, room.name, _points(), request.form.get("problems", ""), clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _ask(_room(), words(refused.verdict.reason))
    flash(_("已记：%(room)s", room=room.name), "success")
    return redirect(url_for("rooms.overview"))


@blueprint.route("/settle/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@ROOMS.guards
def settle() -> Any:
    """How a fault was put right."""
    fault = _found()
    error = None
    if request.method == "POST":
        try:
            with writing(db.session):
                storage.settle(db.session, _found(), request.form.get("reason", ""), clock.now())
        except Refused as refused:
            if refused.verdict.code != "no_reason":
                raise
            note_refusal(refused)
            error = words(refused.verdict.reason)
        else:
            flash(_("已处理：%(room)s", room=_found().room), "success")
            return redirect(url_for("rooms.overview"))
    return _ask_settling(fault, error)


def _ask_settling(fault: Register, error: str | None) -> str:
    page = SimpleNamespace(
        title=_("处理完了"), thing=f"{fault.room}　{dated(fault.checked_on)}", text=fault.problems, depends=[], error=error,
        needs_reason=True, reason=request.form.get("reason", ""), needs_password=False, button=_("处理完了"), kind="primary",
        cancel_url=url_for("rooms.overview"), hidden=[("id", fault.public_id)],
    )  # fmt: skip
    crumb(ROOMS, page.title)
    return render_template("confirm.html", page=page)


def _may_check() -> bool:
    return g.person.reach(Action.ADD, "storage_check") is not None


def _room() -> storage.Room:
    asked = request.args.get("room", "")
    return next((one for one in storage.rooms(db.session, clock.now()) if one.name == asked), None) or abort(404)


def _found() -> Register:
    register = register_named("storage_check")
    return records.find(db.session, register, request.values.get("id", "")[:24]) or abort(404)


def _points() -> dict[str, bool | None]:
    """Each point as ticked; the one key for a room in order ticks all."""
    if request.form.get("all") == "fine":
        return dict.fromkeys(POINTS, True)
    return {name: {"yes": True, "no": False}.get(request.form.get(name, "")) for name in POINTS}


def _ask(room: storage.Room, error: str | None = None) -> str:
    faces, typed = register_named("storage_check").faces, request.form
    page = SimpleNamespace(
        title=_("检查：%(room)s", room=room.name), error=error, problems=typed.get("problems", ""),
        faults=[_fault(one) for one in room.faults], back_url=url_for("rooms.overview"),
        points=[{"name": name, "label": words(faces[name].label), "value": typed.get(name, "")} for name in POINTS],
    )  # fmt: skip
    crumb(ROOMS, room.name)
    return render_template("storage_check.html", page=page)


def _fault(one: Register) -> dict[str, Any]:
    faces = register_named("storage_check").faces
    bad = [words(faces[name].label) for name in POINTS if getattr(one, name) is False]
    return {
        "when": dated(one.checked_on), "points": bad, "text": one.problems or "", "url": page_of(type(one), one.public_id),
        "settle_url": url_for("rooms.settle", id=one.public_id),
    }  # fmt: skip
