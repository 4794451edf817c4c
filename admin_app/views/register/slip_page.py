"""A record's form on paper: its fields in the paper's order, its lines, and places to sign (R-CONF-06, R-CONF-12)."""

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from ...fields import Face
from ...guard.cells import Row
from ...guard.titles import number_face
from ...operations.closing import moment_of
from ...permissions import View
from ..words import moment_text, words
from .details_page import banner, level_mark, number_of, sections

#: in ``place``: a field that the manuals' form hasn't
_NOT_ON_THE_FORM = "+"

Place = dict[str, Any]


def slip_page(row: Row, places: Sequence[Place], named: Mapping[str, str] | None = None) -> SimpleNamespace:
    """The paper of the record of *row* as slip.html reads it; *named*: texts by field, in the place of their own."""
    slip = row.register.on_paper
    shown = sections(row, _printed(row))
    for item in (item for section in shown for item in section["items"]):
        item["reveal_url"] = None
        item["text"] = (named or {}).get(item["name"], item["text"])
    return SimpleNamespace(
        title=words(slip.title or row.register.declaration.title), number=number_of(row),
        level_mark=level_mark(row.record), sections=shown,
        places=[*places, *(place(words(who)) for who in slip.also)], banner=banner(row),
        back_url=f"/admin/{row.register.__tablename__}/details/?id={row.record.public_id}",
    )  # fmt: skip


def place(label: str, who: str = "", when: str = "", **more: Any) -> Place:
    """A place to sign; blank until it is signed. *more*: the decision, and whom the signer stood in for."""
    return {"label": label, "who": who, "when": when, "decision": None, "for_whom": None, **more}


def places_of(row: Row) -> list[Place]:
    """The form's own signatures, as far as the person gets them."""
    faces = row.register.faces
    return [
        place(words(face.label), row.cell(face).text, moment_text(row.cell(faces[moment_of(face)]).value))
        for face in faces.values() if face.signature and row.view(face) is not View.ABSENT
    ]  # fmt: skip


def _printed(row: Row) -> Iterator[Face]:
    """The fields that stand on the paper; its number and signatures have places of their own there.

    What is blank is left to be filled in by hand, unless the program writes it or the manuals' form hasn't got it. What
    has no place in the manuals at all is the program's own.
    """
    register = row.register
    faces = register.faces
    elsewhere = {name for face in faces.values() if face.signature for name in (face.name, moment_of(face))}
    elsewhere |= register.on_paper.without | {number_face(register)}
    for face in faces.values():
        ours = face.computed or face.place == _NOT_ON_THE_FORM
        blank = getattr(row.record, face.name) in (None, "", [], ())
        if face.place and face.name not in elsewhere and not (ours and blank):
            yield face
