"""Stored files of a record, given out to who is shown the field."""

import logging
from typing import TYPE_CHECKING, Any

from flask import abort, request

from ...database import db
from ...guard import trail
from ...permissions import View
from ...storage import files
from ..downloads import download

if TYPE_CHECKING:
    from .view import RegisterView


def send(view: "RegisterView") -> Any:
    """One file of a record; absent, masked and missing alike are 404. Fetching one is in the trail."""
    record = view.record()
    face = record.faces.get(request.args.get("field", ""))
    cell = view.row(record, "file").cell(face) if face and face.kind.name == "attachment" else None
    if cell is None or cell.view is not View.SHOWN or not cell.value:
        abort(404)
    key, _slash, name = cell.value.partition("/")
    try:
        content = files().get(key)
    except KeyError:
        logging.getLogger("strongroom").error("a stored file is missing: %s", key)
        abort(404)
    trail.note(db.session, "file_opened", record, field=face.name)
    return download(content, name)
