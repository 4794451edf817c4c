"""Uploaded files of a record: checked by their first bytes, stored encrypted, given out to who is shown the field."""

import logging
from typing import TYPE_CHECKING, Any

import filetype
from flask import abort, request
from werkzeug.datastructures import FileStorage

from ...database import db
from ...fields import Face, Fault
from ...guard import trail
from ...permissions import View
from ...storage import files
from ...texts import say
from ..downloads import download

if TYPE_CHECKING:
    from .view import RegisterView

MOST_BYTES = 20 * 1024 * 1024
#: what scans and papers come as
ALLOWED = frozenset({"pdf", "jpg", "png", "tif", "webp", "heic", "docx", "xlsx", "doc", "xls"})


def uploaded(faces: list[Face]) -> tuple[dict[str, str], dict[str, Fault]]:
    """Stored names of the files sent for *faces*, and the faults of those that aren't taken."""
    values, faults = {}, {}
    for face in faces:
        sent = request.files.get(face.name)
        if face.kind.name == "attachment" and sent is not None and sent.filename:
            try:
                values[face.name] = store(sent)
            except Fault as fault:
                faults[face.name] = fault
    return values, faults


def store(sent: FileStorage) -> str:
    """Store an upload; ``key/name``. Raises Fault for one that is too large or of another kind."""
    content = sent.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Fault("too_large", say("文件超过 {limit} MB，请拆分或压缩后再上传", limit=MOST_BYTES // 1024**2))
    kind = filetype.guess_extension(content)
    if kind not in ALLOWED:
        raise Fault("bad_file", say("只接受 PDF、图片、Word 和 Excel 文件"))
    return f"{files().put(content)}/{(sent.filename or '')[-200:].replace('/', '_')}"


def send(view: "RegisterView") -> Any:
    """One file of a record; absent, masked and missing alike are 404. Fetching one is in the trail."""
    record = view.record()
    face = record.faces.get(request.args.get("field", ""))
    cell = view.row(record, None).cell(face) if face and face.kind.name == "attachment" else None
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
