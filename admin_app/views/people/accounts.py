"""The account of an employee: opened, given a new first password, disabled, enabled (R-SIGN-01, R-SIGN-02)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...models import Register
from ...operations import accounts
from ...working.people import Account
from ..crumbs import crumb
from .acts import Unasked, act, confirmed, saved
from .door import PEOPLE

blueprint = Blueprint("accounts", __name__, url_prefix="/people/<public_id>/account")


@blueprint.post("/open/")
@act
def open_account(employee: Register) -> Any:
    username = request.form.get("username", "").strip().lower()
    return _shown_once(employee, username, accounts.invite_employee(db.session, employee, username, clock.now()))


@blueprint.post("/reset/")
@act
def reset_password(employee: Register) -> Any:
    account = _account(employee)
    if not confirmed():
        return Unasked(_("重置密码"), _("现在的密码立即作废，登录随即退出。"), _("重置密码"))
    return _shown_once(employee, account.username, accounts.reset_password(db.session, account, clock.now()))


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


def _shown_once(employee: Register, username: str, password: str) -> str:
    """The first password, on this answer and never again: it is kept as a hash only."""
    crumb(PEOPLE, employee.name)
    page = SimpleNamespace(
        title=_("首个密码"), name=employee.name, username=username, password=password,
        back_url=url_for("person.person", public_id=employee.public_id),
    )  # fmt: skip
    return render_template("first_password.html", page=page)
