"""The jump box: registers, pages and records by a few characters; before one types, favourites and what was opened last."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _

from ..database import db
from ..guard.pinyin import sounds_like
from ..operations import at_hand, jumping
from ..operations.at_hand import AtHand
from .addresses import page_of
from .areas import area_of
from .doors import doors_of
from .places import places
from .policy import SIGNED_IN, policy
from .words import reading, words

blueprint = Blueprint("jump", __name__)

#: so many registers and pages are offered; so many records opened last
_PAGES, RECENT = 8, 8


@blueprint.get("/jump/")
@policy(SIGNED_IN)
def jump() -> Any:
    """A page of its own, or with ``part`` only what is found, for the box to show."""
    text = request.args.get("q", "").strip()[:60]
    page = SimpleNamespace(title=_("查找"), text=text, groups=_found(text) if text else at_hand_groups())
    return render_template("parts/jump_found.html" if request.args.get("part") else "jump.html", page=page)


def at_hand_groups() -> list[dict[str, Any]]:
    """Favourites and what was opened last, as parts/jump_found.html shows them."""
    kept = at_hand.favourites(db.session, g.person, reading())
    last = at_hand.opened_last(db.session, g.person, reading(), RECENT)
    groups = [(_("收藏"), kept), (_("最近打开"), last)]
    return [{"title": title, "entries": [_entry(one) for one in ones]} for title, ones in groups if ones]


def _entry(one: AtHand) -> dict[str, str]:
    title = words(one.register.declaration.title)
    url = page_of(one.register, one.public_id)
    if one.public_id is None:
        return {"text": title, "sub": words(area_of(one.register).title), "url": url}
    return {"text": one.title, "sub": title, "url": url}


def _found(text: str) -> list[dict[str, Any]]:
    records = [
        {"title": words(found.register.declaration.title),
         "entries": [{"text": title, "sub": second, "url": page_of(found.register, id_)} for id_, title, second in found.records]}
        for found in jumping.found(db.session, text, g.person, reading())
    ]  # fmt: skip
    pages = _pages(text)
    return [*([{"title": _("登记表和页面"), "entries": pages}] if pages else []), *records]


def _pages(text: str) -> list[dict[str, str]]:
    """The registers and pages of the menu whose title holds *text*, or is spelled by it."""
    offered = [
        {"text": words(place.title), "sub": words(place.section), "url": place.url}
        for place in places(g.person, doors_of(g.person))
    ]
    found = [one for one in offered if text.lower() in one["text"].lower() or sounds_like(one["text"], text)]
    return sorted(found, key=lambda one: (one["text"].lower().find(text.lower()), len(one["text"])))[:_PAGES]
