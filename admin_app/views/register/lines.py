"""Child lines in a form: their boxes, and reading them back. Names: ``<field>-<n>-<column>``, ``<field>-<n>-id``."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ...fields import Face, Fault, Reading
from ...models import Register
from ...operations.values import MISSING, read_one
from ..words import words

_LONGEST = 200


def line_faces(face: Face, register: type[Register]) -> list[Face]:
    """The fields of the child lines behind *face*."""
    return list(register.__mapper__.relationships[face.name].mapper.class_.faces.values())


def read_lines(form: MultiDict[str, str], face: Face, register: type[Register], reading: Reading, typed: Any) -> None:
    """Read the lines sent for *face* into *typed*; blank lines and removed ones fall away, faults name line and column."""
    lines, texts, faults = [], [], []
    for position in _positions(form, face):
        key = f"{face.name}-{position}"
        cells = {column.name: form.get(f"{key}-{column.name}", "") for column in line_faces(face, register)}
        line_id = form.get(f"{key}-id", "")
        if form.get(f"{key}-remove") == "yes" or not any(text.strip() for text in cells.values()):
            continue
        values, wrong = _read_line(cells, face, register, reading)
        lines.append((int(line_id) if line_id.isdigit() else None, values))
        texts.append({"id": line_id, "cells": cells, "faults": wrong})
        faults += wrong.values()
    typed.lines[face.name], typed.line_texts[face.name] = lines, texts
    if faults:
        typed.read.faults[face.name] = faults[0]


def _positions(form: MultiDict[str, str], face: Face) -> list[int]:
    start = f"{face.name}-"
    numbers = {name[len(start):].split("-")[0] for name in form if name.startswith(start)}
    return sorted(int(number) for number in numbers if number.isdigit())[:_LONGEST]


def _read_line(
    cells: dict[str, str], face: Face, register: type[Register], reading: Reading
) -> tuple[dict[str, Any], dict[str, Fault]]:
    values, wrong = {}, {}
    for column in line_faces(face, register):
        try:
            values[column.name] = read_one(column, cells[column.name], reading, _no_links)
        except Fault as fault:
            wrong[column.name] = fault
    return values, wrong


def _no_links(face: Face, text: str) -> int:
    raise MISSING


def line_cells(face: Face, register: type[Register], reading: Reading, typed: Any, row: Any) -> dict[str, Any]:
    """The table of lines: those typed, else those of the record, and a blank one to copy."""
    columns = line_faces(face, register)
    if face.name in typed.line_texts:
        held = typed.line_texts[face.name]
    elif row is not None:
        held = [{"id": line.id, "cells": {c.name: _text(c, getattr(line, c.name), reading) for c in columns}, "faults": {}}
                for line in getattr(row.record, face.name)]  # fmt: skip
    else:
        held = []
    empty = {"id": "", "cells": dict.fromkeys((c.name for c in columns), ""), "faults": {}}
    shown = [_row(face, columns, str(n), line, reading) for n, line in enumerate([*held, empty])]
    return {
        "columns": [{"label": words(column.label), "required": column.required} for column in columns],
        "rows": shown, "blank": _row(face, columns, "__n__", empty, reading),
    }  # fmt: skip


def _text(face: Face, value: Any, reading: Reading) -> str:
    return "" if value is None else face.kind.text(value, reading)


def _row(face: Face, columns: list[Face], number: str, line: dict[str, Any], reading: Reading) -> dict[str, Any]:
    key = f"{face.name}-{number}"
    kinds = {"day": "day", "moment": "moment", "int": "number", "amount": "money", "long": "longtext", "choice": "choice"}
    cells = [
        {"name": f"{key}-{column.name}", "label": _("%(label)s", label=words(column.label)), "required": False, "help": "",
         "type": kinds.get(column.kind.name, "text"), "value": line["cells"].get(column.name, ""), "masked": False,
         "errors": [words(line["faults"][column.name].reason)] if column.name in line["faults"] else [],
         "options": [{"value": code, "label": label} for code, label in reading.options(column.codes).items()]
         if column.codes else [], "max_length": column.kind.max_length}
        for column in columns
    ]  # fmt: skip
    return {"key": key, "id": line["id"], "cells": cells}
