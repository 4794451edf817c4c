"""Words of a file that its people use for an option of a code list: this means that, said once (R-IMPT-01, R-IMPT-02).

Only code lists, whose options everybody may know who fills the field: a link's titles could lie out of sight. Of the
words no more is kept than a digest, as a column that was mapped wrongly holds names and phones.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select

from ..fields import Face, Reading
from ..working.imports import ValueMemory
from .cells import ReadColumn
from .reading import fold
from .work import Work

#: what a word may be taken for besides an option's code: a blank cell, or (None) nothing, so that its line is refused
BLANK = ""
#: field -> folded word -> code, BLANK or None
Meanings = Mapping[str, Mapping[str, str | None]]
#: longer cells are no words
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Word:
    """A word that no option of the field has, in how many cells, and what it is taken for."""

    header: str
    face: Face
    text: str
    cells: int
    means: str | None


def allowed(face: Face, reading: Reading) -> dict[str, str]:
    """Code -> label of what a word may be said to mean."""
    retired = reading.retired(face.codes or "")
    return {code: label for code, label in reading.options(face.codes or "").items() if code not in retired}


def translate(columns: Iterable[ReadColumn], work: Work, chosen: Meanings) -> tuple[list[ReadColumn], list[Word]]:
    """The columns with their unknown words as *chosen* here or said for an earlier file, and those words."""
    columns = list(columns)
    remembered = _remembered(work, [column.face.name for column in columns if _has_list(column.face)])
    translated, words = [], []
    for column in columns:
        found = (
            _words(column, work.reading, chosen.get(column.face.name, {}), remembered) if _has_list(column.face) else []
        )
        words += found
        meant = {fold(word.text): word.means for word in found if word.means is not None}
        translated.append(_replaced(column, meant) if meant else column)
    return translated, words


def _has_list(face: Face) -> bool:
    return face.kind.name == "choice" and face.codes is not None


def _words(
    column: ReadColumn, reading: Reading, chosen: Mapping[str, str | None], remembered: Mapping[tuple[str, str], str]
) -> list[Word]:
    """The unknown words of *column*, the most frequent first."""
    face, options = column.face, allowed(column.face, reading)
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text, fault in zip(column.texts, column.faults, strict=True):
        if fault is not None and fault.code == "unknown_choice" and len(text) <= _LONGEST:
            folded = fold(text)
            spelled.setdefault(folded, text.strip())
            counts[folded] += 1
    words = []
    for folded, cells in counts.most_common():
        means = chosen[folded] if folded in chosen else remembered.get((face.name, _digest(folded)))
        if means not in options and (means != BLANK or face.required):
            means = None
        words.append(Word(column.column.header, face, spelled[folded], cells, means))
    return words


def _replaced(column: ReadColumn, meant: Mapping[str, str]) -> ReadColumn:
    """*column* with the words of *meant* read so; one that means a blank is a blank cell."""
    texts, values, faults = list(column.texts), list(column.values), list(column.faults)
    for position, fault in enumerate(column.faults):
        if fault is not None and fault.code == "unknown_choice":
            means = meant.get(fold(texts[position])) if len(texts[position]) <= _LONGEST else None
            if means is not None:
                values[position], faults[position] = means or None, None
                texts[position] = texts[position] if means else ""
    return replace(column, texts=texts, values=values, faults=faults)


def _remembered(work: Work, names: Sequence[str]) -> dict[tuple[str, str], str]:
    if not names:
        return {}
    kept = select(ValueMemory.field, ValueMemory.word, ValueMemory.means).where(
        ValueMemory.table_name == work.register.__tablename__, ValueMemory.field.in_(names)
    )
    return {(field, word): means for field, word, means in work.session.execute(kept)}


def remember_meanings(work: Work, words: Iterable[Word], chosen: Meanings) -> None:
    """Keep what the person said for later files, inside the caller's writing transaction."""
    for word in words:
        folded = fold(word.text)
        if folded not in chosen.get(word.face.name, {}):
            continue
        place = (work.register.__tablename__, word.face.name, _digest(folded))
        memory = work.session.get(ValueMemory, place)
        if word.means is None:
            if memory is not None:
                work.session.delete(memory)
            continue
        memory = memory or ValueMemory(table_name=place[0], field=place[1], word=place[2])
        memory.means, memory.person_id, memory.at = word.means, work.person.id, work.now
        work.session.add(memory)


def _digest(folded: str) -> str:
    return sha256(folded.encode("utf-8", "replace")).hexdigest()
