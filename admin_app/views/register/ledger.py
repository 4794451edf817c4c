"""Rows as parts/ledger.html puts them into its table: four hundred cells a page, written here as a template takes many times that.

How a column is written is chosen once for all rows of equal standing, and a row then costs its values alone. Every text
that comes from data is escaped; public ids are letters, digits, "-" and "_". End tags are left out, as HTML allows.
"""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from operator import attrgetter
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face
from ...guard.cells import Cell, Decided, Row
from ...permissions import View

#: longer texts may wrap
_LONG = 24
_ALIGNED = {"left": "<td>", "right": '<td class="r">', "center": '<td class="c">'}
_LONG_TEXT = _ALIGNED | {"left": '<td class="long">'}
#: the links at the end of a row, which are alike for rows of equal standing: page of the record, and what the link says
Acts = Callable[[Row], tuple[tuple[str, str], ...]]


def ledger_rows(
    rows: Sequence[Row], columns: Sequence[Face], base: str, acts: Acts | None = None, pick: bool = False
) -> Markup:
    """The *rows* with *columns*, of the register whose list is at *base*, empty for none; with *pick* they can be chosen.

    The first cell names its row and leads to it, unless masked.
    """
    lines: dict[Decided, Callable[..., str]] = {}
    written: dict[tuple[object, ...], Callable[..., str]] = {}
    values, html = attrgetter("public_id", "voided_at", *(face.name for face in columns)), []
    for row in rows:
        line = lines.get(row.decided)
        if line is None:  # most standings come to the same
            links = acts(row) if acts else None
            alike = (links, *[row.view(face) for face in columns])
            line = written.get(alike) or written.setdefault(alike, _line(row, columns, base, links, pick))
            lines[row.decided] = line
        html.append(line(*values(row.record)))
    return Markup("".join(html))


def _line(
    like: Row, columns: Sequence[Face], base: str, acts: Sequence[tuple[str, str]] | None, pick: bool
) -> Callable[..., str]:
    """What writes a row shown as *like* is: of its public id, the moment it was voided, and its values."""
    named, view = like.telling(columns[0]), like.view(columns[0])
    masks, reveal = view in (View.MASKED, View.REVEALABLE), _reveal(view, columns[0], base)
    cells = [_cell(like, face, base) for face in columns[1:]]
    links = "" if acts is None else "<td>" + " ".join(
        f'<a href="{page}/?id={{0}}">{escape(label)}</a>' for page, label in acts
    )  # fmt: skip

    box = '<td><input type="checkbox" name="id" value="{}" aria-label="{}">' if pick else ""

    def line(id_: str, voided_at: Any, first: Any, *values: Any) -> str:
        name = "" if first is None else escape(named(first))
        start = "<tr>" if voided_at is None else '<tr class="voided">'
        if masks and name:
            head = f'<th scope="row">{name}{reveal.format(id_)}'
        else:
            head = f'<th scope="row"><a href="{base}details/?id={id_}">{name}</a>'
        others = "".join([cell(value, id_) for cell, value in zip(cells, values, strict=True)])
        return f"{start}{box.format(id_, name)}{head}{others}{links.format(id_)}\n"

    return line


def _cell(like: Row, face: Face, base: str) -> Callable[[Any, str], str]:
    """What writes a cell of the column *face*, of a value and the public id of its record, in rows of equal standing."""
    view, told = like.view(face), like.telling(face)
    if face.codes:
        told = cache(told)
    short, long, reveal = _ALIGNED[face.kind.align], _LONG_TEXT[face.kind.align], _reveal(view, face, base)

    def plain(value: Any, id_: str) -> str:
        if value is None:
            return short
        text = told(value)
        start = short if len(text) <= _LONG else long
        return start + (text if text.isalnum() else escape(text))

    def revealable(value: Any, id_: str) -> str:
        return plain(value, id_) + (reveal.format(id_) if value is not None and told(value) else "")

    def link(value: Any, id_: str) -> str:
        record = like.leads_to(face, value)
        if record is None:
            return plain(value, id_)
        text = told(value)
        start = short if len(text) <= _LONG else long
        return f'{start}<a href="/admin/{face.to}/details/?id={record}">{escape(text)}</a>'

    if face.to and view is View.SHOWN:
        return link
    return revealable if reveal else plain


def _reveal(view: View, face: Face, base: str) -> str:
    """The link behind a masked value to where it is shown in full, for who may ask; the record's public id goes in."""
    if view is not View.REVEALABLE:
        return ""
    return f' <a href="{base}reveal/?id={{0}}&amp;field={face.name}" data-reveal>{escape(_("显示"))}</a>'


def reveal_url(cell: Cell, face: Face, base: str, id_: str) -> str | None:
    """Where a masked value is shown in full, for who may ask."""
    return f"{base}reveal/?id={id_}&field={face.name}" if cell.view is View.REVEALABLE and cell.text else None
