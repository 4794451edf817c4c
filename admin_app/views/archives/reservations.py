"""Reserving an item that isn't to be had, giving the place up, passing somebody over (R-LOAN-12)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...guard.titles import linked
from ...models import Register, register_named
from ...operations import records
from ...operations.archives import reservations
from ...verdicts import Refused
from ...working.lending import Reservation
from ..addresses import page_of
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from ..words import reading, words
from .desk_page import LOAN_DESK

blueprint = Blueprint("reservations", __name__, url_prefix="/reservations")


@blueprint.route("/new/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def new() -> Any:
    """For oneself from the item's page; for whoever stands at the desk from there."""
    item = _item()
    whom = records.find(db.session, register_named("employee"), request.args.get("person", "")[:24])
    person = whom.id if whom is not None else g.person.id
    back = _desk(item) if whom is not None else page_of(type(item), item.public_id)
    text = _("归还后马上通知预约人，并为其保留一个工作日，到时不取即顺延给下一位。取件前须有批准的申请。")
    if request.method == "GET":
        return _ask(_("预约借阅"), _called(item), text, back)
    return _do(
        lambda: reservations.reserve(db.session, _item(), person, clock.now()), _("已预约：%(item)s"), item, back
    )


@blueprint.route("/withdraw/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def withdraw() -> Any:
    """Only whoever reserved finds their own here."""
    mine = _place()
    if mine.person_id != g.person.id:
        abort(404)
    item = db.session.get(register_named("archive_item"), mine.item_id)
    back = page_of(type(item), item.public_id) if item is not None else url_for("desk.desk")
    if request.method == "GET":
        return _ask(_("取消预约"), _called(item), _("取消后再约要重新排队。"), back, kind="danger")
    return _do(lambda: reservations.withdraw(db.session, _place(), clock.now()), _("已取消预约：%(item)s"), item, back)


@blueprint.route("/skip/", methods=("GET", "POST"))
@policy(SIGNED_IN)
@LOAN_DESK.guards
def skip() -> Any:
    """The desk passes somebody over, with a reason; the next is told."""
    theirs = _place()
    item = db.session.get(register_named("archive_item"), theirs.item_id) or abort(404)
    reason = request.form.get("reason", "")
    name = linked(db.session, "employee", [theirs.person_id], g.person, reading())[theirs.person_id][0]
    title, back = _("跳过 %(name)s 的预约", name=name), _desk(item)
    if request.method == "GET" or not reason.strip():
        error = _("请写明原因") if request.method == "POST" else None
        return _ask(
            title, _called(item), _("跳过后立即通知下一位。"), back, kind="danger", needs_reason=True, error=error
        )
    act = lambda: reservations.skip(db.session, _place(), reason, clock.now())  # noqa: E731
    return _do(act, _("已跳过：%(item)s"), item, back)


def _item() -> Register:
    return records.find(db.session, register_named("archive_item"), request.args.get("item", "")[:24]) or abort(404)


def _place() -> Reservation:
    named = db.session.query(Reservation).filter_by(public_id=request.args.get("id", "")[:24], ended_at=None)
    return named.one_or_none() or abort(404)


def _called(item: Register | None) -> str:
    """The item's number, and its name where one may know it."""
    if item is None:
        return ""
    return linked(db.session, "archive_item", [item.id], g.person, reading())[item.id][0]


def _desk(item: Register | None) -> str:
    return url_for("loan_desk.desk", **({"item": item.public_id} if item is not None else {}))


def _do(act: Any, done: str, item: Register | None, back: str) -> Any:
    """Do it, and say so, or why not, where one came from."""
    try:
        with writing(db.session):
            act()
    except Refused as refused:
        note_refusal(refused)
        flash(words(refused.verdict.reason), "warning")
        return redirect(back)
    flash(done % {"item": _called(item)}, "success")
    return redirect(back)


def _ask(title: str, thing: str, text: str, back: str, **more: Any) -> Any:
    page = SimpleNamespace(
        **{"title": title, "thing": thing, "text": text, "cancel_url": back, "button": title, "kind": "primary",
           "depends": [], "hidden": [], "error": None, "needs_reason": False, "reason": "", "needs_password": False, **more}
    )  # fmt: skip
    return render_template("confirm.html", page=page)
