"""The three don'ts stand before the first classified content of a day (R-CONF-11).

Whatever shows a record from 秘密 up notes the view; so the notes of an answer tell, for every page there is, whether it is
one to be held back until they are read.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import trail, writing
from ..operations.secrecy import donts_read_on, read_donts
from ..operations.today import local_day
from ..rules.secrecy import DONTS, has_read_donts
from ..verdicts import Verdict
from .input import inside
from .policy import SIGNED_IN, policy
from .words import words

blueprint = Blueprint("secrecy", __name__, url_prefix="/three-donts")
#: until when the browser's session need not ask the trail again
_UNTIL = "donts_until"


@blueprint.route("/", methods=["POST"])
@policy(SIGNED_IN)
def read() -> Any:
    """Read and confirmed: on to the page that was asked for."""
    with writing(db.session):
        read_donts(db.session)
    session[_UNTIL] = local_day(db.session, clock.now()).isoformat()
    return redirect(inside(request.form.get("next")) or "/")


def held_back(response: Response) -> Response | None:
    """The don'ts instead of *response*, where it would show classified content to who hasn't read them today."""
    if request.method != "GET" or response.status_code != 200 or not trail.shows_classified(db.session):
        return None
    verdict = _verdict()
    if verdict:
        return None
    trail.forget_views(db.session)
    g.crumbs = []  # they name the record
    page = SimpleNamespace(
        title=_("看机密内容之前"), donts=[words(dont) for dont in DONTS], reason=words(verdict.reason), rule=verdict.rule,
        next=request.full_path if response.mimetype == "text/html" else "/",
    )  # fmt: skip
    return make_response(render_template("three_donts.html", page=page), verdict.status)


def _verdict() -> Verdict:
    today = local_day(db.session, clock.now())
    until = session.get(_UNTIL)
    verdict = has_read_donts(date.fromisoformat(until) if until else None, today)
    if not verdict and (verdict := has_read_donts(donts_read_on(db.session, clock.now()), today)):
        session[_UNTIL] = today.isoformat()
    return verdict
