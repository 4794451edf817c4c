"""Who is signed in: the signed cookie checked against the account's epoch at every request (R-SIGN-02)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g, redirect, request, url_for
from flask import session as cookie

from .. import clock
from ..database import db
from ..guard import act_as
from ..operations.people import load_person
from ..working.people import Account

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
#: the cookie is renewed at most this often, so that pages can be kept by a proxy for nobody and cost nothing
_RENEWED = timedelta(minutes=1)


def begin(account: Account) -> None:
    """Sign the cookie of whoever has just given the right password."""
    now = clock.now().timestamp()
    cookie.clear()
    cookie.update(account=account.id, epoch=account.epoch, began=now, seen=now, checked=now)
    cookie.permanent = True


def end() -> None:
    cookie.clear()


def password_checked() -> None:
    cookie["checked"] = clock.now().timestamp()


def password_checked_at() -> datetime | None:
    """When the password was last given in this session."""
    checked = cookie.get("checked")
    return datetime.fromtimestamp(checked, UTC) if checked else None


def load() -> None:
    """Before each request: who asks, with the rights they hold now; nobody when the session has ended (``g.ended``)."""
    g.person = g.account = None
    if request.endpoint == "static" or "account" not in cookie:
        return
    account = db.session.get(Account, cookie["account"])
    person = load_person(db.session, account.employee_id) if account is not None and _holds(account) else None
    if account is None or person is None:
        g.ended = dict(cookie)
        cookie.clear()
        return
    db.session.expunge(account)
    g.person, g.account = person, account
    act_as(db.session, person, request.remote_addr)
    _renew()


#: what is left to whoever must choose a password first
_BEFORE_PASSWORD = frozenset({"static", "sign_in.password", "sign_in.logout"})


def change_password_first() -> Any:
    """Before each request: a password that an admin gave leads to choosing one's own, wherever one goes (R-SIGN-01)."""
    if g.account is None or not g.account.must_change_password or request.endpoint in _BEFORE_PASSWORD:
        return None
    return redirect(url_for("sign_in.password"))


def _holds(account: Account) -> bool:
    now = clock.now().timestamp()
    return (
        not account.disabled
        and account.epoch == cookie.get("epoch")
        and now - cookie.get("seen", 0) <= IDLE.total_seconds()
        and now - cookie.get("began", 0) <= LONGEST.total_seconds()
    )


def _renew() -> None:
    now = clock.now().timestamp()
    if now - cookie["seen"] > _RENEWED.total_seconds():
        cookie["seen"] = now
