"""Loaded rows as one person gets them, with the titles of what they link to; showing them is noted (R-AUDT-01)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..models import Register, lines_of
from . import trail
from .cells import Decisions, Row, Titles
from .facts import facts_of, granted_ids, signed_ids
from .line_cells import line_links
from .session import acting
from .titles import linked


def rows_of(
    session: Session, register: type[Register], found: Sequence[Any], columns: Iterable[Face], reading: Reading,
    via: str | None = None,
) -> list[Row]:  # fmt: skip
    """The rows *found* as the acting person gets them; *via* names the kind of page that shows them, None is no page.

    They are records, or rows with the columns of ``facts_names`` and of *columns*. The queries don't grow with them,
    except that *columns* may name child lines of records.
    """
    person, ids = acting(session), [row.id for row in found]
    granted, signs = granted_ids(session, register, ids), signed_ids(session, register, ids)
    leading = [face for face in columns if face.to or face.kind.name == "rows"]
    links = (link for face in leading for row in found for link in _links(register, face, row))
    titles = titles_of(session, links, reading)
    if via is not None:
        trail.note_views(session, register.__tablename__, ((row.id, row.level) for row in found), via)
    decisions, rows = Decisions(register, person), []
    for row in found:
        facts = facts_of(register, row, row.id in granted, person.id if row.id in signs else None)
        rows.append(Row(register, row, facts, person, reading, titles, decisions.on(facts)))
    return rows


def _links(register: type[Register], face: Face, row: Any) -> Iterator[tuple[str, int | None]]:
    if face.to:
        yield face.to, getattr(row, face.name)
    elif face.kind.name == "rows" and any(column.to for column in lines_of(register, face).faces.values()):
        for line in getattr(row, face.name):
            yield from line_links(register, face, {name: getattr(line, name) for name in line.faces})


def titles_of(session: Session, links: Iterable[tuple[str, int | None]], reading: Reading) -> Titles:
    """(table, id) -> title and public id of the records that *links* lead to; one query per table."""
    wanted: dict[str, set[int]] = {}
    for table, id_ in links:
        if id_ is not None:
            wanted.setdefault(table, set()).add(id_)
    person = acting(session)
    return {
        (table, id_): title
        for table, ids in wanted.items()
        for id_, title in linked(session, table, ids, person, reading).items()
    }
