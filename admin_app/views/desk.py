"""My desk: what waits for me now (R-DESK-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..operations import desk as on_desk
from ..texts import Text
from .jump import at_hand_groups
from .policy import SIGNED_IN, policy
from .words import moment_text, reading, words

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


def _group(group: on_desk.Group) -> dict[str, Any]:
    entries = [
        {"text": words(entry.text) if isinstance(entry.text, Text) else entry.text, "sub": entry.sub,
         "url": _address(entry), "when": moment_text(entry.when), "state": entry.state,
         "state_text": words(entry.state_text)}
        for entry in group.entries[:_SHOWN]
    ]  # fmt: skip
    return {
        "title": words(group.title),
        "count": group.count,
        "entries": entries,
        "more_url": url_for(group.page) if group.page else None,
    }


def _address(entry: on_desk.Entry) -> str:
    if entry.page:
        return url_for(entry.page, public_id=entry.record)
    return f"/admin/{entry.table}/details/?id={entry.record}"
