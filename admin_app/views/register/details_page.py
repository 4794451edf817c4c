"""The view-model of one record, as details.html reads it: sections in the form's order, related registers, history."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from ...guard.cells import Row
from ...guard.conditions import filtered
from ...guard.facts import facts_names
from ...guard.listing import COUNTED_TO, ListQuery, count, find_page
from ...guard.titles import linked, number_face
from ...models import Register, all_registers
from ...operations.histories import history
from ...permissions import Action, Level, View, can
from ..words import moment_text, words
from .acts import acts_for
from .lines import line_faces
from .ledger import ledger_rows
from .list_page import cell_model, rows_of

#: how many rows a tab of a related register shows
_RELATED = 5


def details_page(session: Any, row: Row, args: Any) -> SimpleNamespace:
    """The page of the record of *row*."""
    record, register = row.record, row.register
    base = f"/admin/{register.__tablename__}/"
    number = number_face(register)
    return SimpleNamespace(
        title=linked(session, register.__tablename__, [record.id], row.person, row.reading)[record.id][0],
        number=row.cell(register.faces[number]).text if number else None,
        level_mark={"level": record.level, "label": words(Level(record.level).label)}, state=None, holder=None,
        sections=_sections(row, base), tabs=_tabs(session, row), history=history_of(session, row),
        actions=_actions(row, base), prev_url=None, next_url=None, back_url=base, banner=_banner(record),
    )  # fmt: skip


def _sections(row: Row, base: str) -> list[dict[str, Any]]:
    sections: dict[str, list[dict[str, Any]]] = {}
    for face in row.register.faces.values():
        if row.view(face) is View.ABSENT:
            continue
        if face.kind.name == "rows":
            item = {"label": words(face.label), "text": _lines_text(row, face), "wide": True, "masked": False, "href": None,
                    "tag": None, "reveal_url": None}  # fmt: skip
        else:
            cell = cell_model(row.cell(face), face, base, row.record.public_id)
            if face.kind.name == "attachment" and cell["text"] and not cell["masked"]:
                cell["href"] = f"{base}file/?id={row.record.public_id}&field={face.name}"
            item = {**cell, "label": words(face.label), "wide": face.kind.width == "full"}
        sections.setdefault(face.section, []).append(item)
    return [{"title": words(title) or _("基本信息"), "items": items} for title, items in sections.items()]


def _lines_text(row: Row, face: Any) -> str:
    columns = line_faces(face, row.register)
    lines = []
    for line in getattr(row.record, face.name):
        values = ((column, getattr(line, column.name)) for column in columns)
        lines.append("　".join(column.kind.text(value, row.reading) for column, value in values if value is not None))
    return "\n".join(lines)


def _tabs(session: Any, row: Row) -> list[dict[str, Any]]:
    """Related registers that link here and that this person may open, each with its newest rows and a count."""
    tabs = []
    for table, register in all_registers().items():
        if table not in row.person.rights:
            continue
        for face in register.faces.values():
            if face.to == row.register.__tablename__:
                tab = _tab(session, row, register, face)
                if tab is not None:
                    tabs.append(tab)
    return tabs


def _tab(session: Any, row: Row, register: type[Register], face: Any) -> dict[str, Any] | None:
    columns = [register.faces[name] for name in register.declaration.list if name != face.name][:5]
    names = dict.fromkeys(["id", "public_id", "voided_at", *facts_names(register), *(column.name for column in columns)])
    sort = register.faces[register.declaration.sort]
    query = ListQuery(
        register, list(names), [filtered(face, "equals", [row.record.id])], sort, sort.kind.name in ("day", "moment"), size=_RELATED
    )
    found = find_page(session, query).rows
    if not found:
        return None
    total = count(session, query)
    base = f"/admin/{register.__tablename__}/"
    shown = rows_of(session, register, found, columns, row.person, row.reading)
    return {
        "title": words(register.declaration.title), "url": None, "more_url": None,
        "count_text": f"{COUNTED_TO:,}+" if total > COUNTED_TO else str(total),
        "columns": [{"name": c.name, "label": words(c.label), "align": c.kind.align, "sort_url": None, "sorted": ""}
                    for c in columns],
        "rows": ledger_rows(shown, columns, base),
    }  # fmt: skip


def history_of(session: Any, row: Row) -> list[dict[str, Any]]:
    """The record's history as parts/facts.html shows it."""
    may_edit = not row.register.operations_only and can(row.person, Action.EDIT, row.register, row.facts)
    address = f"revert/?id={row.record.public_id}&entry="
    return [
        {"when": moment_text(entry.at), "who": entry.who, "event": words(entry.event),
         "revert_url": f"../{address}{entry.number}" if may_edit and entry.event == "修改" and entry.changes else None,
         "changes": [{"label": words(change.label), "old": change.old, "new": change.new} for change in entry.changes]}
        for entry in history(session, row)
    ]  # fmt: skip


def _actions(row: Row, base: str) -> list[dict[str, Any]]:
    record, typed = row.record, not row.register.operations_only
    address = f"?id={record.public_id}"
    actions = acts_for(row)
    if record.voided_at is None and typed and can(row.person, Action.EDIT, row.register, row.facts):
        actions.append({"label": _("编辑"), "url": f"{base}edit/{address}", "method": "get", "kind": "primary"})
    if can(row.person, Action.VOID, row.register, row.facts):
        if record.voided_at is None:
            actions.append({"label": _("作废"), "url": f"{base}delete/{address}", "method": "get", "kind": "danger"})
        else:
            actions.append({"label": _("恢复"), "url": f"{base}restore/{address}", "method": "get", "kind": "primary"})
    return [{"confirm": None, "needs_reason": False, **action} for action in actions]


def _banner(record: Register) -> dict[str, str] | None:
    if record.voided_at is None:
        return None
    text = _("已于 %(when)s 作废，原因：%(reason)s", when=moment_text(record.voided_at), reason=record.void_reason or "")
    return {"kind": "warning", "text": text}
