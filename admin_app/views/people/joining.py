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
from ...operations import accounts, links, titles, values
from ...operations.constraints import Broken, told
from ...operations.joining import join
from ...rules.powers import may_be_username
from ...texts import say
from ...verdicts import Refused, require
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..register.boxes import TYPES, options, typed_text
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
        return _page({})
    read = values.read(_faces(), _texts(), reading(), _linked)
    faults = {**{name: words(fault.reason) for name, fault in read.faults.items()}, **_faults_of_username()}
    for name, fault in values.missing(_faces(), read.values, read.faults).items():
        faults.setdefault(name, words(fault.reason))
    if faults:
        return _page(faults)
    try:
        return _join(read.values)
    except Broken as broken:
        db.session.rollback()
        return _page({broken.field: words(broken.fault.reason)})
    except Refused as refused:
        note_refusal(refused)
        return _page({}, refused)


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


def _faults_of_username() -> dict[str, str]:
    try:
        require(may_be_username(_username()))
    except Refused as refused:
        return {"username": words(refused.verdict.reason)}
    taken = accounts.find_account(db.session, _username()) is not None
    return {"username": _("这个用户名已被使用")} if taken else {}


def _faces() -> list[Face]:
    """Who works in no department has no head to sign for them, so that is asked for here."""
    faces = register_named("employee").faces
    return [replace(faces[name], required=faces[name].required or name in _NEEDED) for name in _FIELDS]


def _texts() -> dict[str, str]:
    return {face.name: typed_text(request.form, face.name, face) or "" for face in _faces()}


def _linked(face: Face, text: str) -> int:
    found = links.by_public_id(db.session, face.to or "", text)
    return found if found is not None else links.by_text(db.session, face.to or "", text, reading())


def _page(faults: dict[str, str], refused: Refused | None = None) -> Any:
    crumb(PEOPLE, _("新同事入职"))
    person = [_cell(face, faults.get(face.name)) for face in _faces()]
    account = [
        _plain("username", _("用户名"), faults.get("username"), _("用来登录；不填就用工号。")),
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


def _cell(face: Face, fault: str | None) -> dict[str, Any]:
    text = request.form.get(face.name, "")
    cell = {
        "name": face.name, "label": words(face.label), "type": TYPES[face.kind.name], "required": face.required,
        "width": face.kind.width, "help": words(face.help), "errors": [fault] if fault else [], "value": text,
        "masked": False, "max_length": face.kind.max_length,
    }  # fmt: skip
    if face.codes:
        cell |= options(face, reading(), text)
    if face.to:
        url = f"/admin/employee/ajax/lookup/?name={face.name}"
        cell |= {"shown": request.form.get(f"{face.name}__text", ""), "lookup_url": url}
    return cell
