"""The view-model of a list, as list.html reads it."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from ...fields import Face, Reading
from ...guard import trail
from ...guard.cells import Cell, Row
from ...guard.facts import facts_of, granted_ids, signed_ids
from ...guard.listing import COUNTED_TO, Found, count, find_page
from ...guard.titles import linked
from ...models import Register
from ...permissions import Action, Person, View, can
from ..words import words
from .address import PAGE_SIZES, Address, columns_for, sortable
from .filters import OPERATORS, operators_of

_BLANK_CELL = {"text": "", "href": None, "tag": None, "masked": False, "reveal_url": None, "long": False, "sub": None}


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
        title=words(register.declaration.title), rows=[_row(row, address, base) for row in rows],
        **_columns(address, person), **_filter_bar(address, register, person, reading),
        **_foot(address, found, total, exact), **_doors(address, person, base),
        empty=_empty(address, person, register, base),
    )  # fmt: skip


def _row(row: Row, address: Address, base: str) -> dict[str, Any]:
    record = row.record
    details = f"details/?id={record.public_id}"
    cells = [cell_model(row.cell(face), face, base, record.public_id) for face in address.columns]
    cells[0]["href"] = None  # the first cell names the row and leads to it
    actions = [{"label": _("查看"), "url": details, "method": "get"}]
    if not address.voided and not row.register.operations_only and can(row.person, Action.EDIT, row.register, row.facts):
        actions.append({"label": _("编辑"), "url": f"edit/?id={record.public_id}", "method": "get"})
    return {
        "id": record.public_id, "url": details, "actions": actions, "voided": record.voided_at is not None,
        "cells": cells,
    }  # fmt: skip


def cell_model(cell: Cell, face: Face, base: str, public_id: str) -> dict[str, Any]:
    """One cell as the templates read it."""
    model = {**_BLANK_CELL, "text": cell.text, "masked": cell.masked, "long": len(cell.text) > 24}
    if cell.view is View.REVEALABLE and cell.text:
        model["reveal_url"] = f"{base}reveal/?id={public_id}&field={face.name}"
    if face.to and cell.record:
        model["href"] = f"/admin/{face.to}/details/?id={cell.record}"
    return model


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


def _filter_bar(address: Address, register: type[Register], person: Person, reading: Reading) -> dict[str, Any]:
    set_now = {one.face.name: one for one in address.filters}
    searched = [words(face.label) for face in columns_for(register, person) if face.search]
    return {
        "search": {"value": address.text, "placeholder": _("、").join(searched[:3]), "hint": None} if searched else None,
        "filter_fields": [_filter_field(face, set_now.get(face.name), reading)
                          for face in columns_for(register, person) if face.filter],
        "chips": [{"text": one.sentence(reading), "remove_url": address.without(one.face.name)} for one in address.filters]
        + ([{"text": _("查找“%(text)s”", text=address.text), "remove_url": address.url(q=None, search=None)}]
           if address.text else []),
        "clear_url": "?void=1" if address.voided else "?",
        "hidden": [(name, value) for name, value in address.args.items(multi=True)],
    }  # fmt: skip


_FILTER_KINDS = {"choice": "choice", "choices": "choice", "day": "day", "moment": "moment", "int": "number",
                 "amount": "number", "decimal": "number", "percentage": "number", "yesno": "yesno"}  # fmt: skip


def _filter_field(face: Face, now: Any, reading: Reading) -> dict[str, Any]:
    options = None
    if face.codes:
        options = [{"value": code, "label": label} for code, label in reading.options(face.codes).items()]
    elif face.kind.name == "yesno":
        options = [{"value": "yes", "label": _("是")}, {"value": "no", "label": _("否")}]
    return {
        "name": face.name, "label": words(face.label), "kind": _FILTER_KINDS.get(face.kind.name, "text"), "options": options,
        "operators": [{"key": key, "label": OPERATORS[key][0], "takes": OPERATORS[key][1]} for key in operators_of(face)],
        "values": list(now.values) if now else [], "chosen": now.operator if now else None,
    }  # fmt: skip


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
