"""One field of one record as one person gets it: the only place where a value becomes text for somebody (R-CONF-06)."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..fields import Face, Reading
from ..models import Register
from ..permissions import Action, Facts, Person, Sight, View, can, sees, sight, standing

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


class Decided:
    """How *person* gets the records of one standing: each decision is taken when it is first asked for."""

    __slots__ = ("_facts", "_may", "_person", "_register", "_views", "sight")

    def __init__(self, register: type[Register], person: Person, facts: Facts):
        self._register, self._person, self._facts = register, person, facts
        self.sight: Sight = sight(person, register, facts)
        self._views: dict[str, View] = {}
        self._may: dict[Action, bool] = {}

    def view(self, face: Face) -> View:
        view = self._views.get(face.name)
        if view is None:
            view = self._views[face.name] = sees(self._person, self._register, face, self._facts, self.sight)
        return view

    def may(self, action: Action) -> bool:
        if action not in self._may:
            self._may[action] = can(self._person, action, self._register, self._facts, self.sight)
        return self._may[action]


class Decisions:
    """What is decided on the records of one page: once for all of equal standing."""

    def __init__(self, register: type[Register], person: Person):
        self._register, self._person = register, person
        self._decided: dict[tuple[object, ...], Decided] = {}

    def on(self, facts: Facts) -> Decided:
        key = standing(self._person, facts)
        decided = self._decided.get(key)
        if decided is None:
            decided = self._decided[key] = Decided(self._register, self._person, facts)
        return decided


def told_apart_by(person: Person) -> frozenset[int]:
    """The ids that ``permissions.standing`` compares facts with: any other one is as good as none."""
    own = {person.id, person.store_id, person.department_id} - {None}
    return frozenset(own) | (told_apart_by(person.seen_by) if person.seen_by else frozenset())


class Row:
    """A record as *person* gets it."""

    __slots__ = ("decided", "facts", "person", "reading", "record", "register", "titles")

    def __init__(
        self, register: type[Register], record: Any, facts: Facts, person: Person, reading: Reading, titles: Titles,
        decided: Decided,
    ):  # fmt: skip
        self.register, self.record, self.facts = register, record, facts
        self.person, self.reading, self.titles, self.decided = person, reading, titles, decided

    @property
    def sight(self) -> Sight:
        return self.decided.sight

    def view(self, face: Face) -> View:
        return self.decided.view(face)

    def may(self, action: Action) -> bool:
        """Whether the person may do *action* on this record."""
        return self.decided.may(action)

    def cell(self, face: Face) -> Cell:
        """*face* as the person gets it."""
        view = self.view(face)
        if view is View.ABSENT:
            return ABSENT
        value = getattr(self.record, face.name)
        if value is None:
            return Cell(view)
        text = self.telling(face)(value)
        return Cell(view, text, value, self.leads_to(face, value)) if view is View.SHOWN else Cell(view, text)

    def telling(self, face: Face) -> Callable[[Any], str]:
        """What makes text of the values of *face*, blanks aside, as the person gets them in all rows of this page that are of
        equal standing; empty for what they don't get."""
        view, reading, titles = self.view(face), self.reading, self.titles
        if view is View.ABSENT:
            return lambda value: ""
        if face.to:
            shown = view is View.SHOWN
            return lambda value: titles.get((face.to, value), (f"№{value}", None))[0] if shown else "***"
        told = face.kind.text if view is View.SHOWN else face.kind.mask
        return lambda value: told(value, reading)

    def leads_to(self, face: Face, value: Any) -> str | None:
        """The public id of the record that *value* of a link leads to, as far as the person sees it."""
        return self.titles[face.to, value][1] if (face.to, value) in self.titles else None
