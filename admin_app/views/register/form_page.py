"""The view-model of a form, as form.html reads it, and what was typed read back from the request."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from ... import clock
from ...fields import Face, Fault, Reading, conditional_faults
from ...guard.cells import Cell, Row
from ...models import Register
from ...operations.constraints import Broken
from ...operations.records import LineValues
from ...operations.values import Read, missing, read
from ...permissions import Level, View
from ...texts import SEMICOLON
from ..fragments import fragment
from ..input import whole
from ..words import words
from . import picking
from .boxes import TYPES, options, typed_text, value_text
from .lines import Line, Lines
from .uploads import Upload, hold

#: the boxes in which what they hold is one of their options
_CHOICES = ("choice", "choices", "yesno")


@dataclass
class Typed:
    """What was typed into a form: texts by field, values read from them, faults, files, the version it was opened at."""

    texts: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    read: Read = field(default_factory=Read)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    level: int | None = None
    version: int | None = None

    @property
    def faults(self) -> dict[str, Fault]:
        return self.read.faults

    def refuse(self, broken: Broken, faces: list[Face]) -> None:
        """Put what the database refused at its field, or at the form's first where it isn't among *faces*."""
        shown = [face.name for face in faces]
        self.faults[broken.field if broken.field in shown else shown[0]] = broken.fault

    def values(self, level: int | None, without: Container[str] = ()) -> dict[str, Any]:
        """What to write: the fields but those named, and the level where it isn't *level* already."""
        raised = {"level": self.level} if self.level not in (None, level) else {}
        return {name: value for name, value in (self.read.values | raised).items() if name not in without}

    def line_values(self, without: Container[str] = ()) -> LineValues:
        kept = {name: lines for name, lines in self.lines.items() if name not in without}
        return {name: [(line.id, line.values) for line in lines] for name, lines in kept.items()}


def read_form(
    form: MultiDict[str, str], faces: list[Face], register: type[Register], reading: Reading,
    link: Callable[[Face, str], int], row: Row | None,
) -> Typed:  # fmt: skip
    """Read a submitted form; a masked field left as its mask stays as it is (R-CONF-06)."""
    typed = Typed(texts=_texts(form, faces), version=whole(form.get("version")) or 0)
    typed.shown = {face.name: form.get(f"{face.name}__text", "") for face in faces if face.to}
    cells = {face.name: row.cell(face) for face in faces if row is not None and face.kind.name != "rows"}
    plain = [
        face for face in faces
        if face.kind.name != "rows" and not _unchanged(typed.texts.get(face.name), cells.get(face.name), face)
    ]  # fmt: skip
    held = {name: cell.value for name, cell in cells.items()}
    typed.read = read(plain, typed.texts, reading, link, held)
    typed.read.faults |= missing([face for face in plain if row is None], typed.read.values, typed.read.faults)
    for face in faces:
        if face.kind.name == "rows" and any(name.startswith(f"{face.name}-") for name in form):
            typed.lines[face.name], fault = Lines(face, register, row, reading, link).read(form)
            typed.read.faults |= {face.name: fault} if fault else {}
    typed.read.faults |= _conditional(typed.read, faces, register, reading, row)
    level = whole(form.get("level"))
    typed.level = level if level is not None and level <= Level.TOP_SECRET else None
    return typed


def _conditional(
    read: Read, faces: list[Face], register: type[Register], reading: Reading, row: Row | None
) -> dict[str, Fault]:
    """What fields of the form want by what others hold; those that can't be read or aren't on it are left out."""
    legible = {face.name for face in faces if row is None or row.view(face) is View.SHOWN} - read.faults.keys()
    asked = {
        name: one for name, one in register.conditionals.items() if legible.issuperset(face.name for face in one.faces)
    }
    names = {face.name for one in asked.values() for face in one.faces}
    held = {name: getattr(row.record, name) if row is not None else None for name in names}
    values = {name: read.values.get(name, held[name]) for name in names}
    changed = {name for name in names if row is None or values[name] != held[name]}
    return conditional_faults(asked, values, changed, reading)


def _texts(form: MultiDict[str, str], faces: list[Face]) -> dict[str, str]:
    """The text of each field sent."""
    texts = {face.name: typed_text(form, face.name, face) for face in faces if face.kind.name != "attachment"}
    return {name: text for name, text in texts.items() if text is not None}


def _unchanged(text: str | None, cell: Cell | None, face: Face) -> bool:
    """Whether a field was left alone: a masked one blank or still the mask, a moment as its boxes show it, to the minute.

    A link is sent by its box where the record has no id for this person; the box then shows its number still.
    """
    if text is None or cell is None:
        return False
    if cell.view is not View.SHOWN:
        return text.strip() in ("", cell.text)
    if face.to:
        return bool(text) and text == cell.text
    return face.kind.name == "moment" and bool(text) and text == cell.text[:16]


def form_page(
    register: type[Register], faces: list[Face], reading: Reading, typed: Typed, row: Row | None, **more: Any
) -> SimpleNamespace:
    """The form for a new record (*row* None) or an existing one, with what was typed and its faults."""
    sections: dict[str, list[dict[str, Any]]] = {}
    held = hold(register, typed.uploads)
    for face in faces:
        cell = field_cell(face, reading, typed, row, register)
        sections.setdefault(face.section, []).append(cell | {"held": held[face.name]} if face.name in held else cell)
    sections.setdefault(_("密级"), []).append(_level_cell(register, typed, row))
    summary = [{"label": words(face.label), "anchor": face.name, "text": words(typed.faults[face.name].reason)}
               for face in faces if face.name in typed.faults]  # fmt: skip
    opened_at = row.record.version if row is not None and typed.version is None else typed.version
    return SimpleNamespace(
        sections=[{"title": words(title) or _("基本信息"), "fields": cells} for title, cells in sections.items()],
        error_summary=summary, version=None if row is None else opened_at, is_new=row is None, number=None,
        **{"clash": None, "refusal": None, "alike": None, "called": None, "carried": None, **more},
    )  # fmt: skip


def field_cell(face: Face, reading: Reading, typed: Typed, row: Row | None, register: type[Register]) -> dict[str, Any]:
    """The box of one field as parts/fields.html shows it, with what was typed, else what the record holds."""
    cell = row.cell(face) if row is not None and face.kind.name != "rows" else None
    text = typed.texts.get(face.name)
    if text is None:
        text = value_text(face, cell.value if cell else _beginning(face, reading), reading)
    masked = bool(cell and cell.masked) and text.strip() in ("", cell.text)
    model = {
        "name": face.name, "label": words(face.label), "required": face.required, **_wanted(face, register, reading),
        "type": TYPES[face.kind.name], "width": face.kind.width, "max_length": face.kind.max_length,
        "errors": [words(typed.faults[face.name].reason)] if face.name in typed.faults else [],
        "masked": masked, "value": cell.text if masked and cell else text,
    }  # fmt: skip
    if face.codes:
        model |= options(face, reading, text)
    if face.to:
        model |= _link(face, typed, cell, register)
    if face.kind.name == "rows":
        lines = Lines(face, register, row, reading)
        model |= lines.model(typed.lines[face.name] if face.name in typed.lines else lines.held())
    elif model["type"] != "file" and not model["errors"]:
        model["html"] = _kept_box(model)
    return model


def _beginning(face: Face, reading: Reading) -> Any:
    """What a new form's box begins with: a moment to the minute, as its boxes show it."""
    if not face.today:
        return face.default
    now = clock.now().replace(second=0, microsecond=0)
    return now if face.kind.name == "moment" else now.astimezone(reading.zone).date()


def _wanted(face: Face, register: type[Register], reading: Reading) -> dict[str, Any]:
    """What the form says of the field beforehand, and on what it depends (static/js/conditional.js)."""
    one = register.conditionals.get(face.name)
    if one is None:
        return {"help": words(face.help)}
    return {
        "help": words(SEMICOLON).join(words(text) for text in (face.help, *one.help(reading)) if text),
        "only_if": one.only_if.words if one.only_if else "",
        "required_if": one.required_if.words if one.required_if else "",
    }


def _kept_box(model: dict[str, Any]) -> Markup:
    """The box of *model*, rendered once for all forms in which it is alike; what it holds is put in each time, unless that is
    chosen among options and so part of them."""
    texts = {} if model["type"] in _CHOICES else _texts_in(model)
    marked = {**model, **{name: " ".join(marks) for name, marks in texts.items()}}
    alike = {name: tuple(value) if isinstance(value, list) else value for name, value in marked.items()}
    offered = tuple((one["value"], one["label"]) for one in alike.pop("options", ()))
    box = fragment("parts/fields.html", "field_box", (offered, *alike.items()), lambda: marked)
    for marks in texts.values():
        for mark, text in marks.items():
            box = box.replace(mark, text)  # which escapes it
    return box


def _texts_in(model: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What a box holds, blank or not, by what stands for it in the box that is kept: signs that no text has."""
    value, shown = model["value"], model.get("shown")
    if model["type"] == "moment" and not model["masked"]:
        day, *rest = value.split(" ")
        texts = {"value": {"\ufdd0": day} | ({"\ufdd1": rest[0][:5]} if rest else {})}
    else:
        texts = {"value": {"\ufdd0": value}}
    if shown:
        texts["shown"] = {"\ufdd2": shown}
    return texts if value else {name: marks for name, marks in texts.items() if name != "value"}


def _link(face: Face, typed: Typed, cell: Any, register: type[Register]) -> dict[str, Any]:
    """The box of a link: the id in addresses when the person sees the record, else its number only, which survives."""
    shown = typed.shown.get(face.name) or (cell.text if cell else "")
    value = typed.texts.get(face.name) if face.name in typed.texts else ((cell.record or "") if cell else "")
    return {
        "lookup_url": f"/admin/{register.__tablename__}/ajax/lookup/?name={face.name}",
        "shown": shown,
        "value": value,
        **picking.offered(face),
    }


def _level_cell(register: type[Register], typed: Typed, row: Row | None) -> dict[str, Any]:
    """The record's level: from its floor, or from what it is, upwards; lowering is a matter of approval (R-CONF-05)."""
    floor = row.record.level if row is not None else int(register.declaration.level)
    options = [{"value": str(int(level)), "label": words(level.label)} for level in Level if level >= floor]
    value = str(max(floor, typed.level or 0))
    cell = {"name": "level", "label": _("密级"), "required": True, "type": "choice", "options": options, "value": value,
            "errors": [], "help": _("只能提高；提高后您可能看不到这条记录。"), "width": "l", "masked": False}  # fmt: skip
    return cell | {"html": _kept_box(cell)}
