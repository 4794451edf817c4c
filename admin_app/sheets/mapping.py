"""Columns of a file onto fields of a register: by hand, as last time, by header or synonym (R-IMPT-02)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from hashlib import sha256

from ..fields import Face
from ..texts import Text, say, several, word
from ..verdicts import Refused, refuse
from .reading import Table, Vocabulary, fold

#: the columns that a file of refused lines carries at its end
ORIGINAL_LINE, REASON = "原行号", "原因"
_OUR_OWN = (ORIGINAL_LINE, REASON)

BY_HAND, LAST_TIME = say("由您指定"), say("上次这样对应")
BY_LABEL, BY_SYNONYM = say("同名"), say("同义")
NOT_MAPPED, OUR_OWN = say("没有相应栏目"), say("问题行文件自带的列")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file; ``face`` is None where it isn't imported."""

    index: int
    header: str
    face: Face | None
    how: Text


@dataclass(frozen=True)
class Mapping:
    """All columns of a file with their fields."""

    columns: tuple[Column, ...]

    @property
    def used(self) -> list[tuple[Column, Face]]:
        return [(column, column.face) for column in self.columns if column.face is not None]

    @property
    def names(self) -> frozenset[str]:
        """The fields that the file fills."""
        return frozenset(face.name for _, face in self.used)

    @property
    def unmapped(self) -> list[str]:
        """Headers of the columns that stay in the original only."""
        return [column.header for column in self.columns if column.face is None and column.header]

    def header_of(self, name: str) -> str | None:
        """The header over the column of field *name*."""
        return next((column.header for column, face in self.used if face.name == name), None)

    def require(self) -> None:
        """Raise Refused where two columns fill one field, or none fills any."""
        twice = Counter(face.name for _, face in self.used)
        for name in (name for name, columns in twice.items() if columns > 1):
            label = next(face.label for _, face in self.used if face.name == name)
            headers = several((column.header for column, face in self.used if face.name == name), word("”和“"))
            reason = say("“{headers}”都对应“{field}”，请只留一列", headers=headers, field=label)
            raise Refused(refuse("R-IMPT-02", "two_columns", reason))
        if not twice:
            raise Refused(refuse("R-IMPT-02", "no_columns", say("没有一列对应登记表的栏目，请检查表头所在的行")))


def map_columns(
    table: Table,
    faces: Iterable[Face],
    vocabulary: Vocabulary,
    remembered: Pairs[str, str | None],
    by_hand: Pairs[str, str] | None = None,
) -> Mapping:
    """Give each column its field. *remembered*: folded header -> field; *by_hand*: letter -> field or ""."""
    fields = {face.name: face for face in faces}
    own = own_columns(table.headers)
    columns = []
    for index, header in enumerate(table.headers):
        guessed = vocabulary.field_of(header)
        if index in own:
            name, how = None, OUR_OWN
        elif by_hand is not None and table.columns[index] in by_hand:
            name, how = by_hand[table.columns[index]], BY_HAND
        elif header and remembered.get(fold(header), guessed) != guessed:
            name, how = remembered[fold(header)], LAST_TIME
        else:
            name, how = guessed, BY_SYNONYM
        columns.append(_column(index, header, fields.get(name or ""), how))
    return Mapping(tuple(columns))


def _column(index: int, header: str, face: Face | None, how: Text) -> Column:
    if how is BY_SYNONYM and face is None:
        how = NOT_MAPPED
    elif how is BY_SYNONYM and face is not None and fold(header) == fold(face.label):
        how = BY_LABEL
    return Column(index, header, face, how)


def own_columns(headers: Sequence[str]) -> range:
    """The two columns at the end of a file of refused lines that came back mended."""
    last = max((index for index, header in enumerate(headers) if header), default=-1) + 1
    if tuple(map(fold, headers[last - 2 : last])) == tuple(map(fold, _OUR_OWN)):
        return range(last - 2, last)
    return range(0)


def shape(headers: Iterable[str]) -> str:
    """What tells a file of the same kind: the digest of its headers, folded, in any order; our own columns aside."""
    folded = {fold(header) for header in headers if header} - set(map(fold, _OUR_OWN))
    return sha256("\n".join(sorted(folded)).encode()).hexdigest()


def to_remember(mapping: Mapping) -> dict[str, str | None]:
    """Folded header -> field name or None, to be offered for the next file of this shape."""
    return {
        fold(column.header): column.face.name if column.face else None
        for column in mapping.columns
        if column.header and column.how is not OUR_OWN
    }
