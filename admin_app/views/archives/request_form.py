"""What people fill in to ask for an item: the fields, and what a new form starts with."""

from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from ...database import db
from ...fields import Face
from ...guard.facts import facts_of
from ...guard.titles import title_of
from ...models import Register, register_named
from ...operations import records
from ...permissions import Person, View, sees
from ..register.boxes import value_text
from ..register.form_page import Typed
from ..words import reading

#: what a request states (R-LOAN-01); the rest is written by the steps that follow
_ASKED = (
    "item_id", "purpose", "reason", "facts", "asked_until", "read_on",
    "reader_name", "reader_organisation", "letter_kind", "letter_number", "letter_scan",
)  # fmt: skip
#: what is not asked anew in the same words: times are chosen afresh, and a scan stays with its request
_NOT_CARRIED = frozenset({"item_id", "asked_until", "read_on", "letter_scan"})
_REQUIRED = frozenset({"item_id", "purpose", "reason"})


def asked_faces(register: type[Register], of_file: bool = False) -> list[Face]:
    """The fields of the form; a request for a whole file names no item."""
    faces = [register.faces[name] for name in _ASKED if name in register.faces and not (of_file and name == "item_id")]
    return [replace(face, required=True) if face.name in _REQUIRED else face for face in faces]


def file_asked_for(args: MultiDict[str, str]) -> Register | None:
    """The file named in the address, if this person sees it."""
    return records.find(db.session, register_named("archive_file"), args.get("file", "")[:24])


def proposed(register: type[Register], args: MultiDict[str, str], person: Person) -> Typed:
    """What a new form starts with: the item one came from, or an earlier request of one's own to be asked anew."""
    earlier = records.find(db.session, register, args.get("copy", "")[:24])
    if earlier is not None and earlier.applicant_id == person.id:
        return _from_earlier(register, earlier, person)
    item = records.find(db.session, register_named("archive_item"), args.get("item", "")[:24])
    return _naming(item, person, {}) if item is not None else Typed()


def _from_earlier(register: type[Register], earlier: Any, person: Person) -> Typed:
    """What *earlier* asked in words, as far as *person* still sees it (R-LOAN-02: refused steps are not gone back to)."""
    facts = facts_of(register, earlier)
    texts = {
        face.name: value_text(face, getattr(earlier, face.name), reading())
        for face in asked_faces(register)
        if face.name not in _NOT_CARRIED and sees(person, register, face, facts) is View.SHOWN
    }
    item = db.session.get(register_named("archive_item"), earlier.item_id)
    return _naming(item, person, texts) if item is not None else Typed(texts=texts)


def _naming(item: Register, person: Person, texts: dict[str, str]) -> Typed:
    title = title_of(register_named("archive_item"), item, person, reading())
    return Typed(texts={**texts, "item_id": item.public_id}, shown={"item_id": title})
