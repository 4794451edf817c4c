"""The view-model of a form, as form.html reads it, and what was typed read back from the request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ...fields import Face, Fault, Reading
from ...guard.cells import Row
from ...models import Register
from ...operations.values import Read, missing, read
from ...permissions import Level, View
from ..words import words
from .lines import line_cells, read_lines

_TYPES = {
    "text": "text", "long": "longtext", "day": "day", "moment": "moment", "int": "number", "decimal": "number",
    "percentage": "number", "amount": "money", "phone": "phone", "identity_number": "text", "yesno": "yesno",
    "choice": "choice", "choices": "choices", "link": "link", "attachment": "file", "number": "readonly", "rows": "rows",
}  # fmt: skip


@dataclass
class Typed:
    """What was typed into a form: the texts by field, the values read from them, the faults."""

    texts: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    read: Read = field(default_factory=Read)
    lines: dict[str, list[tuple[int | None, dict[str, Any]]]] = field(default_factory=dict)
    line_texts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    level: int | None = None

    @property
    def faults(self) -> dict[str, Fault]:
        return self.read.faults


def read_form(
    form: MultiDict[str, str], faces: list[Face], register: type[Register], reading: Reading,
    link: Callable[[Face, str], int], row: Row | None,
) -> Typed:  # fmt: skip
    """Read a submitted form; a masked field left as its mask stays as it is (R-CONF-06)."""
    typed = Typed(texts=_texts(form, faces))
    typed.shown = {face.name: form.get(f"{face.name}__text", "") for face in faces if face.to}
    kept = {face.name for face in faces if row is not None and _unchanged(typed.texts.get(face.name), row, face)}
    plain = [face for face in faces if face.name not in kept and face.kind.name != "rows"]
    typed.read = read(plain, typed.texts, reading, link)
    typed.read.faults |= missing([face for face in plain if row is None], typed.read.values, typed.read.faults)
    for face in faces:
        if face.kind.name == "rows" and any(name.startswith(f"{face.name}-") for name in form):
            read_lines(form, face, register, reading, typed)
    level = form.get("level", "")
    typed.level = int(level) if level.isdigit() and int(level) <= Level.TOP_SECRET else None
    return typed


def _texts(form: MultiDict[str, str], faces: list[Face]) -> dict[str, str]:
    """The text of each field sent: a link by its id, or by what stands in its box where scripts don't run."""
    texts: dict[str, str] = {}
    for face in faces:
        if face.kind.name == "attachment":
            continue
        if face.kind.name == "choices":
            texts[face.name] = "、".join(form.getlist(face.name))
        elif face.to and (f"{face.name}__text" in form or face.name in form):
            box, chosen = form.get(f"{face.name}__text"), form.get(face.name, "")
            texts[face.name] = chosen if chosen and (box is None or box.strip()) else (box or "")
        elif face.name in form:
            time_of_day = form.get(f"{face.name}__time", "").strip()
            texts[face.name] = f"{form[face.name]} {time_of_day}".strip() if form[face.name].strip() else form[face.name]
    return texts


def _unchanged(text: str | None, row: Row, face: Face) -> bool:
    """Whether a field was left alone: a masked one blank or still the mask, a moment as its boxes show it, to the minute."""
    if text is None:
        return False
    cell = row.cell(face)
    if cell.view is View.SHOWN:
        return face.kind.name == "moment" and bool(text) and text == cell.text[:16]
    return not text.strip() or text == cell.text


def form_page(
    register: type[Register], faces: list[Face], reading: Reading, typed: Typed, row: Row | None, **more: Any
) -> SimpleNamespace:
    """The form for a new record (*row* None) or an existing one, with what was typed and its faults."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for face in faces:
        sections.setdefault(face.section, []).append(_cell(face, reading, typed, row, register))
    sections.setdefault(_("密级"), []).append(_level_cell(register, typed, row))
    summary = [{"label": words(face.label), "anchor": face.name, "text": words(typed.faults[face.name].reason)}
               for face in faces if face.name in typed.faults]  # fmt: skip
    version = row.record.version if row is not None else None
    return SimpleNamespace(
        sections=[{"title": words(title) or _("基本信息"), "fields": cells} for title, cells in sections.items()],
        error_summary=summary, version=version, is_new=row is None, number=None,
        **{"clash": None, "refusal": None, **more},
    )  # fmt: skip


def _cell(face: Face, reading: Reading, typed: Typed, row: Row | None, register: type[Register]) -> dict[str, Any]:
    cell = row.cell(face) if row is not None and face.kind.name != "rows" else None
    text = typed.texts.get(face.name)
    current = value_text(face, cell.value if cell else face.default, reading)
    model = {
        "name": face.name, "label": words(face.label), "required": face.required, "help": words(face.help),
        "type": _TYPES[face.kind.name], "width": face.kind.width, "max_length": face.kind.max_length,
        "errors": [words(typed.faults[face.name].reason)] if face.name in typed.faults else [],
        "masked": bool(cell and cell.masked), "value": text if text is not None else current,
    }  # fmt: skip
    if model["masked"] and cell:
        model["value"] = cell.text
    if face.codes:
        model |= _options(face, reading, model["value"])
    if face.to:
        model |= _link(face, typed, cell, register)
    if face.kind.name == "rows":
        model |= line_cells(face, register, reading, typed, row)
    return model


def value_text(face: Face, value: Any, reading: Reading) -> str:
    """A value as its box takes it."""
    if value is None:
        return ""
    if face.kind.name == "yesno":
        return "yes" if value else "no"
    if face.kind.name in ("choice", "choices"):
        return "、".join(value) if isinstance(value, tuple) else value
    return "" if face.to else face.kind.text(value, reading)


def _options(face: Face, reading: Reading, value: str) -> dict[str, Any]:
    chosen = value.split("、") if value else []
    retired = reading.retired(face.codes or "")
    options = [{"value": code, "label": label} for code, label in reading.options(face.codes or "").items()
               if code not in retired or code in chosen]  # fmt: skip
    return {"options": options, "values": chosen}


def _link(face: Face, typed: Typed, cell: Any, register: type[Register]) -> dict[str, Any]:
    """The box of a link: the id in addresses when the person sees the record, else its number only, which survives."""
    shown = typed.shown.get(face.name) or (cell.text if cell else "")
    value = typed.texts.get(face.name) if face.name in typed.texts else ((cell.record or "") if cell else "")
    return {"lookup_url": f"/admin/{register.__tablename__}/ajax/lookup/?name={face.name}", "shown": shown, "value": value}


def _level_cell(register: type[Register], typed: Typed, row: Row | None) -> dict[str, Any]:
    """The record's level: from its floor, or from what it is, upwards; lowering is a matter of approval (R-CONF-05)."""
    floor = row.record.level if row is not None else int(register.declaration.level)
    options = [{"value": str(int(level)), "label": words(level.label)} for level in Level if level >= floor]
    value = str(typed.level if typed.level is not None else floor)
    return {"name": "level", "label": _("密级"), "required": True, "type": "choice", "options": options, "value": value,
            "errors": [], "help": _("只能提高；提高后您可能看不到这条记录。"), "width": "l", "masked": False}  # fmt: skip


def clash_rows(before: Mapping[str, Any], row: Row, typed: Typed, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields somebody else changed meanwhile: original, theirs, mine; only those this person reads (R-LIST-04)."""
    rows = []
    for name in before:
        face = row.register.faces.get(name)
        if face is None or row.view(face) is not View.SHOWN or name not in typed.texts:
            continue
        theirs, original = row.cell(face).text, texts.get(name, "")
        mine = typed.shown.get(name) or shown_text(face, typed, row.reading)
        if mine != theirs:
            rows.append({"name": name, "label": words(face.label), "original": original, "theirs": theirs, "mine": mine,
                         "keep": "theirs" if mine == original else "mine"})  # fmt: skip
    return rows


def shown_text(face: Face, typed: Typed, reading: Reading) -> str:
    """What was typed as a list would show it."""
    value = typed.read.values.get(face.name)
    return typed.texts.get(face.name, "") if value is None or face.to else face.kind.text(value, reading)
