"""Who has credit and how they stand, and what waits: signatures, overdue plans, money to be charged (R-CRED-01 … 03)."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...guard.titles import linked
from ...models import register_named
from ...operations import records
from ...operations.credit import bad_debts, overview
from ...operations.today import local_day
from ...rules.credit import Episode
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..doors import Section, door
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, reading

blueprint = Blueprint("credit", __name__, url_prefix="/credit")

#: the area of the registers of credit
CREDIT = Section(say("信用与货款"), 26)
DOOR = door(say("授信与发货"), "/credit/", CREDIT, overview.has_part)


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def customers() -> Any:
    return _page()


@blueprint.post("/charge/")
@policy(SIGNED_IN)
@DOOR.guards
def charge() -> Any:
    """A last shipment that its month's end found unpaid becomes a debt of who signed it."""
    now = clock.now()
    try:
        with writing(db.session):
            found = records.find(db.session, register_named("shipment"), request.form.get("shipment", "")[:24])
            debt = bad_debts.charge(db.session, found or abort(404), now, local_day(db.session, now))
    except Refused as refused:
        note_refusal(refused)
        return _page(boxes(refused)), refused.status
    flash(_("已登记坏账，由签发人承担"), "success")
    return redirect(page_of(type(debt), debt.public_id))


def _page(refusals: list[dict[str, Any]] | None = None) -> str:
    now, charges = clock.now(), overview.charges(g.person)
    crumb(DOOR)
    page = SimpleNamespace(
        title=_("授信与发货"), refusals=refusals or [], rows=_rows(overview.standings(db.session, now)),
        to_sign=_shipments(overview.to_sign(db.session)), unapproved=_shipments(overview.without_approval(db.session)),
        charge=_shipments(bad_debts.uncollected(db.session, local_day(db.session, now))), charges=charges,
        plans=_plans(overview.overdue_plans(db.session)),
    )  # fmt: skip
    return render_template("credit.html", page=page)


def _rows(found: Sequence[overview.Standing]) -> list[dict[str, Any]]:
    note_figures([one.customer for one in found])
    names = linked(db.session, "customer", {one.customer.id for one in found}, g.person, reading())
    return [
        {
            "name": names[one.customer.id][0], "url": url_for("credit_customer.customer", public_id=one.customer.public_id),
            "eligible": one.credit.eligible, "limit": yuan(one.credit.standing.limit), "used": yuan(one.credit.standing.used),
            "free": yuan(one.credit.standing.free), "short": one.credit.standing.free < 0,
            "episode": episode_text(one.credit.standing.episode), "over_term": one.credit.over_term,
        }
        for one in found
    ]  # fmt: skip


def _shipments(found: Sequence[Any]) -> list[dict[str, Any]]:
    trail.note_views(db.session, "shipment", [(one.id, one.level) for one in found], "credit")
    names = linked(db.session, "customer", {one.customer_id for one in found}, g.person, reading())
    people = {id_ for one in found for id_ in (one.seller_id, one.signed_by_id) if id_}
    staff = linked(db.session, "employee", people, g.person, reading())
    kinds = reading().options("shipment_kind")
    return [
        {
            "id": one.public_id, "url": page_of(type(one), one.public_id), "number": one.invoice_number,
            "customer": names[one.customer_id][0], "kind": kinds.get(one.kind, one.kind), "amount": yuan(one.amount),
            "over": yuan(one.over_amount), "left": yuan(one.amount - (one.paid_amount or 0)), "day": dated(one.shipped_on),
            "due": dated(one.due_on), "seller": staff[one.seller_id][0] if one.seller_id else "—",
            "signer": staff[one.signed_by_id][0] if one.signed_by_id else None,
        }
        for one in found
    ]  # fmt: skip


def _plans(found: Sequence[Any]) -> list[dict[str, Any]]:
    trail.note_views(db.session, "collection_plan", [(one.id, one.level) for one in found], "credit")
    names = linked(db.session, "customer", {one.customer_id for one in found}, g.person, reading())
    staff = linked(db.session, "employee", {one.collector_id for one in found}, g.person, reading())
    return [
        {
            "url": page_of(type(one), one.public_id), "customer": names[one.customer_id][0], "left": yuan(one.outstanding),
            "day": dated(one.planned_on), "late": one.overdue_days, "who": staff[one.collector_id][0],
        }
        for one in found
    ]  # fmt: skip


def note_figures(customers: Sequence[Any]) -> None:
    """Limit and debts of *customers* are shown: 秘密 as the shipments they come from, or as the customer, if that is higher."""
    level = register_named("shipment").declaration.level
    trail.note_views(db.session, "customer", [(one.id, max(one.level, level)) for one in customers], "credit")


def yuan(amount: Any) -> str:
    """12,345.60; a dash for none."""
    return "—" if amount is None else f"{amount:,.2f}"


def episode_text(episode: Episode | None) -> str | None:
    """Since when an episode runs, and what of it is used."""
    if episode is None:
        return None
    used = _("末次已用") if episode.last else _("首次已用") if episode.first else _("首次未用")
    return _("%(day)s 起，%(used)s", day=f"{episode.since}", used=used)
