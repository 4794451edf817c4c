"""The dispatch board: who waits for a designer, what waits for whom, every designer's load, stops, visits, fairness."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...operations.dispatch import board as read
from ...operations.dispatch.fairness import fairness
from ...operations.dispatch.visits import missing_visits
from ...operations.today import local_day
from ...permissions import Action, Person, Role
from ...texts import say
from ..crumbs import crumb
from ..doors import Section, door
from ..policy import SIGNED_IN, policy
from . import rows

blueprint = Blueprint("dispatch", __name__, url_prefix="/dispatch")

#: the area of the registers of dispatch
DISPATCH = Section(say("派单"), 15)


def _has_part(person: Person) -> bool:
    return person.reach(Action.SEE, "dispatch_order") is not None


BOARD = door(say("派单看板"), "/dispatch/", DISPATCH, _has_part)


@blueprint.get("/")
@policy(SIGNED_IN)
@BOARD.guards
def board() -> Any:
    return show()


def show(refusals: list[dict[str, Any]] | None = None) -> str:
    """The board, under what has just been refused."""
    now = clock.now()
    page = SimpleNamespace(
        title=_("派单看板"), refusals=refusals or [], customers=rows.customers(read.to_dispatch(db.session)),
        answer=rows.orders(read.mine_to_answer(db.session)), proposals=rows.orders(read.proposals(db.session)),
        countersign=rows.orders(read.to_countersign(db.session)),
        loads=rows.loads(read.loads(db.session, now), local_day(db.session, now)),
        struck=rows.refusals(read.refusals(db.session, now)), visits=rows.visits(missing_visits(db.session, now)),
        shares=rows.shares(fairness(db.session, now)) if _compares() else [], proposes=_proposes(),
        absent=rows.absent_managers(read.absent_managers(db.session, now)), designs=Role.DESIGNER in g.person.roles,
        offer_url=url_for("dispatch_offer.offer"),
    )  # fmt: skip
    crumb(BOARD)
    return render_template("dispatch.html", page=page)


def _proposes() -> bool:
    return g.person.reach(Action.ADD, "dispatch_order") is not None


def _compares() -> bool:
    """Fairness is for those who see a store's orders, not for whom single orders name."""
    return bool(g.person.reach(Action.SEE, "dispatch_order"))
