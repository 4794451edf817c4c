"""A signature on the form itself: asked on a page that shows what is signed, with the password where it is due."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import writing
from ...models import Register
from ...operations import signatures
from ...verdicts import Refused, require
from .. import session
from ..input import whole
from ..passwords import check_own
from ..refusals import note_refusal
from ..words import words

if TYPE_CHECKING:
    from .view import RegisterView

#: what is put right by typing again; all else is a refusal of the whole
_TYPED_WRONG = frozenset({"password_due", "wrong_password"})


def run(view: "RegisterView") -> Any:
    """Give the signature named ``field``, for exactly what the record's page showed."""
    record = view.record()
    face = record.faces.get(request.values.get("field", ""))
    row = view.row(record, None)
    if face is None or not face.signed_with:
        abort(404)
    require(signatures.may_sign(record, face, view.person, row.facts))
    if request.method == "GET":
        return _ask(view, record, face)
    try:
        _sign(view, face)
    except Refused as refused:
        if refused.verdict.code not in _TYPED_WRONG:
            raise
        note_refusal(refused)
        return _ask(view, record, face, words(refused.verdict.reason))
    flash(_("已签字：%(what)s", what=words(face.label)), "success")
    return redirect(view.details_url(record))


def _sign(view: "RegisterView", face: Face) -> None:
    if password := request.form.get("password"):
        check_own(password)
    with writing(db.session):
        seen = whole(request.form.get("version")) or 0
        signatures.sign(db.session, view.record(), face, seen, session.password_checked_at(), clock.now())


def _ask(view: "RegisterView", record: Register, face: Face, error: str | None = None) -> Any:
    closing = face.name == record.closes_with
    page = SimpleNamespace(
        title=_("签字：%(what)s", what=words(face.label)), thing=view.title(record),
        text=_("签字后不能再修改。") if closing else _("签字后内容变更的，签字作废。"), depends=[], needs_reason=False, reason="",
        needs_password=session.password_due(), error=error,
        button=_("签字"), kind="primary", cancel_url=view.details_url(record),
        hidden=[("id", record.public_id), ("field", face.name), ("version", record.version)],
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("confirm.html", page=page)
