"""What the company decides for itself, from a day on: name and logo, working time, figures of the rules."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import writing
from ..operations import settings as operations
from ..operations.working_time import own_day_name
from ..permissions import Role
from ..rules.figures import DECLARED
from ..rules.logos import MOST_BYTES
from ..storage import files
from ..texts import say
from ..verdicts import Refused, Verdict
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .policy import SIGNED_IN, policy
from .refusals import boxes, note_refusal
from .settings_page import settings_page

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
SETTINGS = door(say("系统设置"), "/settings/", MANAGEMENT, holds(Role.ADMIN))


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@SETTINGS.guards
def settings() -> Any:
    if request.method == "GET":
        return _page()
    asked = _asked()
    if not asked.typed and asked.own_days is None and asked.logo is None:
        flash(_("没有填写要更改的内容"), "info")
        return _page()
    try:
        with writing(db.session):
            operations.change(db.session, asked, clock.now())
    except operations.Faulty as faulty:
        return _page(faulty.faults)
    flash(_("设置已保存"), "success")
    return redirect(url_for("settings.settings"))


@blueprint.post("/withdraw/")
@policy(SIGNED_IN)
@SETTINGS.guards
def withdraw() -> Any:
    """Take back a change that is still to come, or cancel a day of the company's own that is."""
    name, day = request.form.get("name", ""), _day("day")
    if day is None:
        abort(404)
    is_own = name == own_day_name(day)
    try:
        with writing(db.session):
            if is_own:
                operations.cancel_own_day(db.session, day, clock.now())
            else:
                operations.withdraw(db.session, name, day, clock.now())
    except LookupError:
        abort(404)
    except Refused as refused:
        note_refusal(refused)
        return _page(refusals=boxes(refused)), refused.status
    flash(_("已取消") if is_own else _("已撤回"), "success")
    return redirect(url_for("settings.settings"))


def _page(faults: dict[str, Verdict] | None = None, refusals: list[dict[str, Any]] | None = None) -> str:
    crumb(SETTINGS)
    return render_template("settings.html", page=settings_page(faults or {}, refusals or []))


def _asked() -> operations.Asked:
    """What the form asks to change: boxes left blank change nothing."""
    typed = {
        name: filled for name in DECLARED if (filled := [one for one in request.form.getlist(name) if one.strip()])
    }
    return operations.Asked(
        valid_from=_day("valid_from"), typed=typed, own_days=_own_days(), logo=_logo(), keep=files().put
    )


def _own_days() -> operations.OwnDays | None:
    if not request.form.get("own_first") and not request.form.get("own_last"):
        return None
    first = _day("own_first")
    last = _day("own_last") if request.form.get("own_last") else first
    works, note = request.form.get("own_works") == "yes", request.form.get("own_note", "").strip()[:30]
    return operations.OwnDays(first=first, last=last, works=works, note=note)


def _logo() -> bytes | None:
    """The picture sent; empty bytes to have none any more, None to leave it."""
    sent = request.files.get("logo")
    if sent is not None and sent.filename:
        # one byte more than may be is enough to tell; of an empty file one byte makes something to refuse
        return sent.stream.read(MOST_BYTES + 1) or b"\0"
    return b"" if request.form.get("logo_remove") else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None
