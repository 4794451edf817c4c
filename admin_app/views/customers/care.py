"""Birthdays, holidays and activities of the coming days, for who looks after customers (R-RELA-02)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...operations.customers.care import coming_up
from ...rules.coverage import OFFICERS
from ...texts import say
from ..addresses import page_of
from ..crumbs import crumb
from ..dispatch.rows import names
from ..doors import door, holds
from ..policy import SIGNED_IN, policy
from ..words import dated, words
from .section import CUSTOMERS

blueprint = Blueprint("care", __name__, url_prefix="/customers/care")
DOOR = door(say("近期关怀"), "/customers/care/", CUSTOMERS, holds(*OFFICERS))


@blueprint.get("/")
@policy(SIGNED_IN)
@DOOR.guards
def overview() -> Any:
    care = coming_up(db.session, clock.now())
    customers = names("customer", (one.customer_id for one in care.birthdays))
    activities = names("campaign", (one.activity.id for one in care.offers))
    crumb(DOOR)
    page = SimpleNamespace(
        title=_("近期关怀"), days=care.days,
        holidays=[{"when": dated(day), "name": words(name)} for day, name in care.holidays],
        birthdays=[
            {"when": dated(one.on), "name": one.name, "url": page_of(one.register, one.public_id),
             "customer": customers[one.customer_id][0]}
            for one in care.birthdays
        ],
        offers=[
            {"name": activities[one.activity.id][0], "url": page_of(type(one.activity), one.activity.public_id),
             "until": dated(one.activity.until_on or one.activity.from_on), "n": one.customers}
            for one in care.offers
        ],
    )  # fmt: skip
    return render_template("care.html", page=page)
