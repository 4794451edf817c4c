"""Raw cells to values, column by column: each distinct text is read once, each bad cell gets its fault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..fields import Face, Fault, Reading
from ..guard.codes import LEVELS
from ..permissions import Level
from ..rules.level_words import bears_state_mark
from ..texts import say
from .formulas import unguarded
from .mapping import Column
from .reading import Record, fold
from .reading.above import DITTO

#: finds the record that a link's text names; raises Fault
Finder = Callable[[Face, str], int]

DAMAGED = Fault("damaged", say("数字在表格里已变形，请在原表把这一列改为文本后重填"))
NOTHING_ABOVE = Fault("ditto", say("“同上”的上面没有内容"))
STATE_SECRET = Fault("state_secret", say("带有国家秘密标志，不得录入本系统"))
_BLANK = (None, None)
#: kinds whose words may be written in Traditional characters
_WORDED = ("choice", "choices", "yesno")


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column of the file as values of its field: text, value and fault of each record, in the records' order."""

    column: Column
    face: Face
    texts: Sequence[str]
    values: Sequence[Any]
    faults: Sequence[Fault | None]


def read_column(column: Column, face: Face, records: Sequence[Record], reading: Reading, find: Finder) -> ReadColumn:
    """The cells of *column* read as *face*; a blank is no value and no fault."""
    known: dict[str, tuple[Any, Fault | None]] = {"": _BLANK}
    index = column.index
    texts = [
        unguarded(record.cells[index]) if record.cells[index][:1] == "'" else record.cells[index] for record in records
    ]
    for text in texts:
        if text not in known:
            known[text] = _read(face, text, reading, find)
    read = [
        (None, DAMAGED) if record.damaged and index in record.damaged else known[text]
        for record, text in zip(records, texts, strict=True)
    ]
    return ReadColumn(column, face, texts, [value for value, _ in read], [fault for _, fault in read])


def _read(face: Face, text: str, reading: Reading, find: Finder) -> tuple[Any, Fault | None]:
    plain = text.strip()
    if not plain:
        return _BLANK
    if plain in DITTO:
        return None, NOTHING_ABOVE
    try:
        return (find(face, plain) if face.to else _parse(face, text, reading)), None
    except Fault as fault:
        return None, fault


def _parse(face: Face, text: str, reading: Reading) -> Any:
    """The value; a word not known as it stands is tried in Simplified characters."""
    try:
        return face.kind.parse(text, reading)
    except Fault as fault:
        if fault.code != "unknown_choice" or face.kind.name not in _WORDED or fold(text) == text:
            raise
        try:
            return face.kind.parse(fold(text), reading)
        except Fault:
            raise fault from None


def state_secrets(records: Sequence[Record], reading: Reading) -> Mapping[int, list[int]]:
    """Line -> indexes of the cells that carry a state-secret mark, imported columns or not."""
    found, levels = {}, secret_levels(reading)
    for record in records:
        if bears_state_mark("\t".join((*record.cells, *record.surplus)), levels):
            found[record.line] = [index for index, cell in enumerate(record.cells) if bears_state_mark(cell, levels)]
    return found


def secret_levels(reading: Reading) -> tuple[str, ...]:
    """Whatever may be written for 秘密 and above: beside a star it is a state secret's mark (R-CONF-13)."""
    return tuple(text for text, code in reading.also(LEVELS).items() if int(code) >= Level.SECRET)
