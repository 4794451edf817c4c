"""Loaded rows as one person gets them, with the titles of what they link to; a constant number of queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard.cells import Row
from ..guard.facts import facts_of, granted_ids, signed_ids
from ..guard.session import acting
from ..guard.titles import linked
from ..models import Register


def rows_of(
    session: Session, register: type[Register], found: Sequence[Any], columns: Iterable[Face], reading: Reading
) -> list[Row]:
    """*found* are rows with the columns of ``facts_names`` and of *columns*; one query per register linked to."""
    person = acting(session)
    ids = [row.id for row in found]
    granted, signs = granted_ids(session, register, ids), signed_ids(session, register, ids)
    wanted: dict[str, set[int]] = {}
    for face in columns:
        if face.to:
            wanted.setdefault(face.to, set()).update(getattr(row, face.name) for row in found)
    titles = {
        (table, id_): title
        for table, linked_ids in wanted.items()
        for id_, title in linked(session, table, linked_ids, person, reading).items()
    }
    return [
        Row(
            register,
            row,
            facts_of(register, row, row.id in granted, person.id if row.id in signs else None),
            person,
            reading,
            titles,
        )
        for row in found
    ]
