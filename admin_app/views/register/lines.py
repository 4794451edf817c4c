"""Child lines in a form: their boxes, and reading them back. Names: ``<field>-<n>-<column>``, ``<field>-<n>-id``.

A column that the person doesn't get isn't there, and one they get masked stays as it is where its box is left empty.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from ...fields import Face, Fault, Reading
from ...guard.cells import Row
from ...guard.line_cells import line_faces
from ...models import Register, lines_of
from ...operations.values import read_one
from ...permissions import View
from ...texts import say
from ..input import whole
from ..words import words
from . import picking
from .boxes import TYPES, options, typed_text, value_text

_MOST = 200


@dataclass
class Line:
    """One line of a form: texts of its boxes, masks of the columns kept under them, values read, faults, by column."""

    id: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    #: what stands in the box of a link, whose cell is the id in addresses
    shown: dict[str, str] = field(default_factory=dict)
    masks: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """The lines of one field as one person writes them: of a new record (*row* None) every column."""

    face: Face
    register: type[Register]
    row: Row | None
    reading: Reading
    #: finds the record a link's text means, or raises Fault
    link: Callable[[Face, str], int] | None = None

    @property
    def columns(self) -> list[tuple[Face, View]]:
        if self.row is not None:
            return line_faces(self.row, self.face)
        return [(column, View.SHOWN) for column in lines_of(self.register, self.face).faces.values()]

    def held(self) -> list[Line]:
        """The record's lines as the person gets them."""
        return [self._held(line) for line in self._records()]

    def read(self, form: MultiDict[str, str]) -> tuple[list[Line], Fault | None]:
        """The lines sent, blank ones and removed ones left out, and the first fault among them."""
        records = {line.id: line for line in self._records()}
        lines = [self._read(form, f"{self.face.name}-{position}", records) for position in self._positions(form)]
        kept = [line for line in lines if line is not None]
        if len(kept) > _MOST:
            reason = say("最多 {limit} 行，现有 {number} 行，没有保存", limit=_MOST, number=len(kept))
            return kept, Fault("too_many", reason)
        return kept, next((fault for line in kept for fault in line.faults.values()), None)

    def model(self, lines: list[Line]) -> dict[str, Any]:
        """The table of *lines* with a blank one to copy, as parts/fields.html reads it."""
        shown = [self._row(str(number), line) for number, line in enumerate([*lines, Line()])]
        return {
            "columns": [{"label": words(column.label), "required": column.required} for column, _view in self.columns],
            "rows": shown, "blank": self._row("__n__", Line()),
        }  # fmt: skip

    def _records(self) -> list[Any]:
        return list(getattr(self.row.record, self.face.name)) if self.row is not None else []

    def _held(self, record: Any) -> Line:
        line = Line(record.id)
        for column, view in self.columns:
            value = getattr(record, column.name)
            if column.to and view is View.SHOWN and value is not None:
                title, public_id = self.row.titles[column.to, value]
                line.cells[column.name], line.shown[column.name] = public_id or title, title
            elif view is View.SHOWN:
                line.cells[column.name] = value_text(column, value, self.reading)
            elif value is not None:
                line.masks[column.name] = column.kind.mask(value, self.reading)
        return line

    def _positions(self, form: MultiDict[str, str]) -> list[int]:
        start = f"{self.face.name}-"
        numbers = {whole(name[len(start) :].split("-")[0]) for name in form if name.startswith(start)}
        return sorted(number for number in numbers if number is not None)

    def _read(self, form: MultiDict[str, str], key: str, records: dict[int, Any]) -> Line | None:
        record = records.get(whole(form.get(f"{key}-id")) or 0)
        line = Line(record.id if record else None)
        masks = self._held(record).masks if record else {}
        for column, _view in self.columns:
            text = typed_text(form, f"{key}-{column.name}", column) or ""
            if column.name in masks and text.strip() in ("", masks[column.name]):
                line.masks[column.name] = masks[column.name]
            else:
                line.cells[column.name] = text
                line.shown[column.name] = form.get(f"{key}-{column.name}__text", "")
                self._read_cell(
                    line, column, None if column.name in masks else getattr(record, column.name, None), record
                )
        blank = not line.masks and not any(text.strip() for text in line.cells.values())
        return None if blank or form.get(f"{key}-remove") == "yes" else line

    def _read_cell(self, line: Line, column: Face, held: Any, record: Any) -> None:
        if column.to and record is not None and line.cells[column.name] == self._held(record).cells.get(column.name):
            line.values[column.name] = held  # also where it leads to a record that isn't seen
            return
        try:
            line.values[column.name] = read_one(column, line.cells[column.name], self.reading, self.link, held)
        except Fault as fault:
            line.faults[column.name] = fault

    def _row(self, number: str, line: Line) -> dict[str, Any]:
        key = f"{self.face.name}-{number}"
        cells = [self._cell(f"{key}-{column.name}", column, line) for column, _view in self.columns]
        return {"key": key, "id": line.id or "", "cells": cells}

    def _cell(self, name: str, column: Face, line: Line) -> dict[str, Any]:
        fault, text = line.faults.get(column.name), line.cells.get(column.name, "")
        cell = {
            "name": name, "label": words(column.label), "required": False, "help": "",
            "type": TYPES[column.kind.name], "value": line.masks.get(column.name, text),
            "masked": column.name in line.masks, "errors": [words(fault.reason)] if fault else [], "options": [],
            "max_length": column.kind.max_length,
        }  # fmt: skip
        if column.to:
            return cell | self._lookup(column, line)
        return cell | options(column, self.reading, text) if column.codes else cell

    def _lookup(self, column: Face, line: Line) -> dict[str, Any]:
        table = self.register.__tablename__
        return {
            "lookup_url": f"/admin/{table}/ajax/lookup/?name={self.face.name}.{column.name}",
            "shown": line.shown.get(column.name, ""),
            **picking.offered(column),
        }
