"""Bringing an earlier state of a record back, by whoever may edit it (R-AUDT-02)."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from ...database import db
from ...fields import Face
from ...guard import writing
from ...models import Register
from ...operations import clashes, constraints, histories, records
from ...operations.values import writable
from ...permissions import Action, View
from ..input import whole
from ..words import words

if TYPE_CHECKING:
    from .view import RegisterView


def run(view: "RegisterView") -> Any:
    """Ask, then set the fields that entry ``entry`` and later ones changed back to what they were before it."""
    record = view.record()
    row = view.row(record, None)
    view.need(Action.EDIT, row.facts)
    faces = {face.name: face for face in writable(type(record), row.person, row.facts) if row.view(face) is View.SHOWN}
    entry = whole(request.values.get("entry")) or 0
    before = histories.state_before(db.session, row, entry, faces)
    if not before:
        abort(404)
    if request.method == "POST" and request.form.get("confirmed") == "yes":
        return _bring_back(view, before)
    return _ask(view, record, entry, [faces[name] for name in before])


def _bring_back(view: "RegisterView", before: dict[str, Any]) -> Any:
    try:
        with constraints.told(view.register), writing(db.session):
            record = view.record()
            clashes.hold(db.session, record)
            records.change(db.session, record, before)
    except constraints.Broken as broken:
        flash(_("没有恢复：%(reason)s", reason=words(broken.fault.reason)), "error")
    else:
        flash(_("已恢复到更早的内容"), "success")
    return redirect(view.details_url(view.record()))


def _ask(view: "RegisterView", record: Register, entry: int, faces: list[Face]) -> Any:
    names = _("、").join(words(face.label) for face in faces)
    page = SimpleNamespace(
        title=_("恢复更早的内容"), thing=view.title(record), text=_("将恢复这些栏目：%(names)s", names=names),
        depends=[], needs_reason=False, reason="", needs_password=False, error=None, button=_("恢复"), kind="primary",
        hidden=[("id", record.public_id), ("entry", entry)], cancel_url=view.details_url(record),
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("confirm.html", page=page)
