"""Who is signed in: the signed cookie checked against the account's epoch at every request (R-SIGN-02)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g, redirect, request, url_for
from flask import session as cookie

from .. import clock
from ..database import db
from ..guard import act_as
from ..operations.figures import span_on
from ..operations.people import SignedIn, load_signed_in
from ..rules.approvals import password_is_fresh
from ..rules.figures import IDLE, LONGEST, PASSWORD_GOOD_FOR
from ..working.people import Account
from .headers import KEPT

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


def password_due() -> bool:
    """Whether a signature asks for the password again (R-ROLE-05)."""
    now = clock.now()
    return not password_is_fresh(password_checked_at(), now, span_on(db.session, PASSWORD_GOOD_FOR, now))


def load() -> None:
    """Before each request: who asks, with the rights they hold now; nobody when the session has ended (``g.ended``)."""
    g.person = g.account = None
    if request.endpoint in KEPT or "account" not in cookie:
        return
    account, person = load_signed_in(db.session, cookie["account"])
    if account is None or person is None or not _holds(account):
        g.ended = dict(cookie)
        cookie.clear()
        return
    g.person, g.account = person, account
    act_as(db.session, person, request.remote_addr)
    _renew()


#: what is left to whoever must choose a password first
_BEFORE_PASSWORD = frozenset({"static", "sign_in.password", "sign_in.logout", "language.choose"})


def change_password_first() -> Any:
    """Before each request: a password that an admin gave leads to choosing one's own, wherever one goes (R-SIGN-01)."""
    if g.account is None or not g.account.must_change_password or request.endpoint in _BEFORE_PASSWORD:
        return None
    return redirect(url_for("sign_in.password"))


def _holds(account: SignedIn) -> bool:
    now = clock.now()
    idle, longest = (span_on(db.session, figure, now).total_seconds() for figure in (IDLE, LONGEST))
    return (
        not account.disabled
        and account.epoch == cookie.get("epoch")
        and now.timestamp() - cookie.get("seen", 0) <= idle
        and now.timestamp() - cookie.get("began", 0) <= longest
    )


def _renew() -> None:
    now = clock.now().timestamp()
    if now - cookie["seen"] > _RENEWED.total_seconds():
        cookie["seen"] = now
