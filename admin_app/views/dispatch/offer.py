"""The offer for a customer: what is known of them, the places with their reasons, a designer proposed (R-DISP-01, R-DISP-04)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register, register_named
from ...operations import links, records
from ...operations.dispatch.offers import LeftOut, Offer
from ...operations.dispatch.proposing import offer_for, propose
from ...rules.dispatch_ranking import Place, suits
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, reading, words
from .asked import Typed, begun, read, said_in_words
from .board import BOARD, show
from .rows import against, names

blueprint = Blueprint("dispatch_offer", __name__, url_prefix="/dispatch/offer")


@blueprint.get("/")
@policy(SIGNED_IN)
@BOARD.guards
def offer() -> Any:
    """The ranking for one of one's own customers, by what their consultation says."""
    customer = _customer()
    try:
        return _page(customer, begun(customer))
    except Refused as refused:
        note_refusal(refused)
        return show(boxes(refused)), refused.status


@blueprint.post("/")
@policy(SIGNED_IN)
@BOARD.guards
def proposed() -> Any:
    """Ranked anew by what was typed (in a form: addresses are logged), or the designer chosen proposed with the ranking now."""
    customer = _customer()
    typed = read(request.form)
    if "again" in request.form:
        return _page(customer, typed)
    if not typed.faults and not (chosen := request.form.get("designer", "")):
        typed.faults["designer"] = _("请选择设计师")
    if typed.faults:
        return _page(customer, typed)
    try:
        with writing(db.session):
            designer = links.by_public_id(db.session, "employee", chosen[:24]) or abort(404)
            order = propose(db.session, _customer(), designer, said_in_words(typed.asked, reading()), clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _refused(typed, refused)
    flash(_("已建议，等店经理确认：%(number)s", number=order.number), "success")
    return redirect(page_of(type(order), order.public_id))


def _refused(typed: Typed, refused: Refused) -> Any:
    """The offer again with what was typed; where there is none any more, the board."""
    try:
        return _page(_customer(), typed, refusals=boxes(refused)), refused.status
    except Refused:
        return show(boxes(refused)), refused.status


def _customer() -> Register:
    found = records.find(db.session, register_named("customer"), request.values.get("customer", "")[:24])
    return found or abort(404)


def _page(customer: Register, typed: Typed, refusals: list[dict[str, Any]] | None = None) -> str:
    public_id, number = customer.public_id, customer.id
    made = offer_for(db.session, customer, typed.asked, clock.now())
    title = names("customer", [number])[number][0]
    page = SimpleNamespace(
        title=_("派单：%(customer)s", customer=title), customer=public_id, fields=typed.cells(reading()),
        faults=typed.faults, refusals=refusals or [], large=made.wish.large, reason=typed.asked.not_first_reason,
        places=_places(made), left_out=_left_out(made.left_out), cancel_url=url_for("dispatch.board"),
        chosen=request.form.get("designer", ""),
    )  # fmt: skip
    crumb(BOARD, page.title)
    return render_template("dispatch_offer.html", page=page)


def _places(made: Offer) -> list[dict[str, Any]]:
    people = names("employee", (one.standing.designer for one in made.places))
    return [_place(one, made, people[one.standing.designer]) for one in made.places]


def _place(one: Place, made: Offer, person: tuple[str, str | None]) -> dict[str, Any]:
    standing = one.standing
    today = _("外出") if standing.is_out else _("在岗") if standing.on_roster else _("不在值班表")
    return {
        "place": one.place, "id": person[1], "name": person[0], "why": words(one.why), "change": words(one.change),
        "facts": [
            _("主材达标") if standing.material_target_met else _("主材未达标"),
            _("部门第 %(n)s", n=standing.department_rank) if standing.department_rank else _("没有部门排名"),
            _("持 %(n)s 单", n=standing.held), today,
            _("风格适合") if suits(standing, made.wish) else _("风格没有相合的"),
            _("上次 %(day)s", day=dated(standing.last_order_at)) if standing.last_order_at else _("还没派过单"),
        ],
    }  # fmt: skip


def _left_out(found: list[LeftOut]) -> list[dict[str, Any]]:
    people = names("employee", (one.standing.designer for one in found))
    return [{"name": people[one.standing.designer][0], "against": against(one.obstacles)} for one in found]
