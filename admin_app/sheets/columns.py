"""The words by which a register's fields are known in ledgers, and how their cells look (R-IMPT-02)."""

from collections.abc import Callable, Collection, Iterable

from ..fields import Face, Fault, Reading
from .reading import Vocabulary

#: kinds whose cells betray them; nearly every text reads as a text
_TELLING = frozenset(
    {"day", "moment", "phone", "identity_number", "int", "decimal", "amount", "percentage", "yesno", "choice"}
)


def vocabulary(faces: Iterable[Face], key: Collection[str], reading: Reading) -> Vocabulary:
    """Label, synonyms and name of each field; *key* names the fields by which a record is known again."""
    faces = list(faces)
    words = {word: face.name for face in faces for word in (face.label, *face.also, face.name)}
    looks_like = {face.name: _reads(face, reading) for face in faces if face.kind.name in _TELLING}
    return Vocabulary(words, looks_like, [name for name in key if any(face.name == name for face in faces)])


def _reads(face: Face, reading: Reading) -> Callable[[str], bool]:
    def reads(cell: str) -> bool:
        try:
            face.kind.parse(cell, reading)
        except Fault:
            return False
        return True

    return reads
