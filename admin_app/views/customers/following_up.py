"""Follow-ups of this month: who needs how many, made, missing and due; one click notes a call (R-FOLL-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail, writing
from ...models import register_named
from ...operations import records
from ...operations.customers import following_up
from ...operations.customers.following_up import FollowedUp
from ...rules.coverage import LEADERS, OFFICERS
from ...texts import say
from ...verdicts import Refused
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door, holds
from ..paging import paging, wanted_page
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import dated
from .section import CUSTOMERS

blueprint = Blueprint("following_up", __name__, url_prefix="/customers/follow-up")
DOOR = door(say("本月追访"), "/customers/follow-up/", CUSTOMERS, holds(*OFFICERS, *LEADERS))


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def overview() -> Any:
    return _page()


@blueprint.post("/")
@policy(SIGNED_IN)
@DOOR.guards
def call() -> Any:
    """Note a call that was just made with one of one's own customers."""
    id_ = request.form.get("customer", "")[:24]
    customer = records.find(db.session, register_named("customer"), id_) or abort(404)
    try:
        with writing(db.session):
            following_up.log_call(db.session, customer, clock.now())
    except Refused as refused:
        note_refusal(refused)
        return _page(boxes(refused)), refused.status
    flash(_("已登记一次电话追访"), "success")
    return redirect(url_for("following_up.overview", **request.args.to_dict()))


def _page(refusals: list[dict[str, Any]] | None = None) -> str:
    now = clock.now()
    found = following_up.by_officer(db.session, now)
    people = names("employee", (one.officer for one in found))
    chosen = _chosen(found, people)
    crumb(DOOR)
    page = SimpleNamespace(
        title=_("本月追访"), month=str(following_up.month_of(db.session, now).month), refusals=refusals or [],
        officers=[_officer(one, people, chosen) for one in found], chosen=chosen and people[chosen][0],
        calls=chosen == g.person.id and g.person.seen_by is None,
        **(_wanted(chosen, now) if chosen else {"wanted": [], "paging": None}),
    )  # fmt: skip
    return render_template("following_up.html", page=page)


def _chosen(found: list[FollowedUp], people: dict[int, tuple[str, str | None]]) -> int | None:
    """Whose customers are listed: the officer asked for, else oneself, else the one with most missing."""
    asked = request.args.get("officer")
    if asked is None:
        mine = (one.officer for one in found if one.officer == g.person.id)
        return next(mine, found[0].officer if found else None)
    return next((one.officer for one in found if people[one.officer][1] == asked), None) or abort(404)


def _officer(one: FollowedUp, people: dict[int, tuple[str, str | None]], chosen: int | None) -> dict[str, Any]:
    name, address = people[one.officer]
    url = url_for("following_up.overview", officer=address) if address else None
    return {"name": name, "url": url, "current": one.officer == chosen, **one._asdict()}


def _wanted(officer: int, now: Any) -> dict[str, Any]:
    """The customers whom *officer* has still to contact, as a page of the list."""
    found = following_up.to_follow_up(db.session, officer, now, wanted_page())
    told = names("customer", (one.id for one in found.records))
    stands = following_up.wanted_of(db.session, [one.id for one in found.records], now)
    trail.note_views(db.session, "customer", [(one.id, one.level) for one in found.records], "follow_up")
    rows = [
        {"id": one.public_id, "name": told[one.id][0], "url": page_of(type(one), one.public_id), "grade": one.grade,
         "required": stands[one.id].required, "made": stands[one.id].made,
         "missing": max(0, stands[one.id].required - stands[one.id].made),
         "last": dated(one.last_contact_at) if one.last_contact_at else "",
         "agreed": dated(stands[one.id].agreed_on) if stands[one.id].agreed_on else ""}
        for one in found.records
    ]  # fmt: skip
    return {"wanted": rows, "paging": paging(found)}
