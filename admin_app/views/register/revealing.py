"""Showing one masked value in full to whoever may, with a reason and audited (R-CONF-06): in its place, or on a page of its own."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import abort, jsonify, render_template, request
from flask_babel import gettext as _

from ...database import db
from ...fields import Face
from ...guard import trail, writing
from ...permissions import Level, View
from ...texts import say
from ...verdicts import Refused, refuse
from .. import secrecy
from ..words import reading, words

if TYPE_CHECKING:
    from .view import RegisterView


def run(view: "RegisterView") -> Any:
    """Scripts are sent the value; without them a page asks for the reason and then shows it."""
    face = view.register.faces.get(request.args.get("field", ""))
    if face is None or view.row(view.record(), None).view(face) is not View.REVEALABLE:
        abort(404)
    if Level(view.record().level).classified:
        secrecy.require_read()
    if request.method == "GET":
        return _ask(view, face)
    reason = request.form.get("reason", "").strip()[:200]
    if request.accept_mimetypes.best != "text/html":
        return jsonify(text=_reveal(view, face, reason))
    if not reason:
        return _ask(view, face, _("请写明查看原因")), 400
    return _show(view, face, _reveal(view, face, reason))


def _reveal(view: "RegisterView", face: Face, reason: str) -> str:
    """The value, once it is noted who looks and why; raises Refused "no_reason"."""
    if not reason:
        raise Refused(refuse("R-CONF-06", "no_reason", say("请写明查看原因")))
    with writing(db.session):
        record = view.record()
        trail.note(db.session, "revealed", record, field=face.name, reason=reason)
        value = getattr(record, face.name)
    return "" if value is None else face.kind.text(value, reading())


def _ask(view: "RegisterView", face: Face, error: str | None = None) -> str:
    record = view.record()
    page = SimpleNamespace(
        title=_("显示隐藏的内容"), thing=f"{view.title(record)}　{words(face.label)}", text=_("查看人、时间和原因会记入审计。"),
        depends=[], needs_reason=True, reason="", needs_password=False, error=error, button=_("显示"), kind="primary",
        hidden=[], cancel_url=view.details_url(record),
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("confirm.html", page=page)


def _show(view: "RegisterView", face: Face, text: str) -> str:
    record = view.record()
    page = SimpleNamespace(
        title=_("显示隐藏的内容"), thing=view.title(record), label=words(face.label), text=text,
        back_url=view.details_url(record),
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("revealed.html", page=page)
