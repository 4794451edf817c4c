"""The view-model of a list, as list.html reads it."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face, Reading
from ...guard.cells import Cell
from ...guard.listing import COUNTED_TO, Found, ListQuery, count, find_page
from ...guard.shown import rows_of
from ...operations.importance import MARK, marks_importance, may_be_printed
from ...operations.intakes import intake_of
from ...permissions import Action, Person
from ..favourites import star
from ..fragments import fragment, rendered
from ..words import dated, words
from . import labels
from .address import PAGE_SIZES, Address
from .filter_bar import filter_model
from .kept_lists import views_of
from .ledger import Acts, ledger_rows, reveal_url
from .plan import Plan, plan_of


def list_page(session: Any, address: Address, person: Person, reading: Reading, exact: bool) -> SimpleNamespace:
    """The list of *address*: its rows, total, filters, columns and what may be done."""
    register, query, plan = address.register, address.query(session), plan_of(session, address, person)
    if marks_importance(register) and MARK not in query.columns:
        query = replace(query, columns=[*query.columns, MARK])
    found = find_page(session, query)
    rows = rows_of(session, register, found.rows, address.columns, reading, "list")
    total = _total(session, address, query, found, exact)
    doors = _doors(address, person, f"/admin/{register.__tablename__}/")
    pick = bool(doors["bulk_actions"])
    return SimpleNamespace(
        title=words(register.declaration.title),
        rows=ledger_rows(rows, address.columns, "", _acts(address), pick), head=_head(address, plan, pick),
        filter_bar=_part(
            address, plan, "parts/filters.html", "filter_bar", partial(filter_model, address, plan, reading), plan.boxes
        ),
        chips=address.asks(), hidden=address.hidden(), column_choices=plan.choices,
        columns_url=address.url(col=None) if "col" in address.args else None,
        **_foot(address, found, total, exact), **doors, **views_of(session, address, person),
        printable=may_be_printed(rows), star=star(session, person, register),
        empty=None if rows else _empty(address, person, doors["add_url"]),
    )  # fmt: skip


def _part(address: Address, plan: Plan, template: str, macro: str, model: Callable[[], Any], *more: Hashable) -> Markup:
    """A part of the page; of a list as it opens it is alike for everybody with the same plan, and kept. *more* is what it
    depends on besides."""
    if not address.is_plain():
        return rendered(template, macro, model())
    return fragment(template, macro, (plan.key, address.whole, *more), model)


def _total(session: Any, address: Address, query: ListQuery, found: Found, exact: bool) -> int:
    """How many rows there are; without asking where the first page shows them all."""
    if address.page == 1 and not address.after and not found.more:
        return len(found.rows)
    if found.total is not None and not exact:
        return found.total
    return count(session, query, None if exact else COUNTED_TO + 1)


def _acts(address: Address) -> Acts:
    """What gives the links at the end of a row."""
    see, edit = ("details", _("查看")), ("edit", _("编辑"))
    may_edit = not address.voided and not address.register.operations_only
    return lambda row: (see, edit) if may_edit and row.may(Action.EDIT) else (see,)


def cell_model(cell: Cell, face: Face, base: str, public_id: str) -> dict[str, Any]:
    """One cell as the templates of single records read it."""
    href = f"/admin/{face.to}/details/?id={cell.record}" if cell.record else None
    return {"text": told(cell), "href": href, "tag": None, "masked": cell.masked,
            "reveal_url": reveal_url(cell, face, base, public_id), "sub": None}  # fmt: skip


def told(cell: Cell) -> str:
    """What a page of one record says of a value: a day with its weekday, for which a list has no room."""
    return dated(cell.value) if isinstance(cell.value, date) else cell.text


def _head(address: Address, plan: Plan, pick: bool) -> Markup:
    """The table's head, each column with the address of the list sorted by it."""

    def model() -> dict[str, Any]:
        columns = []
        for name, label, align, may_sort, last_first in plan.heads:
            sorted_now = ("desc" if address.descending else "asc") if name == address.sort.name else ""
            turn = "1" if sorted_now == "asc" or (not sorted_now and last_first) else None
            url = address.url(sort=name, desc=turn) if may_sort else None
            columns.append({"name": name, "label": label, "align": align, "sort_url": url, "sorted": sorted_now})
        return {"columns": columns, "pick": pick, "acts": True}

    return _part(address, plan, "parts/ledger.html", "head", model, pick)


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
    if not address.voided and labels.offered(person, register):
        bulk.append(
            {"key": "labels", "label": _("打印标签"), "confirm": None, "needs_reason": False, "url": f"{base}labels/"}
        )
    exports = []
    if person.reach(Action.EXPORT, table) is not None:
        exports = [{"label": label, "url": f"{base}export/{kind}/{address.url()}"}
                   for kind, label in (("csv", "CSV"), ("xlsx", "Excel"))]  # fmt: skip
    return {
        "add_url": f"{base}new/" if typed and person.reach(Action.ADD, table) is not None else None,
        "import_url": f"{base}import/" if intake_of(register).may_enter(person) else None,
        "exports": exports, "bulk_actions": bulk, "action_url": f"{base}action/",
    }  # fmt: skip


def _empty(address: Address, person: Person, add_url: str | None) -> dict[str, Any]:
    if address.asks():
        return {
            "title": _("没有符合条件的记录"),
            "text": _("换个条件试试。"),
            "url": address.whole,
            "label": _("清除条件"),
        }
    if address.voided:
        return {"title": _("没有已作废的记录"), "text": "", "url": address.whole, "label": _("回到在用")}
    if person.seen_by is not None:
        return {"title": _("没有可显示的记录"), "text": _("只显示您本人也有权查看的内容。"), "url": None, "label": None}
    return {"title": _("还没有记录"), "text": _("新增一条，或导入已有的台账。") if add_url else "",
            "url": add_url, "label": _("新增")}  # fmt: skip
