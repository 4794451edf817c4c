"""The questions that write: typical forms, and what a prying hand would send; the same is done to both twins."""

from collections.abc import Iterator
from typing import Any

from admin_app.fields import Face, Reading
from seed.codes import shipped_list
from tests.noninterference.asker import LAST_PLACE, Asker, Question, number_of, title
from tests.noninterference.rows import FIRST
from tests.noninterference.values import value


def writing(asker: Asker) -> Iterator[Question]:
    """Everything one may send to a register."""
    yield from _reveals(asker)
    for id_ in [*asker.some(asker.visible_ids(), 3), *asker.some(asker.hidden_ids(), 2)]:
        yield Question(f"{asker.base}edit/?id={id_}", {"version": "1"})
        yield Question(f"{asker.base}delete/", {"id": id_, "confirmed": "yes"})
    yield from _bulk(asker)
    yield from _additions(asker)
    yield from _imports(asker)
    for id_ in [*asker.some(asker.visible_ids(), 1), *asker.some(asker.hidden_ids(), 2)]:
        yield Question(f"{asker.base}delete/", {"id": id_, "reason": "试", "confirmed": "yes"})
        yield Question(f"{asker.base}restore/", {"id": id_, "confirmed": "yes"})


def _reveals(asker: Asker) -> Iterator[Question]:
    """A field that may be revealed tells its value by right, so of those only hidden rows are asked with a reason.

    Each secret field of each row; of the others, which nobody reveals, each of one row in its turn.
    """
    visible, hidden = asker.visible_ids(), asker.hidden_ids()
    for number, face in enumerate(asker.some(asker.faces(), 2)):
        if face.secret:
            seen, unseen = asker.some(visible, 1), asker.some(asker.hidden_by_turns(number), 2)
        else:
            seen, unseen = asker.in_turn(visible, number, 1), asker.in_turn(hidden, number, 2)
        address = f"{asker.base}reveal/?field={face.name}&id="
        yield from (Question(address + id_, {"reason": ""}) for id_ in seen)
        yield from (Question(address + id_, {"reason": "试"}) for id_ in unseen)


def _bulk(asker: Asker) -> Iterator[Question]:
    ids = [*asker.visible_ids(), *asker.hidden_ids()]
    agreed = {"confirmed": "yes", "reason": "试"}
    yield Question(f"{asker.base}action/", {"action": "void", "id": ids})
    yield Question(f"{asker.base}action/", {"action": "void", "id": ids, **agreed})
    yield Question(f"{asker.base}action/", {"action": "restore", "id": ids, **agreed, "void": "1"})
    yield Question(f"{asker.base}action/", {"action": "void", "everything": "yes"})


def _additions(asker: Asker) -> Iterator[Question]:
    """A whole form, its links written out: to what may be seen, to what is hidden, and by the id of a hidden one."""
    links = [face for face in asker.faces() if face.to]
    for number, stance in enumerate(("mine", "above", "last"), 9001):
        plain = {face.name: _typed(face, number) for face in asker.faces() if not face.to}
        titles = {f"{face.name}__text": title(face, stance) for face in links}
        yield Question(f"{asker.base}new/", {**plain, **titles})
    yield Question(f"{asker.base}new/", {face.name: f"{face.to[:14]}-{FIRST}-0" for face in links})


def _typed(face: Face, number: int) -> Any:
    """What a form would send; an identity number must be real, so it stays blank."""
    made = value(face, number, 0)
    if face.kind.name in ("choice", "choices"):
        return made if isinstance(made, str) else list(made)
    if face.kind.name == "identity_number":
        return ""
    return "yes" if face.kind.name == "yesno" else face.kind.text(made, Reading())


def _imports(asker: Asker) -> Iterator[Question]:
    """A ledger whose lines name a record that is seen, one that is hidden, and links to hidden ones; then its check."""
    faces = [face for face in asker.faces() if not (face.computed or face.inherited or face.series)]
    lines = ["\t".join(face.label for face in faces)]
    for stance in ("mine", "above", "last"):
        lines.append("\t".join(title(face, stance) if face.to else _cell(asker, face, stance) for face in faces))
    yield Question(f"{asker.base}import/")
    yield Question(f"{asker.base}import/", {"pasted": "\n".join(lines)})
    yield Question(LAST_PLACE)
    for step in asker.some(("check", "refused", "done"), 2):
        yield Question(f"{LAST_PLACE}{step}/")


def _cell(asker: Asker, face: Face, stance: str) -> str:
    """What a ledger would hold; of a value that stands but once a free one, as test_told.py asks for the others, and of a
    masked one by which no record is known, too: who knows the whole value may ask for it (R-CONF-06)."""
    register = asker.register
    free = register.__table__.c[face.name].unique or (face.mask and face.name not in register.declaration.key)
    typed = value(face, 9100 + len(stance) if free else number_of(register, stance), 0)
    if face.codes:
        return shipped_list(face.codes).get(typed if isinstance(typed, str) else typed[0], "")
    return "" if face.kind.name in ("identity_number", "attachment") else face.kind.text(typed, Reading())
