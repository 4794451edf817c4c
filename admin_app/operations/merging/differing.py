"""Where two records of one thing differ, as far as a person may read and write both (R-CUST-07)."""

from typing import Any, NamedTuple

from ...fields import Face
from ...guard.cells import Cell, Row
from ...permissions import View

#: lines stay with their record, files with theirs
_APART = ("rows", "attachment", "number")


class Difference(NamedTuple):
    """One field with what either holds; ``proposed`` is "kept", or "gone" where the kept one is blank."""

    face: Face
    kept: Cell
    gone: Cell
    proposed: str


def differences(kept: Row, gone: Row) -> list[Difference]:
    """In the order of the form; what either side doesn't show to this person stays as the kept one has it."""
    found = []
    for face in kept.register.faces.values():
        if face.computed or face.inherited or face.series or face.kind.name in _APART:
            continue
        if kept.view(face) is not View.SHOWN or gone.view(face) is not View.SHOWN:
            continue
        mine, other = getattr(kept.record, face.name), getattr(gone.record, face.name)
        named = {kept.record.id, gone.record.id} if face.to == kept.register.__tablename__ else ()
        if mine != other and other is not None and other not in named:  # nobody introduces themselves
            found.append(Difference(face, kept.cell(face), gone.cell(face), "kept" if mine is not None else "gone"))
    return found


def chosen(kept: Row, gone: Row, sides: dict[str, str]) -> dict[str, Any]:
    """The values that the kept record takes over, by what was chosen for each field."""
    return {
        one.face.name: getattr(gone.record, one.face.name)
        for one in differences(kept, gone)
        if sides.get(one.face.name, one.proposed) == "gone"
    }
