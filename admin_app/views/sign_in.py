"""Signing in and out, and changing one's password."""

import math
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import act_as, trail, writing
from ..operations import accounts, setting_up, signing_in
from ..operations.figures import value_on
from ..rules.figures import PASSWORD_LENGTH
from ..verdicts import Refused
from ..working.people import Account
from . import session
from .input import inside
from .passwords import check_of
from .policy import PUBLIC, SIGNED_IN, policy
from .words import words

blueprint = Blueprint("sign_in", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@policy(PUBLIC)
def login() -> Any:
    if not setting_up.is_set_up(db.session):
        return redirect(url_for("setup.setup"))
    page = SimpleNamespace(title=_("登录"), error=None, username="", next=request.values.get("next"), needs_code=False)
    if request.method == "GET":
        return redirect(url_for("desk.desk")) if g.person else render_template("login.html", page=page)
    page.username = request.form.get("username", "")[:60]
    tried = _try(page.username, request.form.get("password", ""))
    if tried.refused is None:
        return redirect(inside(page.next) or url_for("desk.desk"))
    page.error = words(tried.refused.reason)
    if tried.wait:
        # at once: a worker that waited with the stranger would keep others waiting
        return render_template("login.html", page=page), 429, {"Retry-After": math.ceil(tried.wait.total_seconds())}
    return render_template("login.html", page=page), 200


def _try(username: str, password: str) -> signing_in.SignIn:
    """One try; sessions signed before stay as they are."""
    act_as(db.session, signing_in.DOOR, request.remote_addr)
    tried = signing_in.sign_in(db.session, username, password, request.remote_addr or "", clock.now())
    if tried.account is not None:
        session.begin(tried.account)
    return tried


@blueprint.post("/logout")
@policy(SIGNED_IN)
def logout() -> Any:
    """Ends this session and every other of the same person: a copied cookie is worth nothing (R-SIGN-02)."""
    with writing(db.session):
        accounts.end_sessions(db.session, db.session.get_one(Account, g.account.id), "signed_out")
    session.end()
    return redirect(url_for("sign_in.login"))


@blueprint.route("/password", methods=["GET", "POST"])
@policy(SIGNED_IN)
def password() -> Any:
    """A new password, after the old one."""
    first = g.account.must_change_password
    page = SimpleNamespace(
        title=_("修改密码"), error=None, mode="change", next=None, cancel_url=None if first else url_for("desk.desk"),
        length=value_on(db.session, PASSWORD_LENGTH, clock.now()),
        reason=_("现在的密码是管理员给的，请先改为只有您自己知道的密码。") if first else None,
    )  # fmt: skip
    if request.method == "POST":
        page.error = _change(request.form)
        if page.error is None:
            flash(_("密码已修改，其他登录已退出"), "success")
            return redirect(url_for("desk.desk"))
    return render_template("password.html", page=page)


def _change(form: Any) -> str | None:
    """Change the password; what is wrong, or None."""
    if form.get("new_password", "") != form.get("repeat_password", ""):
        return _("两次输入的新密码不一致")
    try:
        check_of(g.person.id, form.get("password", ""))
        with writing(db.session):
            account = db.session.get_one(Account, g.account.id)
            accounts.set_password(db.session, account, form["new_password"], clock.now())
            trail.note(db.session, "password_set")
    except Refused as refusal:
        return words(refusal.verdict.reason)
    session.begin(account)
    return None
