"""A new colleague in one step: employee, account with its first password, roles given and asked for (R-ROLE-02)."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import writing
from ...models import register_named
from ...operations import accounts, links, titles
from ...operations.constraints import Broken, told
from ...operations.joining import join
from ...rules.powers import may_be_username
from ...texts import say
from ...verdicts import Refused
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..register.form_page import Typed, field_cell, read_form
from ..words import reading, words
from .door import PEOPLE
from .first_password import Handed, shown_once

blueprint = Blueprint("joining", __name__, url_prefix="/people/joining")

#: what is asked of a new colleague; the rest is the register's
_FIELDS = ("name", "number", "sex", "post", "department_id", "store_id", "phone", "joined_on")
_NEEDED = frozenset({"number", "department_id"})


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@PEOPLE.guards
def joining() -> Any:
    if request.method == "GET":
        return _page(Typed())
    typed = read_form(request.form, _faces(), register_named("employee"), reading(), _linked, None)
    fault = _fault_of_username()
    if typed.faults or fault:
        return _page(typed, fault)
    try:
        return _join(typed.read.values)
    except Broken as broken:
        db.session.rollback()
        typed.refuse(broken, _faces())
        return _page(typed)
    except Refused as refused:
        note_refusal(refused)
        return _page(typed, refused=refused)


def _join(given: dict[str, Any]) -> Any:
    post, reason = given.get("post") or "", None
    if post and request.form.get("by_title") == "yes":
        reason = words(say("新同事入职，岗位“{post}”", post=post))
    with told(register_named("employee")), writing(db.session):
        joined = join(db.session, given, _username(), reason, clock.now())
        handed = Handed(joined.employee.public_id, joined.employee.name, _username(), joined.password, joined.supplied)
    return shown_once(handed)


def _username() -> str:
    """What was typed, else the number."""
    return (request.form.get("username", "").strip() or request.form.get("number", "").strip()).lower()


def _fault_of_username() -> str | None:
    verdict = may_be_username(_username())
    if not verdict:
        return words(verdict.reason)
    return _("这个用户名已被使用") if accounts.find_account(db.session, _username()) is not None else None


def _faces() -> list[Face]:
    """Who works in no department has no head to sign for them, so that is asked for here."""
    faces = register_named("employee").faces
    return [replace(faces[name], required=faces[name].required or name in _NEEDED) for name in _FIELDS]


def _linked(face: Face, text: str) -> int:
    return links.named(db.session, face.to or "", text, reading())


def _page(typed: Typed, fault_of_username: str | None = None, refused: Refused | None = None) -> Any:
    crumb(PEOPLE, _("新同事入职"))
    person = [field_cell(face, reading(), typed, None, register_named("employee")) for face in _faces()]
    account = [
        _plain("username", _("用户名"), fault_of_username, _("用来登录；不填就用工号。")),
        {**_plain("by_title", _("系统岗位"), None, _("一般岗位立即设置；审批岗位和密级权限提出申请，由有权的人批准。")),
         "type": "choices", "values": [] if request.form and request.form.get("by_title") != "yes" else ["yes"],
         "options": [{"value": "yes", "label": _("按岗位对照设置和申请")}]},
    ]  # fmt: skip
    cells = [*person, *account]
    page = SimpleNamespace(
        title=_("新同事入职"), sections=[{"title": _("员工"), "fields": person}, {"title": _("账号和权限"), "fields": account}],
        error_summary=[{"label": cell["label"], "anchor": cell["name"], "text": cell["errors"][0]}
                       for cell in cells if cell["errors"]],
        refusals=boxes(refused) if refused else [], titles=_titles(), cancel_url=url_for("roster.roster"),
    )  # fmt: skip
    return render_template("joining.html", page=page), refused.status if refused else 200


def _titles() -> list[str]:
    """What can be typed as a post so that roles go with it."""
    return list(titles.titles(db.session, clock.now()))


def _plain(name: str, label: str, fault: str | None, help: str) -> dict[str, Any]:
    return {"name": name, "label": label, "type": "text", "required": False, "width": "m", "help": help,
            "errors": [fault] if fault else [], "value": request.form.get(name, ""), "masked": False, "max_length": 60}  # fmt: skip
