"""A single item changed in a statistic that was given out: noted here, signed by the general manager on its page (R-ARCH-08)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register, lines_of, register_named
from ...operations import records
from ...operations.archives import releases
from ...verdicts import Refused, require
from ..addresses import page_of
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import words

blueprint = Blueprint("release_change", __name__, url_prefix="/copies/change")

_LONGEST = 200


@blueprint.get("/")
@policy(SIGNED_IN)
def ask() -> Any:
    return _page(_release())


@blueprint.post("/")
@policy(SIGNED_IN)
def note() -> Any:
    change = releases.Change(*(request.form.get(name, "").strip()[:_LONGEST] for name in releases.Change._fields))
    try:
        with writing(db.session):
            releases.note_change(db.session, _release(), change, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _page(_release(), boxes(refused)), 200 if refused.verdict.code == "incomplete" else refused.status
    flash(_("已登记修改，等总经理批准：%(item)s", item=change.item), "success")
    return redirect(page_of(register_named(releases.RELEASE), request.values["id"]))


def _release() -> Register:
    """The release named in the address, for who enters changes of it; raises Refused for others."""
    found = records.find(db.session, register_named(releases.RELEASE), request.values.get("id", "")[:24]) or abort(404)
    require(releases.may_note(db.session, found))
    return found


def _page(release: Register, refusals: list[dict[str, Any]] | None = None) -> str:
    faces = lines_of(type(release), release.faces["changes"]).faces
    page = SimpleNamespace(
        title=_("个别项修改"), thing=f"{release.number}　{release.report_name}", refusals=refusals or [], id=release.public_id,
        fields=[_cell(faces[name].label, name) for name in releases.Change._fields],
        cancel_url=page_of(type(release), release.public_id),
    )  # fmt: skip
    register = type(release)
    g.crumbs = [
        (words(register.declaration.title), page_of(register)),
        (release.number, page.cancel_url),
        (page.title, None),
    ]
    return render_template("release_change.html", page=page)


def _cell(label: Any, name: str) -> dict[str, Any]:
    return {
        "name": name, "label": words(label), "type": "text", "value": request.form.get(name, ""), "errors": [], "help": "",
        "required": name != "reason", "width": "full", "masked": False, "max_length": _LONGEST,
    }  # fmt: skip
