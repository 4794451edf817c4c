"""Export of what a list shows: the purpose is asked first, and stands in the file and in the trail (R-CONF-12)."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from flask import abort, render_template, request
from flask_admin import expose
from flask_babel import gettext as _

from ... import clock
from ...database import db
from ...guard.listing import count
from ...permissions import Action
from ...sheets.export_files import csv_chunks, workbook
from ...sheets.exporting import Export, leaving, prepare
from ..downloads import download
from ..policy import policy
from ..words import ledger_reading, reading, words
from .address import Address


class ExportScreens:
    """The export of a register's screen, with its search, filters, sort and columns in the address."""

    @expose("/export/<kind>/")
    @policy(Action.EXPORT)
    def export_view(self, kind: str) -> Any:
        if kind not in ("csv", "xlsx"):
            abort(404)
        self.need(Action.EXPORT)
        address = self.address(request.args)
        reason = request.args.get("reason", "").strip()
        if not reason:
            return self._ask_reason(address, kind)
        asked = [f"{one.face.name} {one.operator}" for one in address.filters] + (["search"] if address.text else [])
        query = address.query(db.session)
        export = prepare(
            db.session, query, address.columns, ledger_reading(), now=clock.now(), reason=reason, asked=asked
        )
        day = clock.now().astimezone(reading().zone).strftime("%Y%m%d")
        rows = _("%(n)s条", n=len(export.ids))
        name = f"{words(self.register.declaration.title)}-{day}-{rows}.{kind}"
        return download(_streamed(export) if kind == "csv" else workbook(export), name)

    def _ask_reason(self, address: Address, kind: str) -> str:
        total = count(db.session, leaving(address.query(db.session), address.columns), None)
        page = SimpleNamespace(
            title=_("导出%(title)s", title=words(self.register.declaration.title)),
            total_text=_("%(n)s 条", n=f"{total:,}"),
            chips=_conditions(address),
            columns=[words(face.label) for face in address.columns],
            hidden=[pair for pair in address.args.items(multi=True) if pair[0] != "reason"],
            kind=_("Excel 工作簿") if kind == "xlsx" else "CSV",
            error=_("请写明导出用途") if "reason" in address.args else None,
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


def _conditions(address: Address) -> list[str]:
    """Filters and search of the list in sentences."""
    searched = [_("查找“%(text)s”", text=address.text)] if address.text else []
    return [*(one.sentence(reading()) for one in address.filters), *searched]
