"""Customers going cold, and the pool from which a manager takes one (R-CUST-09)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...models import register_named
from ...operations import records
from ...operations.customers import pool
from ...permissions import Person, Role
from ...rules.going_cold import RELEASERS, TAKERS
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door, holds
from ..paging import paging, wanted_page
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated, words
from .section import CUSTOMERS

blueprint = Blueprint("pool", __name__, url_prefix="/customers/pool")
#: those who look after customers without a pool of their own see which of theirs go cold
_OWN = (Role.SALES, Role.SALES_ADVISER, Role.MARKETING_MANAGER)
DOOR = door(say("待激活与客户池"), "/customers/pool/", CUSTOMERS, holds(*TAKERS, *RELEASERS, *_OWN))
_ACTS = {"take": (pool.take, say("已认领")), "release": (pool.release, say("已放回客户池"))}


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def both() -> Any:
    return _page()


@blueprint.post("/")
@policy(SIGNED_IN)
@DOOR.guards
def act() -> Any:
    """Take a customer, or put one back; of two who take at once the second is told that they are too late."""
    step, done = _ACTS.get(request.form.get("act", "")) or abort(400)
    try:
        with writing(db.session):
            step(db.session, _customer(), clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _page(boxes(refused)), refused.status
    flash(words(done), "success")
    return redirect(url_for("pool.both"))


def _customer() -> Any:
    id_ = request.form.get("customer", "")[:24]
    return records.find(db.session, register_named("customer"), id_) or abort(404)


def _page(refusals: list[dict[str, Any]] | None = None) -> str:
    now = clock.now()
    cold, waiting = pool.cold(db.session, now, wanted_page("cold")), pool.pool(db.session, wanted_page("pool"))
    cards = [*cold.records, *waiting.records]
    told, since = names("customer", (one.id for one in cards)), pool.since(db.session, cold.records, now)
    people = names("employee", (one.owner_id for one in cards))
    trail.note_views(db.session, "customer", [(one.id, one.level) for one in cards], "pool")
    page = SimpleNamespace(
        title=_("待激活与客户池"), refusals=refusals or [],
        cold=[{**_row(one, told), "owner": people[one.owner_id][0], "since": dated(since[one.id])} for one in cold.records],
        pool=[_row(one, told) for one in waiting.records], takes=_may(g.person, TAKERS), releases=_may(g.person, RELEASERS),
        pool_pages=paging(waiting, "pool"), cold_pages=paging(cold, "cold"),
    )  # fmt: skip
    crumb(DOOR)
    return render_template("pool.html", page=page)


def _row(card: Any, told: dict[int, tuple[str, str | None]]) -> dict[str, Any]:
    return {
        "id": card.public_id, "name": told[card.id][0], "url": page_of(type(card), card.public_id), "grade": card.grade or "",
        "contact": dated(card.last_contact_at) if card.last_contact_at else "", "registered": dated(card.registered_at),
    }  # fmt: skip


def _may(person: Person, roles: frozenset[Role]) -> bool:
    """Whoever looks on as somebody writes nothing."""
    return bool(person.roles & roles) and person.seen_by is None
