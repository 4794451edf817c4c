"""Who has what now, by when it is due; urging in one click (R-LOAN-09, R-LOAN-10)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...operations.archives import room, urging
from ...verdicts import Refused
from ..crumbs import crumb
from ..input import came_from, whole
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from ..words import words
from .desk_page import LOAN_DESK
from .loan_lists import out_rows

blueprint = Blueprint("out_now", __name__, url_prefix="/loans/out")


@blueprint.get("/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def out() -> str:
    """Everything that is in somebody's hands, what is due first on top, page by page."""
    total = room.count_out(db.session)
    last = max(-(-total // room.PAGE), 1)
    number = min(whole(request.args.get("page")) or 1, last)
    rows = out_rows(room.out(db.session, first=(number - 1) * room.PAGE, most=room.PAGE), clock.now())
    page = SimpleNamespace(
        title=_("谁借了什么"), out=rows, total=total, desk_url=url_for("loan_desk.desk"), **_foot(number, last, total)
    )
    crumb(LOAN_DESK, page.title)
    return render_template("out_now.html", page=page)


def _foot(number: int, last: int, total: int) -> dict[str, Any]:
    """The pager, as parts/list_tools.html reads it."""

    def at(page: int) -> str:
        return url_for("out_now.out", page=page)

    return {
        "total_text": _("共 %(n)s 条", n=f"{total:,}"), "count_url": None, "page_number": number, "hidden": [],
        "page_size": room.PAGE, "page_sizes": [{"n": room.PAGE, "url": at(1)}], "many": last > 1,
        "prev_url": at(number - 1) if number > 1 else None, "next_url": at(number + 1) if number < last else None,
        "goto_url": url_for("out_now.out"),
    }  # fmt: skip


@blueprint.post("/urge/")
@policy(SIGNED_IN)
@LOAN_DESK.guards
def urge() -> Any:
    """Urge whoever has it; the page stays where it was."""
    back = came_from() or url_for("out_now.out")
    try:
        with writing(db.session):
            asked = room.by_public_id(db.session, request.args.get("id", "")[:24]) or abort(404)
            urging.urge(db.session, asked, clock.now())
            number = asked.number
    except Refused as refused:
        note_refusal(refused)
        flash(words(refused.verdict.reason), "warning")
        return redirect(back)
    flash(_("已催还：%(number)s，借阅人的待办里有提醒", number=number), "success")
    return redirect(back)
