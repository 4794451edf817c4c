"""My desk: what waits for me now, what I did and what I began (R-DESK-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..models import register_named
from ..operations import desk as on_desk
from ..operations import my_acts, naming
from ..operations.customers import on_desk as customers
from ..sheets.under_way import under_way
from ..texts import Text
from .addresses import page_of
from .jump import at_hand_groups
from .paging import paging, wanted_page
from .policy import SIGNED_IN, policy
from .register.import_runs import workplace
from .words import dated, reading, words

blueprint = Blueprint("desk", __name__)

#: how many entries a group shows before "all"
_SHOWN = 8


@blueprint.get("/")
@policy(SIGNED_IN)
def desk() -> Any:
    now = clock.now()
    groups = on_desk.groups(db.session, g.person, reading(), now)
    groups.append(under_way(db.session, workplace(), now))
    empty = _("都办完了"), _("现在没有等您办的事。")
    return _show(_("我的待办"), [_group(group) for group in groups], empty, at_hand=at_hand_groups(), views=_views())


@blueprint.get("/done/")
@policy(SIGNED_IN)
def done() -> Any:
    """What one signed or decided lately."""
    groups = my_acts.done(db.session, g.person, reading(), clock.now())
    empty = _("没有已办的事"), _("最近 30 天您没有签批或签字。")
    return _show(_("已办"), _filled(groups), empty, views=_views())


@blueprint.get("/begun/")
@policy(SIGNED_IN)
def begun() -> Any:
    """What one began, and where it stands now."""
    groups = my_acts.begun(db.session, g.person, reading(), clock.now())
    empty = _("没有您发起的事"), _("最近 30 天您没有提交申请，也没有填写要签字的表单。")
    return _show(_("我发起的"), _filled(groups), empty, views=_views())


@blueprint.get("/naming-me/")
@policy(SIGNED_IN)
def naming_me() -> Any:
    """What names one in registers that aren't in one's menu."""
    groups = naming.naming_me(db.session, g.person, reading())
    empty = _("没有与您有关的记录"), _("菜单以外的登记表中，没有写到您的记录。")
    return _show(_("与我有关"), _filled(groups), empty, views=_views())


@blueprint.get("/due/")
@policy(SIGNED_IN)
def due() -> Any:
    """All that falls due, not only the first of it."""
    return _only(on_desk.due(db.session, g.person, reading(), clock.now()))


@blueprint.get("/to-sign/")
@policy(SIGNED_IN)
def to_sign() -> Any:
    """All forms that wait for one's signature."""
    return _only(customers.to_sign(db.session, g.person, reading(), wanted_page()))


@blueprint.get("/stale-cards/")
@policy(SIGNED_IN)
def stale_cards() -> Any:
    """All cards of one's customers that are to be confirmed."""
    return _only(customers.stale_cards(db.session, g.person, reading(), wanted_page()))


@blueprint.get("/to-report/")
@policy(SIGNED_IN)
def to_report() -> Any:
    """All files of one's customers that are to be reported to the director's office."""
    return _only(customers.to_report(db.session, g.person, reading(), wanted_page()))


@blueprint.get("/told/")
@policy(SIGNED_IN)
def told() -> Any:
    """All that one was told and hasn't ticked off."""
    group = _group(on_desk.told(db.session, g.person, clock.now()), shown=None)
    g.crumbs = [(_("我的待办"), url_for("desk.desk")), (group["title"], None)]
    empty = _("没有未读的提醒"), _("到期、批准和退回会在这里提醒您。")
    return _show(group["title"], [{**group, "more_url": None}], empty)


@blueprint.get("/waiting/")
@policy(SIGNED_IN)
def waiting() -> Response:
    """How much waits, for the menu: asked by its script once the page stands, so that no page waits for it."""
    groups = on_desk.waiting(db.session, g.person, reading(), clock.now())
    return jsonify(count=sum(group.count for group in groups))


def _only(found: on_desk.Group) -> str:
    """One group by itself, with all that is in it."""
    group = _group(found, shown=None)
    g.crumbs = [(_("我的待办"), url_for("desk.desk")), (group["title"], None)]
    empty = _("都办完了"), _("现在没有等您办的事。")
    return _show(
        group["title"], [{**group, "more_url": None}], empty, paging=paging(found.part) if found.part else None
    )


def _show(title: str, groups: list[dict[str, Any]], empty: tuple[str, str], **more: Any) -> str:
    page = SimpleNamespace(
        title=title, groups=groups, empty=empty, **{"at_hand": [], "views": [], "paging": None, **more}
    )
    return render_template("desk.html", page=page)


def _filled(groups: list[on_desk.Group]) -> list[dict[str, Any]]:
    return [_group(group, shown=None) for group in groups if group.count]


def _views() -> list[dict[str, Any]]:
    """The looks at one's own work."""
    pages = {
        "desk.desk": _("待办"), "desk.done": _("已办"), "desk.begun": _("我发起的"), "desk.naming_me": _("与我有关"),
    }  # fmt: skip
    return [
        {"label": label, "url": url_for(page), "current": request.endpoint == page} for page, label in pages.items()
    ]


def _group(group: on_desk.Group, shown: int | None = _SHOWN) -> dict[str, Any]:
    entries = [
        {"text": _said(entry.text), "sub": _said(entry.sub), "url": _address(entry), "when": dated(entry.when),
         "state": entry.state, "state_text": words(entry.state_text), "notice": entry.notice}
        for entry in group.entries[:shown]
    ]  # fmt: skip
    return {
        "title": words(group.title),
        "count": group.count,
        "entries": entries,
        "more_url": url_for(group.page) if group.page else None,
        "read_url": url_for("notices.read") if any(entry["notice"] for entry in entries) else None,
    }


def _said(text: str | Text | None) -> str | None:
    return words(text) if isinstance(text, Text) else text


def _address(entry: on_desk.Entry) -> str | None:
    if entry.record is None:
        return url_for(entry.page, **entry.query) if entry.page else None
    if entry.page:
        return url_for(entry.page, public_id=entry.record)
    return page_of(register_named(entry.table), entry.record)
