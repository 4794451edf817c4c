"""Settings of the company: what it is called."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import writing
from ..guard.settings import company_name
from ..operations.settings import rename_company
from ..operations.today import local_day
from ..permissions import Role
from ..texts import say
from ..verdicts import Refused
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .policy import SIGNED_IN, policy
from .words import words

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
SETTINGS = door(say("系统设置"), "/settings/", MANAGEMENT, holds(Role.ADMIN))


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@SETTINGS.guards
def settings() -> Any:
    now = clock.now()
    crumb(SETTINGS)
    if request.method == "GET":
        name = company_name(db.session, local_day(db.session, now)) or ""
        return render_template("form.html", page=_page(name, None))
    name = request.form.get("company", "")
    try:
        with writing(db.session):
            rename_company(db.session, name, now)
    except Refused as refused:
        return render_template("form.html", page=_page(name, words(refused.verdict.reason)))
    flash(_("设置已保存"), "success")
    return redirect(url_for("settings.settings"))


def _page(name: str, fault: str | None) -> SimpleNamespace:
    cell = {"name": "company", "label": _("公司名称"), "type": "text", "required": True, "value": name, "width": "m",
            "errors": [fault] if fault else [], "help": _("显示在每一页的左上角。"), "max_length": 60}  # fmt: skip
    return SimpleNamespace(
        title=words(SETTINGS.title), number=None, version=None, clash=None,
        sections=[{"title": _("公司"), "fields": [cell]}],
        error_summary=[{"label": cell["label"], "anchor": "company", "text": fault}] if fault else [], refusal=None,
        cancel_url=url_for("desk.desk"), is_new=False, may_continue=False,
    )  # fmt: skip
