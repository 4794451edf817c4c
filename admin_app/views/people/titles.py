"""Job titles and the roles that go with them: the list that admin keeps, and its use on a person's page (R-ROLE-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...models import Register
from ...operations import titles
from ...permissions import Role
from ...rules.titles import LONGEST
from ...verdicts import Refused
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import boxes, note_refusal
from ..words import words
from .acts import act, chosen, saved
from .door import PEOPLE

blueprint = Blueprint("titles", __name__, url_prefix="/people")


@blueprint.route("/titles/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@PEOPLE.guards
def listed() -> Any:
    refused = None
    if request.method == "POST":
        try:
            return _change()
        except Refused as error:
            note_refusal(error)
            refused = error
    rows = [
        {"title": title, "roles": [{"value": role.value, "title": words(role.title)} for role in roles]}
        for title, roles in titles.titles(db.session, clock.now()).items()
    ]
    crumb(PEOPLE, _("岗位对照"))
    page = SimpleNamespace(
        title=_("岗位对照"), rows=rows, roles=[(role.value, words(role.title)) for role in Role], limit=LONGEST,
        refusals=boxes(refused) if refused else [], typed=request.form.get("title", "") if refused else "",
    )  # fmt: skip
    return render_template("titles.html", page=page), refused.status if refused else 200


def _change() -> Any:
    """Add a role to a title or take one away, as the button says."""
    role, title = chosen(Role, "role"), request.form.get("title", "")
    change = titles.remove if request.form.get("what") == "remove" else titles.add
    with writing(db.session):
        change(db.session, title, role, clock.now())
    flash(_("岗位对照已保存"), "success")
    return redirect(url_for("titles.listed"))


@blueprint.post("/<public_id>/by-title/")
@act
def supply(employee: Register) -> Any:
    """Give and ask for what goes with the post, in one click."""
    titles.supply(db.session, employee, request.form.get("reason", ""), clock.now())
    return saved(employee, _("已按岗位对照设置和申请"))
