"""The loan desk: what is out, what waits; issuing against the borrower's password, taking back (R-LOAN-05 … 11)."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Fault
from ...fields.numbers import CountKind
from ...fields.times import MomentKind
from ...guard import writing
from ...guard.titles import linked
from ...models import Register, register_named
from ...operations import records
from ...operations.archives import lending, queues, room
from ...operations.archives.naming import place_of
from ...rules.label_codes import is_code, normalised
from ...rules.loan_return import Count
from ...verdicts import Refused
from ..passwords import check_of
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from ..words import dated, reading, words
from .desk_page import LOAN_DESK, reasons, show
from .scan_box import AtDesk, Result, again, scan

blueprint = Blueprint("loan_desk", __name__, url_prefix="/loans")

_COUNTED = ("good", "damaged", "missing")


@blueprint.get("/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def desk() -> Any:
    """The desk, with what lies open on it, and with what was scanned into the box."""
    open_now = _open()
    if code := _code(request.args.get("code", "")):
        return _scanned(code, open_now)
    return show(again(open_now, clock.now()))


def _code(text: str) -> str:
    return normalised(text[:120])[:60]


def _open() -> AtDesk:
    """The card, the person and the item that the address names, as far as the keeper sees them."""
    asked = _request() if "id" in request.args else None
    person, item = (
        records.find(db.session, register_named(table), request.args.get(name, "")[:24])
        for name, table in (("person", "employee"), ("item", "archive_item"))
    )
    return AtDesk(asked, person=person, item=item, waits=_code(request.args.get("then", "")))


def _scanned(code: str, before: AtDesk) -> Any:
    """Where a scan leads to a card and nothing is to be said, the card has an address of its own.

    So have the reasons why not: whoever loads that page again hasn't asked again.
    """
    after = scan(code, before, clock.now())
    if after.refusals and after.request is None:
        return redirect(_address(after))
    if after.result or after.refusals or after.choose or after.waits:
        return show(after)
    return redirect(_address(after))


def _address(lies: AtDesk, **more: str) -> str:
    named = {"id": lies.request, "person": lies.person, "item": lies.item}
    return url_for("loan_desk.desk", **{name: one.public_id for name, one in named.items() if one is not None}, **more)


@blueprint.post("/issue/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def issue() -> Any:
    """Hand the item out: the borrower signs with their own password, then all obstacles show (R-LOAN-07)."""
    lies = _open()
    if is_code(normalised(password := request.form.get("password", ""))):
        return show(scan(_code(password), lies, clock.now()))
    asked = _request()
    try:
        until, signed_at = _agreed_until(), _borrower_signs(asked, password)
        with writing(db.session):
            lending.issue(db.session, _request(), signed_at=signed_at, now=clock.now(), until=until)
    except Fault as fault:
        return show(replace(lies, result=_mend(fault)))
    except Refused as refusal:
        return _refused(refusal, lies)
    flash(_("已借出：%(number)s", number=asked.number), "success")
    return _next(lies)


def _next(lies: AtDesk) -> Any:
    """On with what waits behind the card that is done, at the person's card if one is open."""
    waits = {"code": lies.waits} if lies.waits else {}
    return redirect(_address(AtDesk(person=lies.person), **waits))


def _mend(fault: Fault) -> Result:
    return "look", _("请改正"), words(fault.reason)


def _agreed_until() -> Any:
    """The due time agreed at the desk; None where the card's own stands."""
    text = request.form.get("until", "").strip()
    return MomentKind().parse(text, reading()) if text else None


def _borrower_signs(asked: Register, password: str) -> Any:
    """When the borrower signed; None where nothing was typed, which the rule then says."""
    if not password:
        return None
    check_of(asked.applicant_id, password)
    return clock.now()


@blueprint.post("/return/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def take_back() -> Any:
    """Copies counted back; what stays out stays due when it was (R-LOAN-08)."""
    lies, asked = _open(), _request()
    try:
        count = Count(**{name: _number(name) for name in _COUNTED})
        with writing(db.session):
            left = lending.take_back(
                db.session, _request(), count, note=request.form.get("note", ""), now=clock.now(), damage=_damage()
            )
    except Fault as fault:
        return show(replace(lies, result=_mend(fault)))
    except Refused as refusal:
        return _refused(refusal, lies)
    flash(*_told(asked, left))
    for copies, told in (
        (count.missing, _("遗失 %(n)s 份，已立违规记录")),
        (count.damaged, _("损坏 %(n)s 份，已立修复记录")),
    ):
        if copies:
            flash(told % {"n": copies}, "warning")
    return _next(lies)


def _damage() -> str:
    """The kind of damage that was chosen, as the code list has it."""
    chosen = request.form.get("damage", "")
    return chosen if chosen in reading().options("archive_damage") else lending.DAMAGE


def _told(asked: Register, left: int) -> tuple[str, str]:
    """What came of the return, and its colour: of what didn't come back at all nothing is put anywhere."""
    if left:
        return _("已收回，还有 %(n)s 份在借", n=left), "success"
    item = db.session.get(register_named("archive_item"), asked.item_id)
    if item is not None and item.state == "missing":
        return _("借阅 %(number)s 已办结，该件全部遗失，没有入库", number=asked.number), "warning"
    return _put_away(asked), "success"


def _put_away(asked: Register) -> str:
    """Where the item goes now, once it is back: to whoever waits for it, else to its place."""
    kept = [one for one in queues.of_item(db.session, asked.item_id, clock.now()) if one.until is not None]
    if kept:
        name = linked(db.session, "employee", [kept[0].reservation.person_id], g.person, reading())
        who = name[kept[0].reservation.person_id][0]
        return _("已归还：%(number)s，放待取架，为 %(name)s 保留到 %(when)s", number=asked.number, name=who,
                 when=dated(kept[0].until))  # fmt: skip
    place = place_of(db.session, asked, g.person, reading())
    if not place:
        return _("已归还：%(number)s", number=asked.number)
    return _("已归还：%(number)s，请放回 %(place)s", number=asked.number, place=place)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    return CountKind().parse(text, reading()) if text else 0


def _request() -> Register:
    return room.by_public_id(db.session, request.args.get("id", "")[:24]) or abort(404)


def _refused(refusal: Refused, lies: AtDesk) -> Any:
    note_refusal(refusal)
    return show(replace(_open(), waits=lies.waits, refusals=reasons(refusal, _request()))), refusal.status
