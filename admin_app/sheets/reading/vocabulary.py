"""The words a register knows its columns by, and how the cells under each of them look."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .fold import fold, fold_without_unit

#: Stands between the two words of a header of two levels: 联系人/电话.
LEVELS_JOINED_BY = "/"
#: A longer cell is prose and not worth folding.
LONGEST_WORD = 100


@dataclass(frozen=True)
class Vocabulary:
    """What the reader knows of a register (R-IMPT-02).

    ``words`` maps each header or synonym, spelt as declared, to its field name. ``looks_like`` says for some fields
    whether one cell reads as the field's type; it must not raise. ``keys`` are the fields that make a row a record.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    looks_like: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    keys: Collection[str] = ()

    @cached_property
    def _fields(self) -> dict[str, str]:
        """Folded word → field; a word as declared goes before one that lost its unit."""
        fields: dict[str, str] = {}
        for spelling in (fold, fold_without_unit):
            for word, name in self.words.items():
                fields.setdefault(spelling(word), name)
        return fields

    def field_of(self, header: str) -> str | None:
        """The field *header* names; of a header of two levels the lower word alone may name it."""
        if len(header) > LONGEST_WORD:
            return None
        lower = header.rpartition(LEVELS_JOINED_BY)[2]
        for word in (fold(header), fold_without_unit(header), fold(lower), fold_without_unit(lower)):
            if word and word in self._fields:
                return self._fields[word]
        return None

    def hits(self, cells: Iterable[str]) -> int:
        """How many different fields *cells* name."""
        return len({self.field_of(cell) for cell in cells} - {None})
