"""Labels for what is scanned at the loan desk: a QR code with the number beneath, in millimetres (R-LOAN-11).

Whoever reads a record may print its label. No customer stands on it: the code tells nothing, the number is on the shelf anyway.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import segno
from flask import abort, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from ...database import db
from ...guard.cells import Row
from ...guard.listing import all_ids, count
from ...guard.shown import rows_of
from ...models import Register
from ...permissions import Action, Person
from ...rules.label_codes import LETTERS, code_of
from ...texts import Text, say
from ..input import whole
from ..words import reading, words
from .address import Address
from .bulk import OWN as BULK

if TYPE_CHECKING:
    from .view import RegisterView

_MOST = 500
#: what the labelled goes by, whichever it has
_NUMBERS = ("number", "code")
#: what stands beside the number, where a number alone tells nobody anything
_BESIDE = {"employee": "name"}
#: what the form of the page sends itself
_OWN = frozenset({"sheet", "start"})


@dataclass(frozen=True)
class Sheet:
    """A paper to print on: so many labels on each; its millimetres stand in static/css/labels.css."""

    title: Text
    labels: int = 1


SHEETS = {
    "a4": Sheet(say("A4，每张 24 个（70×37 毫米）"), 24),
    "40x30": Sheet(say("标签卷 40×30 毫米")),
    "60x40": Sheet(say("标签卷 60×40 毫米")),
}


def offered(person: Person, register: type[Register]) -> bool:
    """Whether *person* is shown the way to labels: who keeps the papers that bear them."""
    return register.__tablename__ in LETTERS and person.reach(Action.EDIT, "archive_item") is not None


def show(view: "RegisterView") -> Any:
    """The labels of the chosen records, as many sheets as they take, from label *start* of the first."""
    if view.register.__tablename__ not in LETTERS:
        abort(404)
    sent = request.values
    address = view.address(MultiDict((n, v) for n, v in sent.items(multi=True) if n not in BULK | _OWN))
    key = sent.get("sheet") if sent.get("sheet") in SHEETS else "a4"
    sheet = SHEETS[key]
    start = min(max(whole(sent.get("start")) or 1, 1), sheet.labels)
    rows = _chosen(view, address)
    labels = [None] * (start - 1) + [_label(row) for row in rows or []]
    page = SimpleNamespace(
        title=_("打印标签"), sheet=key, start=start, starts=sheet.labels > 1, count=len(rows or []), back_url=view.base,
        sheets=[{"value": value, "label": words(one.title)} for value, one in SHEETS.items()],
        pages=[labels[at : at + sheet.labels] for at in range(0, len(labels), sheet.labels)] if rows else [],
        hidden=[pair for pair in sent.items(multi=True) if pair[0] not in _OWN and pair[0] != "csrf_token"],
        missing=_("一次最多印 %(most)s 个，请先缩小范围。", most=_MOST) if rows is None
        else _("请在列表中选好记录，再打印标签。"),
    )  # fmt: skip
    view.crumb((page.title, None))
    return render_template("labels.html", page=page)


def _chosen(view: "RegisterView", address: Address) -> list[Row] | None:
    """The chosen records that the person sees, or all of the list; None for more than are printed at once."""
    register, chosen = view.register, request.values.getlist("id")
    if request.values.get("everything") == "yes":
        query = address.query(db.session)
        if count(db.session, query, _MOST + 1) > _MOST:
            return None
        wanted = register.id.in_(list(all_ids(db.session, query)))
    else:
        wanted = register.public_id.in_([id_[:24] for id_ in chosen[:_MOST]])
    records = db.session.scalars(select(register).where(wanted).order_by(register.id)).all()
    return rows_of(db.session, register, records, (), reading(), "labels")


def _label(row: Row) -> dict[str, Any]:
    table = row.register.__tablename__
    name = next(name for name in _NUMBERS if name in row.register.faces)
    code = segno.make_qr(code_of(table, row.record.public_id), error="m")
    beside = _BESIDE.get(table)
    return {
        "qr": Markup(code.svg_inline(border=4, omitsize=True)),  # of our own making, from capitals and digits
        "number": row.cell(row.register.faces[name]).text,
        "beside": row.cell(row.register.faces[beside]).text if beside else "",
    }
