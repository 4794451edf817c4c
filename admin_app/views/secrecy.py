"""The three don'ts stand before the first classified content of a day (R-CONF-11).

Whatever shows a record from 秘密 up notes the view; so the notes of an answer tell, for every page there is, whether it is
one to be held back until they are read.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import noting, trail
from ..operations.secrecy import donts_read_on, read_donts
from ..operations.today import local_day
from ..permissions import Level
from ..rules.secrecy import DONTS, has_read_donts
from ..verdicts import Verdict, require
from .input import inside
from .policy import SIGNED_IN, policy
from .words import words

blueprint = Blueprint("secrecy", __name__, url_prefix="/three-donts")
#: until when the browser's session need not ask the trail again
_UNTIL = "donts_until"
#: the header by which scripts that asked for a part of a page are told where to go first
ASKED = "X-Read-First"


@blueprint.route("/", methods=["GET", "POST"])
@policy(SIGNED_IN)
def read() -> Any:
    """The don'ts; read and confirmed, on to the page that was asked for."""
    going_on_to = inside(request.values.get("next")) or "/"
    if request.method == "GET":
        return _page(_verdict(), going_on_to)
    with noting(db.session):
        read_donts(db.session)
    session[_UNTIL] = local_day(db.session, clock.now()).isoformat()
    return redirect(going_on_to)


def held_back(response: Response) -> Response | None:
    """The don'ts instead of *response*, where it would show classified content to who hasn't read them today.

    A form that was sent is answered with what its page has shown before.
    """
    if request.method != "GET" or not trail.shows_classified(db.session):
        return None
    verdict = _verdict()
    if verdict:
        return None
    trail.forget(db.session)  # nothing of the answer leaves
    trail.note(db.session, "refused", rule=verdict.rule, code=verdict.code, path=request.path)
    g.crumbs = []  # they name the record
    page = make_response(_page(verdict, request.full_path), verdict.status)
    page.headers[ASKED] = url_for("secrecy.read")
    return page


def require_read() -> None:
    """Raise Refused, for what shows classified content without being a page, unless the don'ts have been read today."""
    require(_verdict())


def read_first(path: str) -> Any:
    """The way to the don'ts, and from there to *path*, for who hasn't read them today; None for who has."""
    return None if _verdict() else redirect(url_for("secrecy.read", next=path))


def _page(verdict: Verdict, going_on_to: str) -> str:
    page = SimpleNamespace(
        title=_("看%(level)s内容之前", level=words(Level.CONFIDENTIAL.label)),
        donts=[words(dont) for dont in DONTS], reason=words(verdict.reason), rule="R-CONF-11",
        next=going_on_to,
    )  # fmt: skip
    return render_template("three_donts.html", page=page)


def _verdict() -> Verdict:
    today = local_day(db.session, clock.now())
    until = session.get(_UNTIL)
    verdict = has_read_donts(date.fromisoformat(until) if until else None, today)
    if not verdict and (verdict := has_read_donts(donts_read_on(db.session, clock.now()), today)):
        session[_UNTIL] = today.isoformat()
    return verdict
