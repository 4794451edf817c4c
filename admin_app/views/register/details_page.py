"""The view-model of one record, as details.html reads it: sections in the form's order, related registers, history."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...fields import Face
from ...guard.cells import Row
from ...guard.line_cells import line_faces, line_texts
from ...guard.titles import linked, number_face
from ...operations.closing import is_closed
from ...operations.followups import may_touch
from ...operations.histories import EVENTS, history
from ...operations.importance import may_be_printed
from ...operations.reasons import may_ask_about_others
from ...operations.signatures import open_signatures
from ...permissions import Action, Level, Sight, View
from ...rules.powers import may_administer
from ...texts import SEMICOLON
from ..favourites import star
from ..words import moment_text, shown, words
from .acts import acts_for
from .list_page import cell_model
from .lowering import what_waits
from .related import related
from .scans import address as scan_address
from .scans import is_viewable
from .tellings import tellings
from .whereabouts import whereabouts

#: edit and void: whoever misses one of them may ask why
_ALL_KEEPING = 2


def details_page(session: Any, row: Row, tab: str | None = None) -> SimpleNamespace:
    """The page of the record of *row*, with the related register *tab* open (``table.field``), else the first."""
    record, register, tabs = row.record, row.register, related(session, row, tab)
    base = f"/admin/{register.__tablename__}/"
    keeping, listed = _keeping(row, base), register.__tablename__ in row.person.rights
    title = linked(session, register.__tablename__, [record.id], row.person, row.reading)[record.id][0]
    number = number_of(row)
    return SimpleNamespace(
        title=title, number=number if number not in title.split() else None, level_mark=level_mark(record),
        state=None, holder=whereabouts(row),
        sections=sections(row, register.faces.values()), tabs=tabs, history=history_of(session, row),
        actions=_actions(row, base, keeping), why=why_link(row, len(keeping) < _ALL_KEEPING),
        back_url=base if listed else url_for("desk.naming_me"), banner=banner(row) or _told(row), lowering=what_waits(row),
        printable=may_be_printed([row]) and all(one["printable"] for one in tabs),
        star=star(session, row.person, register, record) if listed else None,
    )  # fmt: skip


def number_of(row: Row) -> str | None:
    """The number that the record goes by, as far as this person gets it."""
    name = number_face(row.register)
    return row.cell(row.register.faces[name]).text if name else None


def level_mark(record: Any) -> dict[str, Any]:
    return {"level": record.level, "label": words(Level(record.level).label)}


def sections(row: Row, faces: Iterable[Face]) -> list[dict[str, Any]]:
    """What the person gets of *faces*, by the sections of the form."""
    base, found = f"/admin/{row.register.__tablename__}/", {}
    for face in faces:
        if row.view(face) is View.ABSENT:
            continue
        if face.kind.name == "rows":
            item = {"text": "", "wide": True, "masked": False, "href": None, "tag": None, "reveal_url": None,
                    "lines": _lines(row, face)}  # fmt: skip
        else:
            cell = cell_model(row.cell(face), face, base, row.record.public_id)
            if face.kind.name == "attachment" and cell["text"] and not cell["masked"]:
                cell["href"] = _file_url(row, face, base, cell["text"])
            item = {**cell, "wide": face.kind.width == "full"}
        found.setdefault(face.section, []).append({**item, "name": face.name, "label": words(face.label)})
    return [{"title": words(title) or _("基本信息"), "items": items} for title, items in found.items()]


def _file_url(row: Row, face: Face, base: str, name: str) -> str:
    """A scan is looked at, another file fetched."""
    if is_viewable(name):
        return scan_address(base, row, face)
    return f"{base}file/?id={row.record.public_id}&field={face.name}"


def _lines(row: Row, face: Face) -> dict[str, Any] | None:
    """The repeating lines behind *face* as a table: the columns that any of them has filled, and a row for each."""
    lines = getattr(row.record, face.name)
    texts = [line_texts(row, face, {name: getattr(line, name) for name in line.faces}) for line in lines]
    columns = [column for column, _view in line_faces(row, face) if any(column.name in line for line in texts)]
    if not columns:
        return None
    return {
        "columns": [{"label": words(column.label), "align": column.kind.align} for column in columns],
        "rows": [[line.get(column.name, "") for column in columns] for line in texts],
    }


def history_of(session: Any, row: Row) -> list[dict[str, Any]]:
    """The record's history as parts/facts.html shows it."""
    may_edit = _may_edit(row)
    address = f"revert/?id={row.record.public_id}&entry="
    return [
        {"when": moment_text(entry.at), "who": shown(entry.who), "event": words(EVENTS[entry.event]),
         "revert_url": f"../{address}{entry.number}" if may_edit and entry.event == "changed" and entry.changes else None,
         "changes": [{"label": words(one.label), "old": shown(one.old), "new": shown(one.new)} for one in entry.changes]}
        for entry in history(session, row)
    ]  # fmt: skip


def why_link(row: Row, misses: bool) -> dict[str, str] | None:
    """To whoever *misses* an action: why; to admin always, who asks about others, too; of others only what is seen in full."""
    person, url = row.person, f"/admin/{row.register.__tablename__}/why/?id={row.record.public_id}"
    if person.seen_by is not None:
        return {"url": url, "label": _("此人能做什么")} if may_ask_about_others(row) else None
    if may_administer(person.roles) and may_ask_about_others(row):
        return {"url": url, "label": _("谁能做什么")}
    return {"url": url, "label": _("我能做什么")} if misses else None


def _actions(row: Row, base: str, keeping: list[dict[str, Any]]) -> list[dict[str, Any]]:
    in_use = row.record.voided_at is None
    actions = [*acts_for(row), *(_signing(row, base) if in_use else []), *slip_act(row), *keeping]
    return [{"method": "get", "confirm": None, "needs_reason": False, **action} for action in actions]


def slip_act(row: Row) -> list[dict[str, Any]]:
    """To the record's paper, where its register has one."""
    if row.register.on_paper is None:
        return []
    url = f"/admin/{row.register.__tablename__}/slip/?id={row.record.public_id}"
    return [{"label": _("打印"), "url": url, "method": "get", "kind": "plain"}]


def _signing(row: Row, base: str) -> list[dict[str, Any]]:
    """The signatures that wait for this person."""
    address = f"{base}sign/?id={row.record.public_id}&field="
    waiting = open_signatures(row.record, row.person, row.facts)
    return [{"label": _("签字：%(what)s", what=words(face.label)), "url": f"{address}{face.name}", "kind": "plain"}
            for face in waiting]  # fmt: skip


def _keeping(row: Row, base: str) -> list[dict[str, Any]]:
    """Edit, void, restore, as far as this person may."""
    address, actions = f"?id={row.record.public_id}", []
    if _may_edit(row) and row.record.voided_at is None:
        actions.append({"label": _("编辑"), "url": f"{base}edit/{address}", "kind": "primary"})
    if not row.may(Action.VOID) or not may_touch(row.record):
        return actions
    if row.record.voided_at is not None:
        return [*actions, {"label": _("恢复"), "url": f"{base}restore/{address}", "kind": "primary"}]
    if is_closed(row.record):
        return actions
    return [*actions, {"label": _("作废"), "url": f"{base}delete/{address}", "kind": "danger"}]


def _may_edit(row: Row) -> bool:
    typed = not row.register.operations_only and not is_closed(row.record)
    return typed and row.may(Action.EDIT) and bool(may_touch(row.record))


def _told(row: Row) -> dict[str, str] | None:
    """What its reader is told of the record besides what stands in it."""
    told = [words(text) for text in tellings(row)]
    return {"kind": "warning", "text": words(SEMICOLON).join(told)} if told else None


def banner(row: Row) -> dict[str, str] | None:
    """That the record is void; why, to who sees it in full: the reason is about its contents (R-CONF-04, R-CONF-14)."""
    record = row.record
    if record.voided_at is None:
        return None
    when, reason = moment_text(record.voided_at), record.void_reason or ""
    if row.sight is Sight.FULL:
        return {"kind": "warning", "text": _("已于 %(when)s 作废，原因：%(reason)s", when=when, reason=reason)}
    return {"kind": "warning", "text": _("已于 %(when)s 作废", when=when)}
