"""The account of an employee: opened, given a new first password, disabled, enabled (R-SIGN-01, R-SIGN-02)."""

from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...models import Register
from ...operations import accounts
from ...working.people import Account
from .acts import Unasked, act, confirmed, saved
from .first_password import Handed, shown_once

blueprint = Blueprint("accounts", __name__, url_prefix="/people/<public_id>/account")


@blueprint.post("/open/")
@act
def open_account(employee: Register) -> Any:
    username = request.form.get("username", "").strip().lower()
    password = accounts.invite_employee(db.session, employee, username, clock.now())
    return shown_once(Handed(employee.public_id, employee.name, username, password))


@blueprint.post("/reset/")
@act
def reset_password(employee: Register) -> Any:
    account = _account(employee)
    if not confirmed():
        return Unasked(_("重置密码"), _("现在的密码立即作废，登录随即退出。"), _("重置密码"))
    password = accounts.reset_password(db.session, account, clock.now())
    return shown_once(Handed(employee.public_id, employee.name, account.username, password))


@blueprint.post("/disable/")
@act
def disable(employee: Register) -> Any:
    account = _account(employee)
    if not confirmed():
        return Unasked(_("停用账号"), _("立即不能登录，正在使用的随即退出。"), _("停用"))
    accounts.disable(db.session, account)
    return saved(employee, _("账号已停用"))


@blueprint.post("/enable/")
@act
def enable(employee: Register) -> Any:
    accounts.enable(db.session, _account(employee))
    return saved(employee, _("账号已启用"))


def _account(employee: Register) -> Account:
    account = accounts.account_of(db.session, employee.id)
    if account is None:
        abort(404)
    return account
