"""报告泄密: two boxes for anybody who is signed in, and the number at once (R-CONF-10)."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...guard import writing
from ...models import register_named
from ...operations.archives import leaks
from ...permissions import Level
from ...verdicts import Refused
from ..policy import SIGNED_IN, policy
from ..words import moment_text, reading, words

blueprint = Blueprint("leaks", __name__, url_prefix="/leaks")

_LONGEST = 5000


@blueprint.before_request
def keep_out_of_the_log() -> None:
    g.unnamed = True


@blueprint.get("/report/")
@policy(SIGNED_IN)
def ask() -> Any:
    return _page("", moment_text(clock.now()))


@blueprint.post("/report/")
@policy(SIGNED_IN)
def report() -> Any:
    content, faults = request.form.get("content", "")[:_LONGEST], {}
    typed = " ".join(filter(None, (request.form.get(name, "").strip() for name in ("found_at", "found_at__time"))))
    try:
        found_at = _moment(typed)
        with writing(db.session):
            number = leaks.report(db.session, content, found_at, clock.now())
    except Fault as fault:
        faults["found_at"] = words(fault.reason)
    except Refused as refused:
        faults["found_at" if refused.verdict.code == "time_order" else "content"] = words(refused.verdict.reason)
    if faults:
        return _page(content, typed, faults)
    only = words(Level.TOP_SECRET.label)
    flash(
        _("已报告，编号 %(number)s。报告人不公开，只有%(level)s权限的人可以知道。", number=number, level=only),
        "success",
    )
    return redirect(url_for("desk.desk"))


def _moment(typed: str) -> datetime | None:
    return register_named(leaks.LEAK).faces["found_at"].kind.parse(typed, reading()) if typed else None


def _page(content: str, found_at: str, faults: dict[str, str] | None = None) -> str:
    page = SimpleNamespace(
        title=_("报告泄密"), cancel_url=url_for("desk.desk"),
        fields=[
            _cell("content", _("泄露了什么，或可能泄露什么"), "longtext", content, faults, max_length=_LONGEST),
            _cell("found_at", _("什么时候发现的"), "moment", found_at, faults),
        ],
    )  # fmt: skip
    g.crumbs = [(_("我的待办"), url_for("desk.desk")), (page.title, None)]
    return render_template("leak.html", page=page)


def _cell(name: str, label: str, type_: str, value: str, faults: dict[str, str] | None, **more: Any) -> dict[str, Any]:
    errors = [faults[name]] if faults and name in faults else []
    return {
        "name": name, "label": label, "type": type_, "value": value, "errors": errors, "help": "", "required": True,
        "width": "full", "masked": False, **more,
    }  # fmt: skip
