"""One field of one record as one person gets it: the only place where a value becomes text for somebody (R-CONF-06)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..fields import Face, Reading
from ..models import Register
from ..permissions import Facts, Person, Sight, View, sees, sight

Titles = Mapping[tuple[str, int], tuple[str, str | None]]
_MASKED = (View.MASKED, View.REVEALABLE)


class Cell(NamedTuple):
    """What of a field is shown; ``text`` is empty for a blank or absent one, ``record`` the public id of a linked record."""

    view: View
    text: str = ""
    value: Any = None
    record: str | None = None

    @property
    def masked(self) -> bool:
        return self.view in _MASKED and bool(self.text)


ABSENT = Cell(View.ABSENT)


class Row:
    """A record as *person* gets it. The decision on how they see it is taken once, the fields' on demand."""

    __slots__ = ("facts", "person", "reading", "record", "register", "sight", "titles")

    def __init__(
        self, register: type[Register], record: Any, facts: Facts, person: Person, reading: Reading, titles: Titles
    ):
        self.register, self.record, self.facts = register, record, facts
        self.person, self.reading, self.titles = person, reading, titles
        self.sight: Sight = sight(person, register, facts)

    def view(self, face: Face) -> View:
        return sees(self.person, self.register, face, self.facts, self.sight)

    def cell(self, face: Face, view: View | None = None) -> Cell:
        """*face* as the person gets it; *view* where it is decided already, for a whole column."""
        view = self.view(face) if view is None else view
        if view is View.ABSENT:
            return ABSENT
        value = getattr(self.record, face.name)
        if value is None:
            return Cell(view)
        if face.to:
            title, record = self.titles.get((face.to, value), (f"№{value}", None))
            return Cell(view, title, value, record) if view is View.SHOWN else Cell(view, "***")
        if view is View.SHOWN:
            return Cell(view, face.kind.text(value, self.reading), value)
        return Cell(view, face.kind.mask(value, self.reading))
