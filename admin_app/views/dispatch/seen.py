"""Records whose fields are read under the field rule, for lists that aren't a register's own (R-CONF-06)."""

from collections.abc import Sequence
from typing import Any

from ...database import db
from ...guard.cells import Row
from ...guard.shown import rows_of
from ...permissions import View
from ..addresses import page_of
from ..words import reading


class Seen:
    """A record as this person gets it: a field that isn't shown to them reads as blank."""

    def __init__(self, row: Row):
        self._row = row

    @property
    def page(self) -> str:
        return page_of(self._row.register, self._row.record.public_id)

    def __getattr__(self, name: str) -> Any:
        face = self._row.register.faces[name]
        return getattr(self._row.record, name) if self._row.view(face) is View.SHOWN else None


def seen(found: Sequence[Any]) -> list[Seen]:
    """The records *found*, of one register; the queries don't grow with them."""
    return [Seen(row) for row in rows_of(db.session, type(found[0]), found, (), reading())] if found else []
