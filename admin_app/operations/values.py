"""From what was written to values of a record: the same reading for forms and ledgers, faults named field by field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..fields import Face, Fault, Reading
from ..models import Register
from ..permissions import Facts, Person, Sight, View, sees, sight
from ..texts import say

MISSING = Fault("missing", say("必填"))


@dataclass
class Read:
    """Values by field name, and the faults of those that couldn't be read."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)


def writable(register: type[Register], person: Person, facts: Facts | None = None) -> list[Face]:
    """The fields *person* may fill: on a new record all that are typed, above their level too (R-CONF-01); on one that
    exists (its *facts* given) those they get to see at all, that aren't fixed and that are theirs to fill as its party."""
    faces = [face for face in register.faces.values() if typed(face)]
    if facts is None:
        return faces
    mine = _theirs(register, person, facts)
    seen = [face for face in faces if not face.fixed and sees(person, register, face, facts) is not View.ABSENT]
    return [face for face in seen if not mine or face.name in mine]


def _theirs(register: type[Register], person: Person, facts: Facts) -> list[str]:
    """What *person* may fill as a party to a record that another wrote; empty where there is no such limit."""
    named_there = sight(person, register, facts) is Sight.PARTY and facts.author != person.id
    return register.parties_write.split() if named_there else []


def typed(face: Face) -> bool:
    return not (face.computed or face.inherited or face.series)


def read(
    faces: Iterable[Face], texts: Mapping[str, str], reading: Reading, link: Callable[[Face, str], int],
    held: Mapping[str, Any] = MappingProxyType({}),
) -> Read:  # fmt: skip
    """Read the *texts* given by field name; blank is None. *link* finds a linked record or raises Fault.

    *held* are the values that a record has and its reader sees: of these, retired codes may stay.
    """
    result = Read()
    for face in faces:
        if face.name not in texts:
            continue
        try:
            result.values[face.name] = read_one(face, texts[face.name], reading, link, held.get(face.name))
        except Fault as fault:
            result.faults[face.name] = fault
    return result


def read_one(face: Face, text: str, reading: Reading, link: Callable[[Face, str], int], held: Any = None) -> Any:
    """The value of one field; raises Fault: missing where a required one is blank, else the kind's."""
    if not text.strip():
        if face.required:
            raise MISSING
        return None
    if face.codes and held:
        reading = reading.allowing(held if isinstance(held, tuple) else [held])
    return link(face, text) if face.to else face.kind.parse(text, reading)


def missing(faces: Iterable[Face], values: Mapping[str, Any], faults: Mapping[str, Fault]) -> dict[str, Fault]:
    """The required fields that neither have a value nor a fault yet."""
    return {
        face.name: MISSING
        for face in faces
        if face.required and values.get(face.name) is None and face.name not in faults and face.default is None
    }
