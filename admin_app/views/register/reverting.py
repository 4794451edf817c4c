"""Bringing an earlier state of a record back, by whoever may edit it (R-AUDT-02)."""

from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ...database import db
from ...guard import writing
from ...operations import histories, records
from ...operations.values import writable
from ...permissions import Action, View
from ..policy import policy
from ..words import words


class RevertScreens:
    """The question before, and the doing."""

    @expose("/revert/", methods=("GET", "POST"))
    @policy(Action.EDIT)
    def revert_view(self) -> Any:
        """Set the fields that entry ``entry`` and later ones changed back to what they were before it."""
        record = self.record()  # type: ignore[attr-defined]
        row = self.row(record)  # type: ignore[attr-defined]
        self.need(Action.EDIT, row.facts)  # type: ignore[attr-defined]
        faces = {face.name: face for face in writable(type(record), row.person, row.facts) if row.view(face) is View.SHOWN}
        before = histories.state_before(db.session, row, request.values.get("entry", type=int, default=0), faces)
        if not before:
            abort(404)
        back = f"/admin/{record.__tablename__}/details/?id={record.public_id}"
        if request.method == "POST" and request.form.get("confirmed") == "yes":
            with writing(db.session):
                records.change(db.session, self.record(), before)  # type: ignore[attr-defined]
            flash(_("已恢复到更早的内容"), "success")
            return redirect(back)
        names = _("、").join(words(faces[name].label) for name in before)
        page = SimpleNamespace(
            title=_("恢复更早的内容"), thing=self.title(record), text=_("将恢复这些栏目：%(names)s", names=names),  # type: ignore[attr-defined]
            depends=[], needs_reason=False, reason="", needs_password=False, error=None, button=_("恢复"), kind="primary",
            hidden=[("id", record.public_id), ("entry", request.values["entry"])], cancel_url=back,
        )  # fmt: skip
        self.crumb((page.title, None))  # type: ignore[attr-defined]
        return render_template("confirm.html", page=page)
