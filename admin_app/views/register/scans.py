"""Scans looked at page by page, with who looks and when across each page (R-CONF-04, R-AUDT-01).

A page is drawn here and sent as a picture: the file itself doesn't leave. Who isn't shown the field finds no page.
"""

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Response, abort, g, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...fields import Face
from ...guard import trail
from ...guard.cells import Row
from ...operations.importance import may_be_printed
from ...permissions import View
from ...storage import files
from ..words import moment_text, words
from . import scan_pages

if TYPE_CHECKING:
    from .view import RegisterView


def is_viewable(name: str) -> bool:
    """Whether a file of that *name* has pages to be looked at."""
    return name.lower().endswith(scan_pages.SUFFIXES)


def address(base: str, row: Row, face: Face, page: int = 1) -> str:
    """Where a page of the scan in *face* is looked at."""
    return f"{base}scan/?id={row.record.public_id}&field={face.name}" + (f"&page={page}" if page > 1 else "")


def show(view: "RegisterView") -> Any:
    """The page that frames one page of a scan; that the record was looked at is in the trail."""
    number = max(request.args.get("page", 1, type=int), 1)
    pages, fault, status = _counted(_asked(view, None)[2])
    row, face, _key, name = _asked(view, "scan")
    if pages and number > pages:
        abort(404)
    title = f"{words(face.label)} {name}"
    view.crumb((view.title(row.record), view.details_url(row.record)), (title, None))
    here = f"id={row.record.public_id}&field={face.name}"
    page = SimpleNamespace(
        title=title, fault=fault, page=number, pages=pages, picture_url=f"{view.base}scan/page/?{here}&page={number}",
        before=address(view.base, row, face, number - 1) if number > 1 else None,
        after=address(view.base, row, face, number + 1) if number < pages else None,
        back_url=view.details_url(row.record), file_url=f"{view.base}file/?{here}", action=f"{view.base}scan/",
        printable=may_be_printed([row]), asked=[("id", row.record.public_id), ("field", face.name)],
    )  # fmt: skip
    return render_template("scan.html", page=page), status


def picture(view: "RegisterView") -> Response:
    """One page as a picture; each from 秘密 up is an entry of the trail, by its number (R-AUDT-01)."""
    row, face, key, _name = _asked(view, None)
    shown, content = [(row.record.id, row.record.level)], _content(key)
    number = max(request.args.get("page", 1, type=int), 1)
    looks = g.person.seen_by or g.person
    mark = f"{looks.name} {looks.username} {moment_text(clock.now())}"
    _end_read()
    try:
        drawn = scan_pages.draw(content, number, mark)
    except scan_pages.NotDrawn:
        abort(404)
    except scan_pages.Busy:
        abort(503)
    trail.note_views(
        db.session,
        view.register.__tablename__,
        shown,
        "scan",
        field=face.name,
        page=number,
    )
    return Response(drawn, mimetype="image/jpeg")


def _end_read() -> None:
    """Drawing may take half a minute: no transaction stays open for it."""
    trail.write_notes(db.session)
    db.session.rollback()


def _counted(key: str) -> tuple[int, str, int]:
    """How many pages the file has, or 0 and why they can't be shown; with the status of the answer."""
    _end_read()
    try:
        return scan_pages.count(key, _content), "", 200
    except scan_pages.NotDrawn as error:
        return 0, _why(error), 200
    except scan_pages.Busy:
        return 0, _("正在打开的文件太多，请稍后再试"), 503


def _asked(view: "RegisterView", via: str | None) -> tuple[Row, Face, str, str]:
    """Record, field, key and name of the scan asked for; absent, masked, missing and without pages are 404 alike."""
    record = view.record()
    face = record.faces.get(request.args.get("field", ""))
    row = view.row(record, via)
    cell = row.cell(face) if face and face.kind.name == "attachment" else None
    if face is None or cell is None or cell.view is not View.SHOWN or not cell.value:
        abort(404)
    key, _slash, name = cell.value.partition("/")
    if not is_viewable(name):
        abort(404)
    return row, face, key, name


def _content(key: str) -> bytes:
    try:
        return files().get(key)
    except KeyError:
        logging.getLogger("strongroom").error("a stored file is missing: %s", key)
        abort(404)


def _why(error: scan_pages.NotDrawn) -> str:
    return {
        "too_large": _("文件太大或内容异常，无法显示"), "broken": _("文件打不开，可能已损坏，或有打开密码"),
    }.get(str(error), _("无法显示"))  # fmt: skip
