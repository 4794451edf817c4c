"""The page an empty program opens with: its first administrator and general manager (R-ROLE-02)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import act_as, writing
from ..operations.setting_up import SET_UP, FirstPerson, is_set_up, set_up
from ..verdicts import Refused
from .policy import PUBLIC, policy
from .words import words

blueprint = Blueprint("setup", __name__)


@blueprint.route("/setup", methods=["GET", "POST"])
@policy(PUBLIC)
def setup() -> Any:
    if is_set_up(db.session):
        abort(404)
    faults: dict[str, str] = {}
    if request.method == "POST":
        faults = _blank(request.form) or _set_up(request.form)
        if not faults:
            flash(_("设置完成，请登录"), "success")
            return redirect(url_for("sign_in.login"))
    return render_template("setup.html", page=_page(request.form, faults))


def _fields() -> list[tuple[str, list[tuple[str, str, str]]]]:
    people = (("admin", _("系统管理员")), ("manager", _("总经理")))
    return [(_("公司"), [("company", _("公司名称"), "text")])] + [
        (title, [(f"{who}_name", _("姓名"), "text"), (f"{who}_username", _("用户名"), "text"),
                 (f"{who}_password", _("密码"), "password")])
        for who, title in people
    ]  # fmt: skip


def _blank(form: Any) -> dict[str, str]:
    return {
        name: _("必填")
        for _title, fields in _fields()
        for name, _label, _kind in fields
        if not form.get(name, "").strip()
    }


def _set_up(form: Any) -> dict[str, str]:
    """Do it; the faults by field name."""
    first = {
        who: FirstPerson(form[f"{who}_name"].strip(), form[f"{who}_username"], form[f"{who}_password"])
        for who in ("admin", "manager")
    }
    act_as(db.session, SET_UP, request.remote_addr)
    try:
        with writing(db.session):
            set_up(db.session, form["company"].strip(), first["admin"], first["manager"], clock.now())
    except Refused as refusal:
        return {"admin_password": words(refusal.verdict.reason)}
    return {}


def _page(form: Any, faults: dict[str, str]) -> SimpleNamespace:
    def cell(name: str, label: str, kind: str) -> dict[str, Any]:
        errors = [faults[name]] if name in faults else []
        return {"name": name, "label": label, "type": kind, "required": True, "value": form.get(name, ""), "width": "m",
                "errors": errors, "help": "", "max_length": 60}  # fmt: skip

    sections = [{"title": title, "fields": [cell(*field) for field in fields]} for title, fields in _fields()]
    summary = [{"label": label, "anchor": name, "text": faults[name]}
               for _title, fields in _fields() for name, label, _kind in fields if name in faults]  # fmt: skip
    return SimpleNamespace(title=_("开始使用客档"), sections=sections, error_summary=summary)
