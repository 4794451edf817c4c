"""What every question needs: the register, the onlooker, the ids both twins know, the secret fields first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from flask import Flask

from admin_app.fields import Face
from admin_app.models import Register, register_named
from tests.noninterference.rows import EXTRA, FIRST, LAST, id_of
from tests.noninterference.stances import FULL, NONE, Onlooker, reads, sight, stances
from tests.noninterference.values import question, value

NEVER_ISSUED = "never-issued"
#: stands for the address that the last redirect led to
LAST_PLACE = "{last}"
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """One request: a GET, or a POST with its form."""

    url: str
    form: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"GET {self.url}" if self.form is None else f"POST {self.url} {self.form}"


@dataclass(frozen=True)
class Asker:
    """Asks about one register for one onlooker."""

    app: Flask
    register: type[Register]
    who: Onlooker
    thorough: bool = False

    @property
    def table(self) -> str:
        return self.register.__tablename__

    @property
    def base(self) -> str:
        return f"/admin/{self.table}/"

    def some(self, things: Sequence[T], number: int) -> Sequence[T]:
        """All *things*, or the first *number* where there is no time for all or no address exists for the onlooker."""
        return things if self.thorough and not self.closed else things[:number]

    @property
    def closed(self) -> bool:
        """Whether the onlooker has no right at all on the register: no address of it exists for them."""
        return not self.who.grants(self.register)

    def in_turn(self, things: Sequence[T], number: int, most: int) -> Sequence[T]:
        """The *number*th of *things*, counted round and round; the first *most* where there is no time for all.

        Where two things are crossed of which one alone decides, each of either is met, but not every pair of them.
        """
        if not things or not self.thorough or self.closed:
            return things[:most]
        return [things[number % len(things)]]

    def visible_ids(self) -> list[str]:
        return [id_ for id_, sight in self._sight_of.items() if sight != NONE]

    def partly_visible_ids(self) -> list[str]:
        """Of rows that the onlooker sees in some of their fields only, and of the first that they see whole."""
        whole = [id_ for id_ in self.visible_ids() if self._sight_of[id_] == FULL]
        return [*whole[:1], *(id_ for id_ in self.visible_ids() if id_ not in whole)]

    def hidden_ids(self) -> list[str]:
        """Of rows that one twin holds, the other holds otherwise or not at all, and one that was never issued."""
        known = [f"{id_}-{version}" for id_, sight in self._sight_of.items() if sight == NONE for version in (0, 1)]
        return [NEVER_ISSUED, *known, f"{self.table[:14]}-{EXTRA[0][0]}-0", f"{self.table[:14]}-{LAST}-1"]

    def hidden_by_turns(self, number: int) -> list[str]:
        """Those of hidden rows, each as the one twin or the other holds it, by turns; *number* says which begins.

        So each page meets each way of being hidden, and rows of both twins, in half as many questions.
        """
        never, *known = self.hidden_ids()
        if not self.thorough or self.closed:
            return [never, *known]
        return [never, *(known[place + (place // 2 + number) % 2] for place in range(0, len(known), 2))]

    @cached_property
    def _sight_of(self) -> dict[str, str]:
        known = enumerate(stances(self.register), FIRST)
        return {f"{self.table[:14]}-{number}": sight(self.register, stance, self.who) for number, stance in known}

    def faces(self) -> list[Face]:
        """The fields, those first that the onlooker reads nowhere or not everywhere."""
        faces = [face for face in self.register.faces.values() if face.kind.name != "rows"]
        return sorted(faces, key=lambda face: (not face.secret, not self._unread(face)))

    def texts(self, register: type[Register], face: Face, number: int) -> list[str]:
        """What to ask of *face* for the value that record *number* holds. By the whole value whoever sees it masked may ask
        (R-CONF-06), so that no question is left of a record that they see."""
        asked = question(face, number)
        stance = next((one for n, one in enumerate(stances(register), FIRST) if n == number), None)
        if stance is None or reads(register, face, stance, self.who) != "masked":
            return asked
        return asked[:-1] if asked[0] in asked[-1] else []

    def _unread(self, face: Face) -> bool:
        seen = [stance for stance in stances(self.register) if sight(self.register, stance, self.who) != NONE]
        return any(reads(self.register, face, stance, self.who) != "shown" for stance in seen)


def title(face: Face, stance: str) -> str:
    """What one would type into a link who knows the record that stands so: its first title field."""
    target = register_named(face.to)
    key = next((target.faces[name] for name in target.declaration.key if not target.faces[name].to), None)
    number = number_of(target, stance)
    return str(value(key, number, 0)) if key else str(number)


def number_of(register: type[Register], stance: str) -> int:
    """The number that the values of that row are made of: its id."""
    return LAST if stance == "last" else id_of(register, stance)
