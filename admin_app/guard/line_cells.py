"""Child lines of a record as one person gets them: the rule of their register's field, and of each column besides."""

from collections.abc import Mapping
from typing import Any

from ..fields import Face
from ..models import lines_of
from ..permissions import Sight, View, sees
from .cells import Row


def line_faces(row: Row, face: Face) -> list[tuple[Face, View]]:
    """The columns of the lines behind *face* that the person gets, each with how; none where *face* is absent."""
    if row.view(face) is View.ABSENT:
        return []
    columns = lines_of(row.register, face).faces.values()
    # the lines are shown, so what remains to be asked of a column is its own level and mask
    views = ((column, sees(row.person, row.register, column, row.facts, Sight.FULL)) for column in columns)
    return [(column, view) for column, view in views if view is not View.ABSENT]


def line_texts(row: Row, face: Face, values: Mapping[str, Any]) -> dict[str, str]:
    """column -> text of one line with *values*, masked where the person gets the column masked; blanks are left out."""
    texts = {}
    for column, view in line_faces(row, face):
        value = values.get(column.name)
        if value is not None:
            show = column.kind.text if view is View.SHOWN else column.kind.mask
            texts[column.name] = show(value, row.reading)
    return texts


def line_text(row: Row, face: Face, values: Mapping[str, Any]) -> str:
    """One line with *values* in words."""
    return "　".join(line_texts(row, face, values).values())
