"""The view-model of a list, as list.html reads it."""

from types import SimpleNamespace
from typing import Any, NamedTuple

from flask_babel import gettext as _

from ...fields import Face, Reading
from ...guard import trail
from ...guard.cells import Cell, Row
from ...guard.facts import facts_of, granted_ids, signed_ids
from ...guard.listing import COUNTED_TO, Found, count, find_page
from ...guard.readable import standing
from ...guard.titles import linked
from ...models import Register
from ...permissions import Action, Person, View, can
from ..words import words
from .address import PAGE_SIZES, Address, columns_for, sortable
from .filter_bar import filter_bar


class ListCell(NamedTuple):
    """What the ledger reads of a cell. A tuple, as templates read its parts four times as fast as a mapping's."""

    text: str
    href: str | None = None
    tag: str | None = None
    masked: bool = False
    reveal_url: str | None = None
    css: str = ""
    sub: str | None = None


class RowAction(NamedTuple):
    label: str
    url: str
    method: str = "get"


class ListRow(NamedTuple):
    """A row of the ledger; the first cell names it and leads to *url*."""

    id: str
    url: str
    cells: list[ListCell]
    actions: list[RowAction]
    voided: bool


def rows_of(session: Any, register: type[Register], found: list[Any], columns: list[Face], person: Person,
            reading: Reading) -> list[Row]:  # fmt: skip
    """The loaded rows as *person* gets them; linked titles cost one query per register linked to, not per row."""
    ids = [row.id for row in found]
    granted, signs = granted_ids(session, register, ids), signed_ids(session, register, ids)
    titles: dict[tuple[str, int], tuple[str, str | None]] = {}
    wanted: dict[str, set[int]] = {}
    for face in columns:
        if face.to:
            wanted.setdefault(face.to, set()).update(getattr(row, face.name) for row in found)
    for table, linked_ids in wanted.items():
        shown = linked(session, table, linked_ids, person, reading)
        titles |= {(table, id_): title for id_, title in shown.items()}
    return [
        Row(register, row, facts_of(register, row, row.id in granted, person.id if row.id in signs else None),
            person, reading, titles)
        for row in found
    ]  # fmt: skip


def list_page(session: Any, address: Address, person: Person, reading: Reading, exact: bool) -> SimpleNamespace:
    """The list of *address*: its rows, total, filters, columns and what may be done."""
    register, query = address.register, address.query()
    found = find_page(session, query)
    rows = rows_of(session, register, found.rows, address.columns, person, reading)
    trail.note_views(session, register.__tablename__, ((row.id, row.level) for row in found.rows), "list")
    total = count(session, query, None if exact else COUNTED_TO + 1)
    base = f"/admin/{register.__tablename__}/"
    return SimpleNamespace(
        title=words(register.declaration.title), rows=_rows(rows, address, base),
        **_columns(address, person), **filter_bar(address, register, person, reading),
        **_foot(address, found, total, exact), **_doors(address, person, base),
        empty=_empty(address, person, register, base),
    )  # fmt: skip


def _rows(rows: list[Row], address: Address, base: str) -> list[ListRow]:
    """The rows as the ledger reads them. How columns are seen is decided once for all rows of equal standing."""
    views: dict[Any, list[View]] = {}
    see, edit, shown = _("查看"), _("编辑"), []
    may_edit = not address.voided and not address.register.operations_only
    for row in rows:
        record = row.record
        stands = standing(row.person, row.register, row.facts, row.sight)
        if stands not in views:
            views[stands] = [row.view(face) for face in address.columns]
        cells = [
            list_cell(row.cell(face, view), face, base, record.public_id)
            for face, view in zip(address.columns, views[stands], strict=True)
        ]
        details = f"details/?id={record.public_id}"
        actions = [RowAction(see, details)]
        if may_edit and can(row.person, Action.EDIT, row.register, row.facts):
            actions.append(RowAction(edit, f"edit/?id={record.public_id}"))
        cells[0] = cells[0]._replace(href=None)  # the first cell names the row and leads to it
        shown.append(ListRow(record.public_id, details, cells, actions, record.voided_at is not None))
    return shown


def list_cell(cell: Cell, face: Face, base: str, public_id: str) -> ListCell:
    """One cell as the templates read it."""
    text = cell.text
    css = face.kind.align[0] if face.kind.align != "left" else "long" if len(text) > 24 else ""
    href = f"/admin/{face.to}/details/?id={cell.record}" if face.to and cell.record else None
    if cell.view is View.SHOWN or not text:
        return ListCell(text, href, css=css)
    reveal = f"{base}reveal/?id={public_id}&field={face.name}" if cell.view is View.REVEALABLE else None
    return ListCell(text, href, None, cell.masked, reveal, css)


def cell_model(cell: Cell, face: Face, base: str, public_id: str) -> dict[str, Any]:
    """The same by name, to which a page may add."""
    return list_cell(cell, face, base, public_id)._asdict()


def _columns(address: Address, person: Person) -> dict[str, Any]:
    columns = []
    for face in address.columns:
        sorted_now = ("desc" if address.descending else "asc") if face is address.sort else ""
        turn = "1" if sorted_now == "asc" or (not sorted_now and face.kind.name in ("day", "moment")) else None
        url = address.url(sort=face.name, desc=turn) if sortable(address.register, face, person) else None
        columns.append({"name": face.name, "label": words(face.label), "align": face.kind.align, "sort_url": url,
                        "sorted": sorted_now})  # fmt: skip
    chosen = {face.name for face in address.columns}
    choices = [{"name": face.name, "label": words(face.label), "chosen": face.name in chosen}
               for face in columns_for(address.register, person)]  # fmt: skip
    return {"columns": columns, "column_choices": choices}


def _foot(address: Address, found: Found, total: int, exact: bool) -> dict[str, Any]:
    capped = not exact and total > COUNTED_TO
    text = _("共 %(n)s 条", n=f"{COUNTED_TO:,}+" if capped else f"{total:,}")
    last = found.rows[-1].public_id if found.rows else None
    page = address.page
    return {
        "total_text": text, "count_url": address.url(count="1") if capped else None, "page_number": page,
        "page_size": address.size, "page_sizes": [{"n": n, "url": address.url(size=n)} for n in PAGE_SIZES],
        "prev_url": address.url(page=page - 1, after=None) if page > 1 else None,
        "next_url": address.url(page=page + 1, after=last) if found.more else None,
        "goto_url": "" if found.more or page > 1 else None,
    }  # fmt: skip


def _doors(address: Address, person: Person, base: str) -> dict[str, Any]:
    """What this person may do from here; what they may not isn't there."""
    register, table = address.register, address.register.__tablename__
    typed = not register.operations_only
    bulk = []
    if person.reach(Action.VOID, table) is not None:
        bulk = [{"key": "restore", "label": _("恢复"), "confirm": _("恢复所选记录？"), "needs_reason": False}
                if address.voided else
                {"key": "void", "label": _("作废"), "confirm": _("作废所选记录？"), "needs_reason": True}]  # fmt: skip
    views = [{"label": _("在用"), "url": "?", "current": not address.voided}]
    if person.reach(Action.VOID, table) is not None:
        views.append({"label": _("已作废"), "url": "?void=1", "current": address.voided})
    exports = []
    if person.reach(Action.EXPORT, table) is not None:
        exports = [{"label": label, "url": f"{base}export/{kind}/{address.url()}"}
                   for kind, label in (("csv", "CSV"), ("xlsx", "Excel"))]  # fmt: skip
    may_import = typed and person.reach(Action.IMPORT, table) is not None
    return {
        "add_url": f"{base}new/" if typed and person.reach(Action.ADD, table) is not None else None,
        "import_url": f"{base}import/" if may_import else None,
        "exports": exports, "bulk_actions": bulk, "action_url": f"{base}action/", "views": views if len(views) > 1 else [],
    }  # fmt: skip


def _empty(address: Address, person: Person, register: type[Register], base: str) -> dict[str, Any]:
    if address.asks():
        return {"title": _("没有符合条件的记录"), "text": _("换个条件试试。"), "url": "?", "label": _("清除条件")}
    if address.voided:
        return {"title": _("没有已作废的记录"), "text": "", "url": "?", "label": _("回到在用")}
    may_add = not register.operations_only and person.reach(Action.ADD, register.__tablename__) is not None
    return {"title": _("还没有记录"), "text": _("新增一条，或导入已有的台账。") if may_add else "",
            "url": f"{base}new/" if may_add else None, "label": _("新增")}  # fmt: skip
