"""Visits go round all customers: each officer's coverage, and whom they have not been to (R-RELA-02)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import trail
from ...operations.customers.coverage import Covered, by_officer, last_visits, unvisited
from ...operations.figures import value_on
from ...rules.coverage import LEADERS, OFFICERS, share
from ...rules.figures import VISIT_ROUND
from ...texts import say
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door, holds
from ..paging import paging, wanted_page
from ..policy import SIGNED_IN, policy
from ..words import dated
from .section import CUSTOMERS

blueprint = Blueprint("coverage", __name__, url_prefix="/customers/coverage")
DOOR = door(say("拜访覆盖"), "/customers/coverage/", CUSTOMERS, holds(*OFFICERS, *LEADERS))


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def overview() -> Any:
    now = clock.now()
    found = by_officer(db.session, now)
    people = names("employee", (one.officer for one in found))
    chosen = _chosen(found, people)
    crumb(DOOR)
    page = SimpleNamespace(
        title=_("拜访覆盖"), days=value_on(db.session, VISIT_ROUND, now),
        officers=[_officer(one, people, chosen) for one in found], chosen=chosen and people[chosen][0],
        **(_left(chosen, now) if chosen else {"left": [], "paging": None}),
    )  # fmt: skip
    return render_template("coverage.html", page=page)


def _chosen(found: list[Covered], people: dict[int, tuple[str, str | None]]) -> int | None:
    """Whose customers are listed: the officer asked for, else the one with most left to do. Nobody else's page is there."""
    asked = request.args.get("officer")
    if asked is None:
        return found[0].officer if found else None
    return next((one.officer for one in found if people[one.officer][1] == asked), None) or abort(404)


def _officer(one: Covered, people: dict[int, tuple[str, str | None]], chosen: int | None) -> dict[str, Any]:
    name, address = people[one.officer]
    return {
        "name": name, "url": url_for("coverage.overview", officer=address) if address else None, "current": one.officer == chosen,
        "held": one.held, "visited": one.visited, "left": one.held - one.visited, "share": share(one.held, one.visited),
    }  # fmt: skip


def _left(officer: int, now: Any) -> dict[str, Any]:
    """The customers whom *officer* has still to visit, as a page of the list."""
    found = unvisited(db.session, officer, now, wanted_page())
    told = names("customer", (one.id for one in found.records))
    last = last_visits(db.session, [one.id for one in found.records], now)
    trail.note_views(db.session, "customer", [(one.id, one.level) for one in found.records], "coverage")
    rows = [
        {"name": told[one.id][0], "url": page_of(type(one), one.public_id), "grade": one.grade or "",
         "registered": dated(one.registered_at), "last": dated(last[one.id]) if one.id in last else ""}
        for one in found.records
    ]  # fmt: skip
    return {"left": rows, "paging": paging(found)}
