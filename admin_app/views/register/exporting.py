"""Export of what a list shows: the purpose is asked first, and stands in the file and in the trail (R-CONF-12)."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from flask import abort, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard import writing
from ...guard.listing import count
from ...operations.archives.making import can_be_permitted, held_copy
from ...permissions import Action
from ...sheets.export_files import csv_chunks, workbook
from ...sheets.exporting import Export, leaving, may_need_copy, prepare
from ...texts import Several, Text, kept, say
from ...verdicts import Refused
from ..downloads import download
from ..policy import policy
from ..refusals import note_refusal
from ..words import ledger_reading, reading, words
from . import background
from .address import Address

#: characters of a copy's number
_LONGEST = 60


class ExportScreens:
    """The export of a register's screen, with its search, filters, sort and columns in the address."""

    @expose("/export/<kind>/", methods=("GET", "POST"))
    @policy(Action.EXPORT)
    def export_view(self, kind: str) -> Any:
        """Sent by POST where what leaves may be important, and a copy is used up by it."""
        if kind not in ("csv", "xlsx"):
            abort(404)
        self.need(Action.EXPORT)
        address = self.address(request.args)
        sent, large = request.form if request.method == "POST" else request.args, background.is_large(address)
        reason = sent.get("reason", "").strip()
        # what is put in a queue is put there by POST; a link that brings its reason along is asked once more
        if not reason or (large and request.method == "GET"):
            return self._ask_reason(address, kind, large)
        try:
            if large:
                copy = sent.get("copy", "").strip()[:_LONGEST]
                return background.start(address, kind, reason, copy, list(map(kept, _conditions(address))))
            export = self._prepared(address, reason, background.asked_names(address))
        except Refused as refused:
            if request.method == "GET":
                raise
            note_refusal(refused)
            return self._ask_reason(address, kind, large, words(refused.verdict.reason)), refused.status
        day = clock.now().astimezone(reading().zone).strftime("%Y%m%d")
        rows = _("%(n)s条", n=len(export.ids))
        name = f"{words(self.register.declaration.title)}-{day}-{rows}.{kind}"
        return download(_streamed(export) if kind == "csv" else b"".join(workbook(export)), name)

    def _prepared(self, address: Address, reason: str, asked: list[str]) -> Export:
        """The export; what was asked for by a link alone uses no copy up."""
        query, columns, reads, now = address.query(db.session), address.columns, ledger_reading(), clock.now()
        if request.method == "GET" or not (number := request.form.get("copy", "").strip()):
            return prepare(db.session, query, columns, reads, now=now, reason=reason, asked=asked)
        with writing(db.session):
            held = held_copy(db.session, number[:_LONGEST])
            return prepare(db.session, query, columns, reads, now=now, reason=reason, asked=asked, copy=held)

    def _ask_reason(self, address: Address, kind: str, large: bool, error: str | None = None) -> str:
        total = count(db.session, leaving(address.query(db.session), address.columns), None)
        page = SimpleNamespace(
            title=_("导出%(title)s", title=words(self.register.declaration.title)),
            total_text=_("%(n)s 条", n=f"{total:,}"),
            chips=list(map(words, _conditions(address))),
            columns=[words(face.label) for face in address.columns],
            hidden=[pair for pair in address.args.items(multi=True) if pair[0] != "reason"],
            kind=_("Excel 工作簿") if kind == "xlsx" else "CSV",
            error=error or (_("请写明导出用途") if request.values.get("reason", "x").strip() == "" else None),
            reason=request.values.get("reason", "") if large else request.form.get("reason", ""), large=large,
            copies=may_need_copy(db.session, address.query(db.session), address.columns),
            permitted=can_be_permitted(self.register.__tablename__), copy=request.form.get("copy", ""),
            cancel_url=self.base + address.url(reason=None),
        )  # fmt: skip
        self.crumb((page.title, None))
        return render_template("export.html", page=page)


def _streamed(export: Export) -> Iterator[bytes]:
    """A CSV while it is written. The request's session was closed as the answer began: what it reads now opens a
    connection again, which nobody else gives back."""
    try:
        yield from csv_chunks(export)
    finally:
        export.session.close()


def _conditions(address: Address) -> list[Text | Several]:
    """Filters and search of the list in sentences."""
    searched = [say("查找“{text}”", text=address.text)] if address.text else []
    return [*(one.told(reading()) for one in address.filters), *searched]
