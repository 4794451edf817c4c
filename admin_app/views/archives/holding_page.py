"""To hold a file and to free it: the buttons on its page, and the question for the reason (R-ARCH-07)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard import writing
from ...guard.cells import Row
from ...guard.titles import called
from ...models import Register, register_named
from ...operations import records
from ...operations.archives import holding
from ...permissions import Sight
from ...rules.destruction import may_hold, may_lift
from ...verdicts import Refused
from ..addresses import page_of
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from ..register.acts import acts_on
from ..words import reading, words

blueprint = Blueprint("holding", __name__, url_prefix="/archives/files")


@acts_on("archive_file")
def to_hold_or_lift(row: Row) -> list[dict[str, Any]]:
    """To whoever reads the file and may take the step that is open; a reason is asked for on its page."""
    file, roles = row.record, row.person.roles
    if row.sight is not Sight.FULL or file.voided_at is not None or file.state == "destroyed":
        return []
    may, label, page = (may_lift, _("解除封存"), "lift") if file.held else (may_hold, _("封存"), "hold")
    if not may(roles, file.held, "…"):
        return []
    url = url_for(f"holding.{page}", id=file.public_id)
    return [{"label": label, "url": url, "method": "get", "kind": "plain"}]


@blueprint.route("/hold/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def hold() -> Any:
    return _answer(holding.hold, _("封存"), _("封存期间不能借阅、修改、作废，也不能列入销毁清单。"))


@blueprint.route("/lift/", methods=("GET", "POST"))
@policy(SIGNED_IN)
def lift() -> Any:
    return _answer(holding.lift, _("解除封存"), _("解除后恢复借阅和修改，保管期满的可以列入销毁清单。"))


def _answer(act: Any, title: str, explained: str) -> Any:
    """Ask for the reason; then do it, or ask again where it is missing."""
    file = _file()
    if request.method == "GET":
        return _ask(file, title, explained)
    try:
        with writing(db.session):
            act(db.session, _file(), request.form.get("reason", ""))
    except Refused as refused:
        if refused.verdict.code != "no_reason":
            raise
        note_refusal(refused)
        return _ask(_file(), title, explained, words(refused.verdict.reason))
    flash(_("已办理：%(what)s　%(thing)s", what=title, thing=_file().number), "success")
    return redirect(page_of(register_named("archive_file"), request.values["id"]))


def _file() -> Register:
    return records.find(db.session, register_named("archive_file"), request.values.get("id", "")[:24]) or abort(404)


def _ask(file: Register, title: str, explained: str, error: str | None = None) -> str:
    name = called(db.session, file, g.person, reading())
    page = SimpleNamespace(
        title=title, thing=" ".join(dict.fromkeys([file.number, name])), text=explained, depends=[], error=error,
        needs_reason=True, reason=request.form.get("reason", ""), needs_password=False, button=title, kind="primary",
        cancel_url=page_of(type(file), file.public_id), hidden=[("id", file.public_id)],
    )  # fmt: skip
    g.crumbs = [(file.number, page.cancel_url), (title, None)]
    return render_template("confirm.html", page=page)
