"""What a check says: a verdict for every line, its faults, and the equation that accounts for all (R-IMPT-04)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from ..guard.cells import Row
from ..texts import Text
from .keys import Key
from .mapping import Mapping as ColumnMapping
from .meanings import Word

ADDED, CHANGED, SAME, DUPLICATE, REFUSED = "added", "changed", "same", "duplicate", "refused"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A bad cell. ``column`` is the header as in the file, or the field's label where the file has no such column."""

    line: int
    column: str
    field: str | None
    value: str
    code: str
    reason: Text


@dataclass(slots=True)
class Target:
    """One record that lines of the file mean: an existing one (``row``) or a new one, with what the lines write to it.

    Several lines may mean one record; it is written once, as the last of them leaves it.
    """

    row: Row | None
    written: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> int | None:
        """The record's id; a new one has none yet."""
        return self.row.record.id if self.row else None

    def value(self, name: str) -> Any:
        """The field's value as the lines so far leave it."""
        if name in self.written or self.row is None:
            return self.written.get(name)
        return getattr(self.row.record, name)

    @property
    def changes(self) -> dict[str, Any]:
        """What is written in the end: all of a new record, of an existing one what differs."""
        if self.row is None:
            return self.written
        return {name: value for name, value in self.written.items() if value != getattr(self.row.record, name)}


@dataclass(slots=True)
class Line:
    """One line of the file with its verdict; a refused one has no ``target``, a duplicate ``repeats`` another line."""

    number: int
    verdict: str = REFUSED
    faults: Sequence[CellFault] = ()
    target: Target | None = None
    repeats: "Line | None" = None

    def refuse(self, faults: list[CellFault]) -> None:
        self.verdict, self.faults, self.target = REFUSED, faults, None


@dataclass(frozen=True)
class Equation:
    """lines = not_data + added + changed + same + duplicate + refused; an equation that doesn't hold can't be made."""

    lines: int
    not_data: int
    added: int = 0
    changed: int = 0
    same: int = 0
    duplicate: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        counted = self.not_data + self.added + self.changed + self.same + self.duplicate + self.refused
        if self.lines != counted:
            raise ArithmeticError(f"{self.lines} lines, but {counted} accounted for")

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass
class Check:
    """The whole check of one file against the register as it is now."""

    mapping: ColumnMapping
    lines: list[Line]
    #: what is written, in the order of the file
    targets: list[Target]
    not_data: Mapping[int, Text]
    total: int
    key: Key
    #: words that no option has, with what they are taken for
    words: list[Word]

    @cached_property
    def equation(self) -> Equation:
        counts = Counter(line.verdict for line in self.lines)
        return Equation(self.total, len(self.not_data), **counts)

    @property
    def translated(self) -> int:
        """How many cells are read as what their word is said to mean."""
        return sum(word.cells for word in self.words if word.means is not None)

    @cached_property
    def faults(self) -> list[CellFault]:
        return [fault for line in self.lines for fault in line.faults]

    @cached_property
    def fingerprint(self) -> str:
        """What was checked must be what is written: changes with any line's verdict or record, and with how lines are read,
        as somebody's later import may be remembered meanwhile."""
        columns = [(column.index, face.name) for column, face in self.mapping.used]
        words = [(word.face.name, word.text, word.means) for word in self.words]
        lines = [(line.number, line.verdict, line.target and line.target.id) for line in self.lines]
        written = [sorted(target.changes.items()) for target in self.targets]
        return sha256(repr((columns, self.key.names, words, lines, written)).encode()).hexdigest()
