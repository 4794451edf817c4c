"""Rows as parts/ledger.html reads them: bare tuples, as a list shows some four hundred cells."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ...fields import Face
from ...guard.cells import Cell, Row
from ...guard.readable import standing
from ...permissions import View

#: longer texts may wrap
_LONG = 24
_MASKED = (View.MASKED, View.REVEALABLE)


class LedgerCell(NamedTuple):
    text: str
    href: str | None
    reveal_url: str | None
    #: the class of the cell, or nothing
    css: str


class RowAction(NamedTuple):
    label: str
    url: str
    method: str = "get"


class LedgerRow(NamedTuple):
    """A row; its first cell names it and leads to it, unless masked."""

    id: str
    cells: list[LedgerCell]
    actions: Sequence[RowAction]
    voided: bool


def ledger_rows(
    rows: Sequence[Row],
    columns: Sequence[Face],
    base: str,
    actions: Callable[[Row], Sequence[RowAction]] = lambda row: (),
) -> list[LedgerRow]:
    """The *rows* with *columns*, of the register whose list is at *base*. How columns are seen is decided once per standing."""
    views: dict[Any, list[View]] = {}
    made = []
    for row in rows:
        stands = standing(row.person, row.register, row.facts, row.sight)
        if stands not in views:
            views[stands] = [row.view(face) for face in columns]
        id_ = row.record.public_id
        cells = [
            _cell(row.cell(face, view), face, base, id_) for face, view in zip(columns, views[stands], strict=True)
        ]
        if not (cells[0].text and views[stands][0] in _MASKED):
            cells[0] = cells[0]._replace(href=f"{base}details/?id={id_}")
        made.append(LedgerRow(id_, cells, actions(row), row.record.voided_at is not None))
    return made


def _cell(cell: Cell, face: Face, base: str, id_: str) -> LedgerCell:
    text = cell.text
    css = face.kind.align[0] if face.kind.align != "left" else "long" if len(text) > _LONG else ""
    href = f"/admin/{face.to}/details/?id={cell.record}" if cell.record else None
    return LedgerCell(text, href, reveal_url(cell, face, base, id_), css)


def reveal_url(cell: Cell, face: Face, base: str, id_: str) -> str | None:
    """Where a masked value is shown in full, for who may ask."""
    return f"{base}reveal/?id={id_}&field={face.name}" if cell.view is View.REVEALABLE and cell.text else None
