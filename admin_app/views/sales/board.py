"""The first three of each published month and year, for everybody of the staff: place and name, no figures (R-INCE-03)."""

from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from ...database import db
from ...operations.sales.ranking import published
from ...permissions import Level, Person
from ...texts import say
from ..crumbs import crumb
from ..doors import door
from ..policy import SIGNED_IN, policy
from .period_page import SALES

blueprint = Blueprint("sales_board", __name__, url_prefix="/sales/first-three")

#: so many places, the newest periods first
_MOST = 100


def _is_inside(person: Person) -> bool:
    return person.clearance >= Level.INTERNAL


DOOR = door(say("业绩前三名"), "/sales/first-three/", SALES, _is_inside)


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def board() -> Any:
    rows = published(db.session, _MOST)
    crumb(DOOR)
    periods = [
        {
            "title": _("%(year)s 年度", year=day.year) if code == "year" else f"{day:%Y-%m}",
            "places": [{"place": place, "name": name} for _day, _code, place, name in found],
        }
        for (day, code), found in groupby(rows, key=lambda row: (row[0], row[1]))
    ]
    return render_template("sales_board.html", page=SimpleNamespace(title=_("业绩前三名"), periods=periods))
