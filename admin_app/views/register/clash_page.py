"""What two people saved differently, side by side: original, theirs, mine (R-LIST-04); only what this person reads."""

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from ...fields import Face
from ...guard.cells import Row, Titles
from ...guard.line_cells import line_links, line_text
from ...guard.shown import titles_of
from ...guard.trail import as_json
from ...models import lines_of
from ...operations.clashes import Outdated, lines_before
from ...operations.histories import from_json, line_values
from ...permissions import Level, View
from ...texts import SEMICOLON
from ..words import words
from .form_page import Typed


def clash_rows(session: Any, outdated: Outdated, row: Row, typed: Typed) -> list[dict[str, Any]]:
    """The level, fields and child lines that somebody else changed since the form was opened and that differ now."""
    before = outdated.before
    rows = [_level(before["level"], row, typed)] if before.get("level") else []
    for face in row.register.faces.values():
        if face.kind.name == "rows" and face.name in typed.lines:
            rows.append(_lines(session, outdated, row, face, typed))
        elif face.name in before and face.name in typed.texts and row.view(face) is View.SHOWN:
            rows.append(_field(session, before[face.name], row, face, typed))
    return [one for one in rows if one["mine"] != one["theirs"]]


def _clash(name: str, label: str, original: str, theirs: str, mine: str) -> dict[str, Any]:
    """One row; what was left as it was yields to the other's value."""
    return {"name": name, "label": words(label), "original": original, "theirs": theirs, "mine": mine,
            "keep": "theirs" if mine == original else "mine"}  # fmt: skip


def _level(stored: str | None, row: Row, typed: Typed) -> dict[str, Any]:
    """The level, which can only have been raised; mine counts where it is higher still (R-CONF-05)."""
    original, theirs = json.loads(stored or "0"), row.record.level
    mine = original if typed.level is None else typed.level
    labels = [words(Level(level).label) for level in (original, theirs, mine)]
    return {**_clash("level", _("密级"), *labels), "keep": "mine" if mine > theirs else "theirs"}


def _field(session: Any, stored: str | None, row: Row, face: Face, typed: Typed) -> dict[str, Any]:
    value = from_json(face, stored)
    if value is None:
        original = ""
    elif face.to:
        original = titles_of(session, [(face.to, value)], row.reading)[face.to, value][0]
    else:
        original = face.kind.text(value, row.reading)
    mine = typed.shown.get(face.name) or _typed(row, face, typed)
    return _clash(face.name, face.label, original, row.cell(face).text, mine)


def _typed(row: Row, face: Face, typed: Typed) -> str:
    """What was typed as a list would show it; what was left alone as it stands there."""
    value = typed.read.values.get(face.name)
    return typed.texts.get(face.name, "") if value is None or face.to else face.kind.text(value, row.reading)


def _lines(session: Any, outdated: Outdated, row: Row, face: Face, typed: Typed) -> dict[str, Any]:
    """The child lines of *face* as a whole: a line has no name by which two people's could be told apart."""
    table = lines_of(row.register, face).__tablename__
    held = {line.id: {name: getattr(line, name) for name in line.faces} for line in getattr(row.record, face.name)}
    now = [as_json(values) or "" for values in held.values()]
    before = lines_before(now, (change for change in outdated.changes if change.field == table))
    mine = [held.get(line.id or 0, {}) | line.values for line in typed.lines[face.name]]
    original, theirs = ([line_values(row, face, stored) for stored in lines] for lines in (before, now))
    links = (link for values in (*original, *theirs, *mine) for link in line_links(row.register, face, values))
    titles = titles_of(session, links, row.reading)
    return _clash(face.name, face.label, *(_text(row, face, lines, titles) for lines in (original, theirs, mine)))


def _text(row: Row, face: Face, lines: Iterable[dict[str, Any]], titles: Titles) -> str:
    return words(SEMICOLON).join(line_text(row, face, values, titles) for values in lines)
