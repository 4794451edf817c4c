"""Rows that leave, told column by column: a value that many rows have is told once, and nothing is told row by row.

What a cell says is said where it always is (``guard.cells``); here is only how seldom it has to be asked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..fields import Face, Reading
from ..guard.cells import Decided, Row
from ..guard.facts import facts_names
from ..guard.raw import value_of
from ..guard.session import acting
from ..guard.shown import titles_of
from ..models import Register
from ..permissions import View
from .standings import Standings

#: what is told of a column, as the driver gave its values, blanks among them
Column = Callable[[Sequence[Any]], list[Any]]
#: what makes one, for all rows that stand as this one does; the last makes values of what the driver gave
Teller = Callable[[Row, Face, Callable[[Any], Any]], Column]
#: so many values of a column are kept as told, and so many titles
_MOST = 50_000


def told_columns(register: type[Register], columns: Iterable[Face]) -> list[str]:
    """The columns that rows are to be read with, in that order; one that is a fact as well stands there twice."""
    return ["id", *facts_names(register), *(face.name for face in columns)]


def remembering(tell: Callable[[Any], Any], blank: Any) -> Column:
    """Tells each different value once, as *tell* does, and blanks as *blank*."""
    told = _Told(tell, blank)
    return lambda values: list(map(told.__getitem__, values))


class _Told(dict[Any, Any]):
    def __init__(self, tell: Callable[[Any], Any], blank: Any):
        super().__init__()
        self._tell, self._blank = tell, blank

    def __missing__(self, value: Any) -> Any:
        if len(self) >= _MOST:
            self.clear()
        told = self[value] = self._blank if value is None else self._tell(value)
        return told


class Telling:
    """How the *columns* of rows of *register* are told the acting person, by *told*."""

    def __init__(
        self, session: Session, register: type[Register], columns: Sequence[Face], reading: Reading, told: Teller
    ):
        self._session, self._register, self._columns = session, register, columns
        self._reading, self._told = reading, told
        self._standings = Standings(session, register)
        self._titles: dict[tuple[str, int], tuple[str, str | None]] = {}
        self._ways: dict[tuple[str, View], Column] = {}

    def cells(self, rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
        """The cells of *rows*, which hold ``told_columns``, column by column."""
        held = list(zip(*rows, strict=True))
        decided, values = self._standings.of(rows, held), held[-len(self._columns) :]
        self._load_titles(values)
        different = list(dict.fromkeys(decided))
        return [self._column(face, different, decided, held) for face, held in zip(self._columns, values, strict=True)]

    def _column(
        self, face: Face, different: Sequence[Decided], decided: Sequence[Decided], values: Sequence[Any]
    ) -> list[Any]:
        """The cells of one column; each group of rows that get it alike is told on its own."""
        views = {one: one.view(face) for one in different}
        ways = {view: self._way(face, one, view) for one, view in views.items()}
        if len(ways) == 1:
            return next(iter(ways.values()))(values)
        seen = [views[one] for one in decided]
        told: dict[View, Iterator[Any]] = {
            view: iter(way([value for value, its in zip(values, seen, strict=True) if its is view]))
            for view, way in ways.items()
        }
        return [next(told[view]) for view in seen]

    def _way(self, face: Face, decided: Decided, view: View) -> Column:
        way = self._ways.get((face.name, view))
        if way is None:
            like = Row(
                self._register, None, None, acting(self._session), self._reading, self._titles, decided
            )  # a record of none: what is told of a column depends on how it is seen alone
            made = value_of(self._session, getattr(self._register, face.name))
            way = self._ways[face.name, view] = self._told(like, face, made)
        return way

    def _load_titles(self, values: Sequence[Sequence[Any]]) -> None:
        """What the links among *values* lead to is called as it was when it was first met: the file says so already."""
        if len(self._titles) > _MOST:
            self._titles.clear()
        links = {
            (face.to, id_)
            for face, held in zip(self._columns, values, strict=True)
            if face.to
            for id_ in set(held)
            if id_ is not None
        }
        self._titles.update(titles_of(self._session, links - self._titles.keys(), self._reading))
