"""Stored files of a record, given out to who is shown the field; important ones as a numbered copy (R-CONF-07, R-CONF-12)."""

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import trail, writing
from ...guard.cells import Row
from ...operations.archives.making import held_copy, make
from ...operations.importance import may_be_printed
from ...permissions import View
from ...storage import files
from ...verdicts import Refused
from ..downloads import download
from ..refusals import note_refusal
from ..words import words

if TYPE_CHECKING:
    from .view import RegisterView

#: characters of a copy's number
_LONGEST = 60


def send(view: "RegisterView") -> Any:
    """One file of a record; absent, masked and missing alike are 404. Fetching one is in the trail."""
    record = view.record()
    face = record.faces.get(request.args.get("field", ""))
    row = view.row(record, "file")
    cell = row.cell(face) if face and face.kind.name == "attachment" else None
    if face is None or cell is None or cell.view is not View.SHOWN or not cell.value:
        abort(404)
    key, _slash, name = cell.value.partition("/")
    try:
        content = files().get(key)
    except KeyError:
        logging.getLogger("strongroom").error("a stored file is missing: %s", key)
        abort(404)
    if not may_be_printed([row]):
        return _as_copy(view, row, face, content, name)
    trail.note(db.session, "file_opened", record, field=face.name)
    return download(content, name)


def _as_copy(view: "RegisterView", row: Row, face: Face, content: bytes, name: str) -> Any:
    """The file under the number of a copy, which is used up by it and stands in its name; asked for where none was sent."""
    if request.method == "GET":
        return _ask(view, row, name)
    try:
        with writing(db.session):
            record = view.record()
            held = held_copy(db.session, request.form.get("copy", "").strip()[:_LONGEST])
            number = make(db.session, held, view.register.__tablename__, [record], clock.now())
            trail.note(db.session, "file_opened", record, field=face.name, copy=number)
    except Refused as refused:
        note_refusal(refused)
        return _ask(view, row, name, words(refused.verdict.reason)), refused.status
    return download(content, f"{number.replace('/', '-')} {name}")


def _ask(view: "RegisterView", row: Row, name: str, error: str | None = None) -> str:
    page = SimpleNamespace(
        title=name, error=error, copy=request.form.get("copy", ""), back_url=view.details_url(row.record)
    )
    view.crumb((view.title(row.record), page.back_url), (name, None))
    return render_template("file_copy.html", page=page)
