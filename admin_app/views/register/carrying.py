"""What the next form begins with after "save and add another": the values that the register carries over.

They are read from the record just saved, which the address names by its id, as whoever types sees it; no value stands in
an address.
"""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import request

from ...database import db
from ...fields import Face
from ...operations import records
from ...permissions import View
from ...texts import COMMA
from ..words import reading, words
from .boxes import value_text
from .form_page import Typed

if TYPE_CHECKING:
    from .view import RegisterView


def carry(view: "RegisterView", faces: list[Face], typed: Typed) -> SimpleNamespace | None:
    """Put what the record before hands on into *typed*; what the form says of it, or None where there is nothing."""
    record = records.find(db.session, view.register, request.args.get("after", "")[:24])
    if record is None:
        return None
    row, names = view.row(record, "form"), view.register.carried.split()
    handed: dict[str, str] = {}
    for face in (face for face in faces if face.name in names and row.view(face) is View.SHOWN):
        cell = row.cell(face)
        if text := (cell.record or "") if face.to else _text(face, cell.value):
            typed.texts[face.name], typed.shown[face.name] = text, cell.text
            handed[face.name] = (
                f"{words(face.label)} {cell.text[: len(text)] if face.kind.name == 'moment' else cell.text}"
            )
    if not handed:
        return None
    return SimpleNamespace(
        names=" ".join(handed), said=words(COMMA).join(handed.values()), empty_url=f"{view.base}new/"
    )


def _text(face: Face, value: object) -> str:
    """A value as the next form's box takes it; of a moment the day alone, as the time is another one."""
    text = value_text(face, value, reading())
    return text[:10] if face.kind.name == "moment" else text
