"""Rows as parts/ledger.html puts them into its table: four hundred cells a page, written here as a template takes thrice the time.

Every text that comes from data passes through ``escape``.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup, escape

from ...fields import Face
from ...guard.cells import Cell, Row
from ...guard.readable import standing
from ...permissions import View

#: longer texts may wrap
_LONG = 24


class RowAction(NamedTuple):
    label: str
    url: str


class LedgerRow(NamedTuple):
    """A row: what its first cell says, then all its cells and its actions as HTML."""

    id: str
    name: str
    cells: Markup
    actions: Markup
    voided: bool


def ledger_rows(
    rows: Sequence[Row],
    columns: Sequence[Face],
    base: str,
    actions: Callable[[Row], Sequence[RowAction]] = lambda row: (),
) -> list[LedgerRow]:
    """The *rows* with *columns*, of the register whose list is at *base*. How columns are seen is decided once per standing.

    The first cell names its row and leads to it, unless masked. End tags are left out, as HTML allows.
    """
    views: dict[Any, list[View]] = {}
    reveal, made = _("显示"), []
    for row in rows:
        stands = standing(row.person, row.register, row.facts, row.sight)
        if stands not in views:
            views[stands] = [row.view(face) for face in columns]
        id_ = row.record.public_id
        cells = [row.cell(face, view) for face, view in zip(columns, views[stands], strict=True)]
        html = [_first(cells[0], columns[0], base, id_, reveal)]
        html += [_other(cell, face, base, id_, reveal) for cell, face in zip(cells[1:], columns[1:], strict=True)]
        made.append(LedgerRow(id_, cells[0].text, Markup("".join(html)), _actions(actions(row)),
                              row.record.voided_at is not None))  # fmt: skip
    return made


def _first(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    if cell.masked:
        return f'<th scope="row">{_inside(cell, face, base, id_, reveal)}'
    return f'<th scope="row"><a href="{escape(f"{base}details/?id={id_}")}">{escape(cell.text)}</a>'


def _other(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    align = face.kind.align
    if align != "left":
        return f'<td class="{align[0]}">{_inside(cell, face, base, id_, reveal)}'
    if len(cell.text) > _LONG:
        return f'<td class="long">{_inside(cell, face, base, id_, reveal)}'
    return f"<td>{_inside(cell, face, base, id_, reveal)}"


def _inside(cell: Cell, face: Face, base: str, id_: str, reveal: str) -> str:
    if cell.record:
        return f'<a href="/admin/{face.to}/details/?id={escape(cell.record)}">{escape(cell.text)}</a>'
    if url := reveal_url(cell, face, base, id_):
        return f'{escape(cell.text)} <a href="{escape(url)}" data-reveal>{escape(reveal)}</a>'
    return escape(cell.text)


def _actions(actions: Sequence[RowAction]) -> Markup:
    return Markup(" ".join([f'<a href="{escape(url)}">{escape(label)}</a>' for label, url in actions]))


def reveal_url(cell: Cell, face: Face, base: str, id_: str) -> str | None:
    """Where a masked value is shown in full, for who may ask."""
    return f"{base}reveal/?id={id_}&field={face.name}" if cell.view is View.REVEALABLE and cell.text else None
