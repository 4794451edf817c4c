"""My desk: what waits for me now (R-DESK-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..models import register_named
from ..operations import desk as on_desk
from ..texts import Text
from .addresses import page_of
from .jump import at_hand_groups
from .policy import SIGNED_IN, policy
from .words import dated, reading, words

blueprint = Blueprint("desk", __name__)

#: how many entries a group shows before "all"
_SHOWN = 8


@blueprint.get("/")
@policy(SIGNED_IN)
def desk() -> Any:
    groups = on_desk.groups(db.session, g.person, reading(), clock.now())
    page = SimpleNamespace(
        title=_("我的待办"), greeting=None, groups=[_group(group) for group in groups], at_hand=at_hand_groups()
    )  # fmt: skip
    return render_template("desk.html", page=page)


@blueprint.get("/due/")
@policy(SIGNED_IN)
def due() -> Any:
    """All that falls due, not only the first of it."""
    group = _group(on_desk.due(db.session, g.person, reading(), clock.now()), shown=None)
    page = SimpleNamespace(title=group["title"], greeting=None, groups=[{**group, "more_url": None}], at_hand=[])
    g.crumbs = [(_("我的待办"), url_for("desk.desk")), (page.title, None)]
    return render_template("desk.html", page=page)


def _group(group: on_desk.Group, shown: int | None = _SHOWN) -> dict[str, Any]:
    entries = [
        {"text": _said(entry.text), "sub": _said(entry.sub), "url": _address(entry), "when": dated(entry.when),
         "state": entry.state, "state_text": words(entry.state_text)}
        for entry in group.entries[:shown]
    ]  # fmt: skip
    return {
        "title": words(group.title),
        "count": group.count,
        "entries": entries,
        "more_url": url_for(group.page) if group.page else None,
    }


def _said(text: str | Text | None) -> str | None:
    return words(text) if isinstance(text, Text) else text


def _address(entry: on_desk.Entry) -> str:
    if entry.page:
        return url_for(entry.page, public_id=entry.record)
    return page_of(register_named(entry.table), entry.record)
