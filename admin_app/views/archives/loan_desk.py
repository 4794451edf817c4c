"""The loan desk: what is out, what waits; issuing against the borrower's password, taking back (R-LOAN-05 … 11)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...fields.numbers import CountKind
from ...fields.times import MomentKind
from ...guard import writing
from ...models import Register
from ...operations import stand_ins
from ...operations.archives import lending, room
from ...operations.archives.naming import place_of
from ...operations.staff import staff_on
from ...operations.today import local_day
from ...permissions import Person, Role
from ...rules.loan_return import Count
from ...rules.states import State
from ...texts import say
from ...verdicts import Refused
from ..crumbs import crumb
from ..doors import SIGNING, door
from ..passwords import check_of
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import reading, words
from .loan_cards import acts, card, out_rows, person_card, waiting_rows

blueprint = Blueprint("loan_desk", __name__, url_prefix="/loans")

_COUNTED = ("good", "damaged", "missing")


def _hands_out(person: Person) -> bool:
    """Keepers, and whoever stands in for one today (R-ROLE-03)."""
    if Role.ARCHIVE_KEEPER in person.roles:
        return True
    today = local_day(db.session, clock.now())
    return stand_ins.stands_in(db.session, person, today) and lending.works_at_desk(
        staff_on(db.session, today), person.id
    )


LOAN_DESK = door(say("借阅台"), "/loans/", SIGNING, _hands_out)


@blueprint.get("/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def desk() -> Any:
    """The desk, with the card of a request, or of whatever was scanned into the box."""
    if code := request.args.get("code", "").strip()[:60]:
        return _scanned(code)
    asked = _request() if "id" in request.args else None
    return _page(asked)


@blueprint.post("/issue/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def issue() -> Any:
    """Hand the item out: the borrower signs with their own password, then all obstacles show (R-LOAN-07)."""
    asked = _request()
    try:
        until, signed_at = _agreed_until(), _borrower_signs(asked)
        with writing(db.session):
            lending.issue(db.session, _request(), signed_at=signed_at, now=clock.now(), until=until)
    except Fault as fault:
        return _page(asked, result=("look", _("请改正"), words(fault.reason)))
    except Refused as refusal:
        return _refused(refusal)
    flash(_("已借出：%(number)s", number=asked.number), "success")
    return redirect(url_for("loan_desk.desk"))


def _agreed_until() -> Any:
    """The due time agreed at the desk; None where the card's own stands."""
    text = request.form.get("until", "").strip()
    return MomentKind().parse(text, reading()) if text else None


def _borrower_signs(asked: Register) -> Any:
    """When the borrower signed; None where nothing was typed, which the rule then says."""
    if not (password := request.form.get("password")):
        return None
    check_of(asked.applicant_id, password)
    return clock.now()


@blueprint.post("/return/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def take_back() -> Any:
    """Copies counted back; what stays out stays due when it was (R-LOAN-08)."""
    asked = _request()
    try:
        count = Count(**{name: _number(name) for name in _COUNTED})
        with writing(db.session):
            left = lending.take_back(db.session, _request(), count, note=request.form.get("note", ""), now=clock.now())
    except Fault as fault:
        return _page(asked, result=("look", _("请改正"), words(fault.reason)))
    except Refused as refusal:
        return _refused(refusal)
    flash(_("已收回，还有 %(n)s 份在借", n=left) if left else _put_away(asked), "success")
    return redirect(url_for("loan_desk.desk"))


def _put_away(asked: Register) -> str:
    """Where the item goes now, once it is back."""
    place = place_of(db.session, asked, g.person, reading())
    if not place:
        return _("已归还：%(number)s", number=asked.number)
    return _("已归还：%(number)s，请放回 %(place)s", number=asked.number, place=place)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    return CountKind().parse(text, reading()) if text else 0


def _request() -> Register:
    return room.by_public_id(db.session, request.args.get("id", "")[:24]) or abort(404)


def _scanned(code: str) -> Any:
    now = clock.now()
    requests, person = room.scanned(db.session, code, reading(), now)
    if len(requests) == 1:
        return redirect(url_for("loan_desk.desk", id=requests[0].public_id))
    if person is not None:
        return _page(None, person=person_card(person, now))
    if requests:
        return _page(None, choose=waiting_rows(requests), result=("look", _("请选择"), _("有几份申请，请选一份")))
    return _page(None, result=("refused", _("没有找到"), _("没有“%(code)s”对应的单号、文件编号或员工", code=code)))


def _refused(refusal: Refused) -> Any:
    note_refusal(refusal)
    return _page(_request(), refusals=boxes(refusal)), refusal.status


def _page(asked: Register | None, result: tuple[str, str, str] | None = None, **more: Any) -> Any:
    now = clock.now()
    open_card = (
        card(asked, now, {name: request.form[name] for name in (*_COUNTED, "note", "until") if name in request.form})
        if asked
        else None
    )
    if asked is not None and open_card is None and not more:
        state = words(State(asked.state).title)
        result = ("look", _("无须办理"), _("%(number)s：%(state)s", number=asked.number, state=state))
    page = SimpleNamespace(
        title=_("借阅台"), card=open_card, out=out_rows(room.out(db.session), now), acts=acts(now),
        result=dict(zip(("kind", "word", "text"), result, strict=True)) if result else None,
        waiting=waiting_rows(room.ready(db.session, now)),
        person=more.get("person"), choose=more.get("choose", []), refusals=more.get("refusals", []),
    )  # fmt: skip
    crumb(LOAN_DESK)
    return render_template("loan_desk.html", page=page)
