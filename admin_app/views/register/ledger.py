"""Rows as parts/ledger.html puts them into its table: four hundred cells a page, written here as a template takes thrice the time.

Every text that comes from data passes through ``escape``; public ids are letters, digits, "-" and "_". End tags are left
out, as HTML allows.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from ...fields import Face
from ...guard.cells import Cell, Row
from ...guard.readable import standing
from ...permissions import View

#: longer texts may wrap
_LONG = 24


def ledger_rows(
    rows: Sequence[Row],
    columns: Sequence[Face],
    base: str,
    actions: Callable[[Row], str] | None = None,
    pick: bool = False,
) -> Markup:
    """The *rows* with *columns*, of the register whose list is at *base*, empty for none; with *pick* they can be chosen.

    The first cell names its row and leads to it, unless masked. *actions* gives what a row ends with. How columns are seen
    is decided once per standing.
    """
    views: dict[Any, list[View]] = {}
    reveal, html = escape(_("显示")), []
    for row in rows:
        stands = standing(row.person, row.register, row.facts, row.sight)
        if stands not in views:
            views[stands] = [row.view(face) for face in columns]
        cells = [row.cell(face, view) for face, view in zip(columns, views[stands], strict=True)]
        id_, name = row.record.public_id, escape(cells[0].text)
        html.append("<tr>" if row.record.voided_at is None else '<tr class="voided">')
        if pick:
            html.append(f'<td><input type="checkbox" name="id" value="{id_}" aria-label="{name}">')
        if cells[0].masked:
            html.append(f'<th scope="row">{name}{_reveal(cells[0], columns[0], base, id_, reveal)}')
        else:
            html.append(f'<th scope="row"><a href="{base}details/?id={id_}">{name}</a>')
        html += [_cell(cell, face, base, id_, reveal) for cell, face in zip(cells[1:], columns[1:], strict=True)]
        if actions:
            html.append(f"<td>{actions(row)}")
        html.append("\n")
    return Markup("".join(html))


def _cell(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    align, text = face.kind.align, escape(cell.text)
    css = f' class="{align[0]}"' if align != "left" else ' class="long"' if len(cell.text) > _LONG else ""
    if cell.record:
        return f'<td{css}><a href="/admin/{face.to}/details/?id={cell.record}">{text}</a>'
    return f"<td{css}>{text}{_reveal(cell, face, base, id_, reveal)}" if cell.masked else f"<td{css}>{text}"


def _reveal(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    url = reveal_url(cell, face, base, id_)
    return f' <a href="{escape(url)}" data-reveal>{reveal}</a>' if url else ""


def reveal_url(cell: Cell, face: Face, base: str, id_: str) -> str | None:
    """Where a masked value is shown in full, for who may ask."""
    return f"{base}reveal/?id={id_}&field={face.name}" if cell.view is View.REVEALABLE and cell.text else None
