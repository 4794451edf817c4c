"""Child lines of a record as one person gets them: the rule of their register's field, and of each column besides."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..fields import Face
from ..models import Register, lines_of
from ..permissions import Sight, View, sees
from .cells import Row, Titles


def line_faces(row: Row, face: Face) -> list[tuple[Face, View]]:
    """The columns of the lines behind *face* that the person gets, each with how; none where *face* is absent."""
    if row.view(face) is View.ABSENT:
        return []
    columns = lines_of(row.register, face).faces.values()
    # the lines are shown, so what remains to be asked of a column is its own level and mask
    views = ((column, sees(row.person, row.register, column, row.facts, Sight.FULL)) for column in columns)
    return [(column, view) for column, view in views if view is not View.ABSENT]


def line_links(register: type[Register], face: Face, values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """What the links of one line with *values* lead to: table and id."""
    for column in lines_of(register, face).faces.values():
        if column.to and values.get(column.name) is not None:
            yield column.to, values[column.name]


def line_texts(row: Row, face: Face, values: Mapping[str, Any], titles: Titles | None = None) -> dict[str, str]:
    """column -> text of one line with *values*, masked where the person gets the column masked; blanks are left out.

    *titles*: those of what its links lead to, where the row hasn't got them.
    """
    titles, texts = row.titles if titles is None else titles, {}
    for column, view in line_faces(row, face):
        value = values.get(column.name)
        if value is not None:
            texts[column.name] = _text(row, column, view, value, titles)
    return texts


def _text(row: Row, column: Face, view: View, value: Any, titles: Titles) -> str:
    if column.to:
        return titles.get((column.to, value), (f"№{value}", None))[0] if view is View.SHOWN else "***"
    return column.kind.text(value, row.reading) if view is View.SHOWN else column.kind.mask(value, row.reading)


def line_text(row: Row, face: Face, values: Mapping[str, Any], titles: Titles | None = None) -> str:
    """One line with *values* in words."""
    return "　".join(line_texts(row, face, values, titles).values())
