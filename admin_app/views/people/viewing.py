"""Looking on as somebody else: begun on their page, kept in the signed cookie, ended by a button on every page."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import act_as, noting, writing
from ...guard.session import READ_ONLY
from ...operations import viewing
from ...permissions import Action, Person
from ...verdicts import Refused
from ..policy import SIGNED_IN, policy, policy_of
from ..refusals import note_refusal
from .door import PEOPLE, employee_at
from .person import person_page

blueprint = Blueprint("viewing", __name__)

#: not even looked at: what leaves the house, comes in, or is revealed
_CLOSED = frozenset({Action.EXPORT, Action.IMPORT, Action.REVEAL})
#: writes nothing but the browser's cookie
_HARMLESS = frozenset({"language.choose", "secrecy.read"})


@blueprint.post("/people/<public_id>/view/")
@policy(SIGNED_IN)
@PEOPLE.guards
def begin(public_id: str) -> Any:
    """Kept in the cookie once it is in the trail. Whoever looks on already gets no further than ``only_look``."""
    try:
        with writing(db.session):
            begun = viewing.begin(db.session, employee_at(public_id), clock.now())
    except Refused as refused:
        note_refusal(refused)
        return person_page(employee_at(public_id), refused)
    cookie["viewing"] = [begun.person, begun.epoch, begun.began.timestamp(), g.person.id]
    return redirect(url_for("desk.desk"))


@blueprint.post("/viewing/end/")
@policy(SIGNED_IN)
def end() -> Any:
    if (begun := _begun()) is not None:
        _over(begun, "ended")
    return redirect(url_for("desk.desk"))


def resume() -> None:
    """Before each request, behind the session: whoever looks on as somebody goes on as both, or no longer does."""
    if (begun := _begun()) is None:
        return
    if g.person is None:
        _lost(begun)
    elif request.endpoint == "sign_in.logout":
        _over(begun, "session")
    elif request.endpoint != "viewing.end":
        _go_on(begun)


def _go_on(begun: viewing.Begun) -> None:
    both, why = viewing.both(db.session, g.person, begun, clock.now())
    if both is None:
        _over(begun, why)
        flash(_("以他人身份的查看已结束"), "info")
        g.looked_on = True
        return
    g.person = both
    act_as(db.session, both, request.remote_addr)


def _lost(begun: viewing.Begun) -> None:
    """The session has ended meanwhile: noted in the name of who looked on, and then nobody is named again."""
    act_as(db.session, Person(id=_kept()[3], username="", name=""), request.remote_addr)
    _over(begun, "session")
    act_as(db.session, None)


def only_look() -> None:
    """Before each request, behind the policies: who looks on as somebody else looks, and nothing more.

    What was sent while looking on isn't done in one's own name either, because the time was up meanwhile (``g.looked_on``).
    """
    if g.person is None or (g.person.seen_by is None and "looked_on" not in g):
        return
    reads = request.method in ("GET", "HEAD", "OPTIONS") or request.endpoint in _HARMLESS
    if not reads or policy_of(request.endpoint or "") in _CLOSED:
        raise Refused(READ_ONLY)


def _kept() -> Any:
    """What the cookie says; of a session that has just ended what it said. A file of the program is asked for by nobody."""
    return (cookie if g.person is not None else g.get("ended", {})).get("viewing")


def _begun() -> viewing.Begun | None:
    kept = _kept()
    return viewing.Begun(kept[0], kept[1], datetime.fromtimestamp(kept[2], UTC)) if kept else None


def _over(begun: viewing.Begun, why: str) -> None:
    """As whoever looked on, who is the acting person again."""
    with noting(db.session):
        viewing.end(db.session, begun, why)
    cookie.pop("viewing", None)
