"""The ways in which reminders leave the house: set up and tried by admin, with what failed and why (R-NOTE-01)."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..database import db
from ..guard import trail, writing
from ..models import register_named
from ..operations import schedule
from ..operations.notices import channels, messages, sending
from ..operations.settings import Faulty
from ..permissions import Role
from ..rules.channels import KINDS, ChannelKind, Setting
from ..rules.notices import EVENTS
from ..storage import files
from ..texts import Text, say
from ..verdicts import Verdict
from ..working.notices import Channel
from .crumbs import crumb
from .doors import MANAGEMENT, door, holds
from .policy import SIGNED_IN, policy
from .words import moment_text, words

blueprint = Blueprint("channels", __name__, url_prefix="/channels")
CHANNELS = door(say("提醒与消息渠道"), "/channels/", MANAGEMENT, holds(Role.ADMIN))

#: the last failures shown
_SHOWN = 50
#: what stands in the box of a secret that is kept
_KEPT = "••••••••"
#: in the place of what a text names
_BLANKS = {"number": "…", "due": "…"}
_WORKS = {schedule.NIGHT: say("夜间办理（到期失效、罚款、按月统计）"), schedule.REMINDING: say("提醒")}


@blueprint.get("/")
@policy(SIGNED_IN)
@CHANNELS.guards
def overview() -> Any:
    crumb(CHANNELS)
    page = SimpleNamespace(
        title=words(CHANNELS.title), channels=[_row(one) for one in channels.states(db.session, files().seal)],
        events=[{"text": words(Text(one.text.message, _BLANKS)), "to": words(one.to.title), "when": words(one.when),
                 "rule": one.rule, "ways": _ways(one.to_groups)} for one in EVENTS.values()],
        failures=[_failure(one) for one in channels.failures(db.session, _SHOWN)],
        works=[{"title": words(_WORKS[name]), "at": moment_text(at)} for name, at in schedule.works(db.session).items()],
    )  # fmt: skip
    return render_template("channels.html", page=page)


def _row(one: channels.State) -> dict[str, Any]:
    return {
        "title": words(one.kind.title), "url": url_for("channels.one", kind=one.kind.name), "enabled": one.enabled,
        "sent": one.sent, "waiting": one.waiting, "failed": one.failed,
        "unreadable": one.unreadable,
        "try_url": url_for("channels.try_out", kind=one.kind.name) if one.enabled else None,
    }  # fmt: skip


def _ways(to_groups: bool) -> str:
    return _("待办、邮件、群") if to_groups else _("待办、邮件")


def _failure(one: channels.Failure) -> dict[str, Any]:
    return {
        "at": moment_text(one.tried_at), "channel": words(KINDS[one.channel].title), "number": one.number,
        "reason": words(messages.REASONS[one.reason]), "detail": one.detail, "again": one.state == "waiting",
    }  # fmt: skip


@blueprint.route("/<kind>/", methods=["GET", "POST"])
@policy(SIGNED_IN)
@CHANNELS.guards
def one(kind: str) -> Any:
    found = KINDS.get(kind) or abort(404)
    if request.method == "GET":
        return _page(found)
    typed = {each.name: request.form.get(each.name, "") for each in found.settings}
    enabled, dropped = request.form.get("enabled") == "yes", request.form.getlist("drop")
    try:
        with writing(db.session):
            channels.set_up(db.session, found, typed, enabled, files().seal, clock.now(), dropped=dropped)
    except Faulty as faulty:
        return _page(found, faulty.faults)
    flash(_("已保存并启用") if enabled else _("已保存，未启用"), "success")
    return redirect(url_for("channels.overview"))


@blueprint.post("/<kind>/try/")
@policy(SIGNED_IN)
@CHANNELS.guards
def try_out(kind: str) -> Any:
    """Send a message now, by mail to who asks for it, and say what came of it."""
    found, row = KINDS.get(kind) or abort(404), db.session.get(Channel, kind) or abort(404)
    to = db.session.get_one(register_named("employee"), g.person.id).email if found.personal else None
    if found.personal and not to:
        flash(_("您在员工登记里没有电子邮箱，无处可发"), "warning")
        return redirect(url_for("channels.overview"))
    try:
        values = channels.values_of(row, files().seal)
    except channels.Unreadable:
        flash(_("保存的密钥读不出来，请重新填写并保存"), "error")
        return redirect(url_for("channels.one", kind=kind))
    with writing(db.session):  # first: who looks on as somebody else sends nothing
        trail.note(db.session, "channel_tried", channel=kind)
    message = messages.Message(str(say("客档测试消息")), str(say("收到这条消息，说明渠道可用。")), to)
    try:
        sending.send(kind, values, message)
    except messages.NotSent as failed:
        flash(
            _("没有发出：%(why)s %(detail)s", why=words(messages.REASONS[failed.code]), detail=failed.detail), "error"
        )
    else:
        flash(_("已发出，请查收"), "success")
    return redirect(url_for("channels.overview"))


def _page(kind: ChannelKind, faults: dict[str, Verdict] | None = None) -> str:
    state = next(one for one in channels.states(db.session, files().seal) if one.kind is kind)
    texts = {name: words(verdict.reason) for name, verdict in (faults or {}).items()}
    crumb(CHANNELS, words(kind.title))
    page = SimpleNamespace(
        title=words(kind.title), help=words(kind.help), fields=[_box(one, state, texts) for one in kind.settings],
        error_summary=[{"label": words(one.label), "anchor": one.name, "text": texts[one.name]}
                       for one in kind.settings if one.name in texts],
        enabled=request.form.get("enabled") == "yes" if faults else state.enabled,
        droppable=[(one.name, words(one.label)) for one in kind.settings if one.name in state.filled and not one.required],
    )  # fmt: skip
    return render_template("channel.html", page=page)


def _box(one: Setting, state: channels.State, faults: dict[str, str]) -> dict[str, Any]:
    """As parts/fields.html reads it; of a secret that is kept only that it is."""
    typed = request.form.get(one.name, "") if faults else state.values.get(one.name) or one.default
    options = [{"value": value, "label": words(label)} for value, label in (one.choices or {}).items()]
    return {
        "name": one.name, "label": words(one.label), "required": one.required and one.name not in state.filled,
        "help": words(one.help), "errors": [faults[one.name]] if one.name in faults else [], "width": "m",
        "type": "password" if one.secret else "choice" if one.choices else "text", "options": options,
        "masked": one.secret and one.name in state.filled, "value": _KEPT if one.secret else typed,
    }  # fmt: skip
