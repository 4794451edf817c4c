"""Rows as parts/ledger.html puts them into its table: four hundred cells a page, written here as a template takes thrice the time.

Every text that comes from data passes through ``escape``; public ids are letters, digits, "-" and "_". End tags are left
out, as HTML allows.
"""

from collections.abc import Callable, Sequence
from html import escape

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face
from ...guard.cells import Cell, Decided, Row
from ...permissions import View

#: longer texts may wrap
_LONG = 24
_ALIGNED = {"left": "<td>", "right": '<td class="r">', "center": '<td class="c">'}
_LONG_TEXT = _ALIGNED | {"left": '<td class="long">'}


def ledger_rows(
    rows: Sequence[Row],
    columns: Sequence[Face],
    base: str,
    actions: Callable[[Row], str] | None = None,
    pick: bool = False,
) -> Markup:
    """The *rows* with *columns*, of the register whose list is at *base*, empty for none; with *pick* they can be chosen.

    The first cell names its row and leads to it, unless masked. *actions* gives what a row ends with.
    """
    kept: dict[Decided, list[tuple[Face, View]]] = {}
    reveal, html, rest = escape(_("显示")), [], range(1, len(columns))
    for row in rows:
        views = kept.get(row.decided)
        if views is None:
            views = kept[row.decided] = [(face, row.view(face)) for face in columns]
        cells = [row.cell(face, view) for face, view in views]
        id_, name = row.record.public_id, escape(cells[0].text)
        html.append("<tr>" if row.record.voided_at is None else '<tr class="voided">')
        if pick:
            html.append(f'<td><input type="checkbox" name="id" value="{id_}" aria-label="{name}">')
        if cells[0].masked:
            html.append(f'<th scope="row">{name}{_reveal(cells[0], columns[0], base, id_, reveal)}')
        else:
            html.append(f'<th scope="row"><a href="{base}details/?id={id_}">{name}</a>')
        html += [_cell(cells[place], columns[place], base, id_, reveal) for place in rest]
        if actions:
            html.append(f"<td>{actions(row)}")
        html.append("\n")
    return Markup("".join(html))


def _cell(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    view, text, _value, record = cell
    start = _ALIGNED[face.kind.align] if len(text) <= _LONG else _LONG_TEXT[face.kind.align]
    text = escape(text)
    if record:
        return f'{start}<a href="/admin/{face.to}/details/?id={record}">{text}</a>'
    return f"{start}{text}" if view is View.SHOWN else f"{start}{text}{_reveal(cell, face, base, id_, reveal)}"


def _reveal(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    url = reveal_url(cell, face, base, id_)
    return f' <a href="{escape(url)}" data-reveal>{reveal}</a>' if url else ""


def reveal_url(cell: Cell, face: Face, base: str, id_: str) -> str | None:
    """Where a masked value is shown in full, for who may ask."""
    return f"{base}reveal/?id={id_}&field={face.name}" if cell.view is View.REVEALABLE and cell.text else None
