"""Roles and clearance of an employee: set, asked for, taken away, lowered (R-ROLE-02)."""

from typing import Any

from flask import Blueprint, abort, g, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...models import Register
from ...operations import power_requests, powers
from ...permissions import Level, Role
from ...rules.powers import Power, ladder_of
from ..words import words
from .acts import Unasked, act, chosen, confirmed, saved

blueprint = Blueprint("powers", __name__, url_prefix="/people/<public_id>")


@blueprint.post("/role/")
@act
def add_role(employee: Register) -> Any:
    """Give a role at once, or ask for it where it must be granted."""
    role = chosen(Role, "role")
    if ladder_of(role, for_oneself=employee.id == g.person.id):
        return _ask(employee, role)
    powers.give(db.session, employee, role, clock.now())
    return saved(employee, _("已设置岗位“%(role)s”", role=words(role.title)))


@blueprint.post("/role/take/")
@act
def take_role(employee: Register) -> Any:
    role = chosen(Role, "role")
    if not confirmed():
        text = _("“%(role)s”立即收回，登录随即退出。", role=words(role.title))
        return Unasked(_("收回岗位"), text, _("收回"))
    powers.take_away(db.session, employee, role, clock.now())
    return saved(employee, _("已收回岗位“%(role)s”", role=words(role.title)))


@blueprint.post("/clearance/")
@act
def change_clearance(employee: Register) -> Any:
    """Lower a clearance at once, or ask for a higher one."""
    level = chosen(lambda text: Level(int(text)), "clearance")
    if level > powers.clearance_of(employee):
        return _ask(employee, level)
    if not confirmed():
        text = _("密级权限立即降为“%(level)s”，再提高须申请批准。", level=words(level.label))
        return Unasked(_("降低密级权限"), text, _("降低"))
    powers.lower(db.session, employee, level, clock.now())
    return saved(employee, _("密级权限已降为“%(level)s”", level=words(level.label)))


def _ask(employee: Register, power: Power) -> Any:
    power_requests.ask(db.session, employee, power, request.form.get("reason", ""), clock.now())
    step = ladder_of(power, for_oneself=employee.id == g.person.id)[0]
    return saved(employee, _("申请已提交，等待%(step)s", step=words(step.title)))


@blueprint.post("/withdraw/")
@act
def withdraw(employee: Register) -> Any:
    requests = power_requests.about(db.session, employee.id)
    mine = next((one for one in requests if one.public_id == request.form.get("request")), None)
    if mine is None:
        abort(404)
    power_requests.withdraw(db.session, mine)
    return saved(employee, _("申请已撤回"))
