"""The catalogue on screen: one box, and the cabinets in the order in which they stand (R-ARCH-02)."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _

from ...database import db
from ...models import Register
from ...operations.archives import catalogue
from ...permissions import Action, Person
from ...texts import say
from ..crumbs import crumb
from ..dispatch.rows import names
from ..dispatch.seen import seen
from ..doors import door
from ..policy import SIGNED_IN, policy
from ..words import reading, words
from .section import ARCHIVES

blueprint = Blueprint("catalogue", __name__, url_prefix="/archives/catalogue")


def _finds(person: Person) -> bool:
    """Whoever finds files and the places they stand in."""
    return any(person.reach(action, "archive_file") is not None for action in (Action.SEE, Action.CATALOGUE)) and (
        person.reach(Action.SEE, "archive_place") is not None
    )


CATALOGUE = door(say("档案目录"), "/archives/catalogue/", ARCHIVES, _finds)


@blueprint.get("/")
@policy(SIGNED_IN)
@CATALOGUE.guards
def show() -> Any:
    text = request.args.get("q", "").strip()[:100]
    cabinets = catalogue.cabinets(db.session)
    chosen = None if text else _chosen(cabinets)
    files = catalogue.entries(db.session, text) if text else catalogue.in_cabinet(db.session, chosen) if chosen else []
    page = SimpleNamespace(
        title=words(CATALOGUE.title), q=text, rows=_rows(files), more=len(files) == catalogue.SHOWN,
        cabinets=[
            {"name": _name(one), "files": one.files, "current": one == chosen,
             "url": url_for("catalogue.show", room=one.room, cabinet=one.cabinet)}
            for one in cabinets
        ],
    )  # fmt: skip
    crumb(CATALOGUE)
    return render_template("catalogue.html", page=page)


def _chosen(cabinets: list[catalogue.Cabinet]) -> catalogue.Cabinet | None:
    """The cabinet in the address, else the first."""
    if "cabinet" not in request.args:
        return cabinets[0] if cabinets else None
    asked = request.args.get("room", ""), request.args["cabinet"]
    return next((one for one in cabinets if (one.room, one.cabinet) == asked), None) or abort(404)


def _name(one: catalogue.Cabinet) -> str:
    return _("%(room)s %(cabinet)s柜", room=one.room, cabinet=one.cabinet) if one.cabinet else _("未上架的案卷")


def _rows(files: Sequence[Register]) -> list[dict[str, Any]]:
    views, states = seen(files), reading().options("file_state")
    places = names("archive_place", (one.place_id for one in views))
    types = names("archive_type", (one.archive_type_id for one in views))
    return [
        {"number": one.number, "url": one.page, "title": one.title or "", "type": types[one.archive_type_id][0],
         "place": places[one.place_id][0] if one.place_id else "", "state": states.get(one.state, "")}
        for one in views
    ]  # fmt: skip
