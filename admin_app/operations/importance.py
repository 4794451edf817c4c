"""What is important material: classified, or marked so; it leaves as a numbered copy only (R-CONF-07, R-CONF-12)."""

from collections.abc import Iterable

from ..guard.cells import Row
from ..models import Register
from ..permissions import Level, Sight, View

#: the field by which a record is marked
MARK = "important"


def marks_importance(register: type[Register]) -> bool:
    """Whether records of the register are what lies in the archive, which may be important."""
    return MARK in register.faces


def may_be_printed(rows: Iterable[Row]) -> bool:
    """Whether a page with these records may be printed as it stands: not with important ones of the archive (R-CONF-12)."""
    return not any(marks_importance(row.register) and is_important(row) for row in rows)


def is_important(row: Row) -> bool:
    """Classified or marked important; a line of the catalogue shows nothing of the contents.

    A mark that the person doesn't get counts as set, so that no refusal tells whether it is (R-CONF-02, R-CONF-15).
    """
    if row.sight is Sight.CATALOGUE:
        return False
    mark = row.register.faces.get(MARK)
    return Level(row.facts.level).classified or (
        mark is not None and (row.view(mark) is not View.SHOWN or bool(row.record.important))
    )
