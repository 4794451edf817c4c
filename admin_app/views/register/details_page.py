"""The view-model of one record, as details.html reads it: sections in the form's order, related registers, history."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from ...fields import Face
from ...guard.cells import Row
from ...guard.conditions import filtered
from ...guard.facts import facts_names
from ...guard.line_cells import line_text
from ...guard.listing import ListQuery, count, find_page
from ...guard.shown import rows_of
from ...guard.titles import linked, number_face
from ...models import Register, links_to
from ...operations.histories import EVENTS, history
from ...permissions import Action, Level, Sight, View, can
from ..words import counted, moment_text, words
from .acts import acts_for
from .ledger import ledger_rows
from .list_page import cell_model

#: how many rows a tab of a related register shows
_RELATED = 5


def details_page(session: Any, row: Row) -> SimpleNamespace:
    """The page of the record of *row*."""
    record, register = row.record, row.register
    base = f"/admin/{register.__tablename__}/"
    number = number_face(register)
    return SimpleNamespace(
        title=linked(session, register.__tablename__, [record.id], row.person, row.reading)[record.id][0],
        number=row.cell(register.faces[number]).text if number else None,
        level_mark={"level": record.level, "label": words(Level(record.level).label)}, state=None, holder=None,
        sections=_sections(row, base), tabs=_tabs(session, row), history=history_of(session, row),
        actions=_actions(row, base), prev_url=None, next_url=None, back_url=base, banner=_banner(row),
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


def _lines_text(row: Row, face: Face) -> str:
    lines = getattr(row.record, face.name)
    return "\n".join(line_text(row, face, {name: getattr(line, name) for name in line.faces}) for line in lines)


def _tabs(session: Any, row: Row) -> list[dict[str, Any]]:
    """Related registers that link here and that this person may open, each with its newest rows and a count."""
    leading = links_to(row.register.__tablename__)
    open_to = row.person.rights
    tabs = [_tab(session, row, register, face) for register, face in leading if register.__tablename__ in open_to]
    return [tab for tab in tabs if tab is not None]


def _tab(session: Any, row: Row, register: type[Register], face: Face) -> dict[str, Any] | None:
    columns = [register.faces[name] for name in register.declaration.list if name != face.name][:5]
    names = dict.fromkeys(
        ["id", "public_id", "voided_at", *facts_names(register), *(column.name for column in columns)]
    )
    sort = register.faces[register.declaration.sort]
    query = ListQuery(
        register,
        list(names),
        [filtered(face, "equals", [row.record.id])],
        sort,
        sort.kind.name in ("day", "moment"),
        size=_RELATED,
    )
    found = find_page(session, query).rows
    if not found:
        return None
    base = f"/admin/{register.__tablename__}/"
    shown = rows_of(session, register, found, columns, row.reading, "related")
    return {
        "title": words(register.declaration.title), "url": None, "more_url": None,
        "count_text": counted(count(session, query)),
        "columns": [{"name": c.name, "label": words(c.label), "align": c.kind.align, "sort_url": None, "sorted": ""}
                    for c in columns],
        "rows": ledger_rows(shown, columns, base),
    }  # fmt: skip


def history_of(session: Any, row: Row) -> list[dict[str, Any]]:
    """The record's history as parts/facts.html shows it."""
    may_edit = not row.register.operations_only and can(row.person, Action.EDIT, row.register, row.facts)
    address = f"revert/?id={row.record.public_id}&entry="
    return [
        {"when": moment_text(entry.at), "who": entry.who, "event": words(EVENTS[entry.event]),
         "revert_url": f"../{address}{entry.number}" if may_edit and entry.event == "changed" and entry.changes else None,
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


def _banner(row: Row) -> dict[str, str] | None:
    """That the record is void; why, to who sees it in full: the reason is about its contents (R-CONF-04, R-CONF-14)."""
    record = row.record
    if record.voided_at is None:
        return None
    when, reason = moment_text(record.voided_at), record.void_reason or ""
    if row.sight is Sight.FULL:
        return {"kind": "warning", "text": _("已于 %(when)s 作废，原因：%(reason)s", when=when, reason=reason)}
    return {"kind": "warning", "text": _("已于 %(when)s 作废", when=when)}
