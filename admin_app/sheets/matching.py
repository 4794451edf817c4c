"""The records of a register that lines of a file mean, found by a key, in chunks, visible ones only.

A key field that the person sees masked is matched by its whole value, or by the mask itself, as an export of theirs
writes it; fields of their own choice count only where they read them. What they may not see is not found, like what
isn't there (R-CONF-02, R-IMPT-07).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard.cells import Row
from ..guard.facts import facts_names
from ..guard.readable import where_read
from ..guard.session import acting
from ..guard.shown import rows_of
from ..models import Register
from .cells import ReadColumn
from .keys import Key

_CHUNK = 500
#: per key column: (masked, value or the mask's text)
Signature = tuple[tuple[bool, Any], ...]


class Known:
    """Looks up the records that lines mean; *names* are the columns needed of them besides the key."""

    def __init__(
        self,
        session: Session,
        register: type[Register],
        columns: Sequence[ReadColumn],
        key: Key,
        names: Iterable[str],
    ):
        self.session, self.register, self.by_choice = session, register, key.chosen
        self.key = [column for column in columns if column.face.name in key.names]
        self.shown = [column.face for column in columns]
        self.names = list(
            dict.fromkeys(
                ["id", "public_id", "version", *facts_names(register), *(face.name for face in self.shown), *names]
            )
        )
        self.found: dict[Signature, list[Row]] = {}

    def signature(self, position: int) -> Signature | None:
        """What the line at *position* is recognised by; None where its key is blank or can't be read."""
        parts = []
        for column in self.key:
            fault = column.faults[position]
            if fault is not None and (self.by_choice or not column.face.mask):
                return None
            parts.append((True, column.texts[position]) if fault else (False, column.values[position]))
        readable = any(not masked and value is not None for masked, value in parts)
        return tuple(parts) if readable else None

    def look_up(self, signatures: Iterable[Signature | None], reading: Reading) -> None:
        """Fetch what *signatures* mean; ``found`` maps each to its records."""
        shapes: dict[tuple[bool, ...], dict[Signature, None]] = defaultdict(dict)
        for signature in signatures:
            if signature is not None:
                shapes[tuple(masked for masked, _ in signature)][signature] = None
        for masked, alike in shapes.items():
            wanted = list(alike)
            for start in range(0, len(wanted), _CHUNK):
                self._fetch(masked, wanted[start : start + _CHUNK], reading)

    def _fetch(self, masked: tuple[bool, ...], wanted: list[Signature], reading: Reading) -> None:
        person, register = acting(self.session), self.register
        conditions = [where_read(register, column.face, person, whole_value=not self.by_choice) for column in self.key]
        for place, column in enumerate(self.key):
            if not masked[place]:
                conditions.append(_is_one_of(getattr(register, column.face.name), {one[place][1] for one in wanted}))
        columns = [getattr(register, name) for name in self.names]
        found = self.session.execute(select(*columns).where(register.voided_at.is_(None), *conditions)).all()
        asked = set(wanted)
        for row in rows_of(self.session, register, found, self.shown, reading):
            signature = self._signature_of(row, masked)
            if signature in asked:
                self.found.setdefault(signature, []).append(row)

    def _signature_of(self, row: Row, masked: tuple[bool, ...]) -> Signature:
        return tuple(
            (True, _mask(row, column.face)) if hidden else (False, getattr(row.record, column.face.name))
            for column, hidden in zip(self.key, masked, strict=True)
        )


def _mask(row: Row, face: Face) -> str | None:
    """The mask by which the person knows the field; None where they read it, and so would write its value."""
    cell = row.cell(face)
    return cell.text if cell.masked else None


def _is_one_of(column: Any, values: set[Any]) -> ColumnElement[bool]:
    filled = column.in_([value for value in values if value is not None])
    return or_(filled, column.is_(None)) if None in values else filled
