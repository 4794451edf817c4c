"""Filters, search and sort ask the field rule too: a condition on a field counts only where the person reads the field.

Otherwise a filter on a masked phone would answer by the number of rows it leaves (R-CONF-02/06).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, true

from ..fields import Face
from ..permissions import Action, Person, Scope
from ..working.approvals import RecordParty
from .rows import CLEARANCE, ME, asked_of_viewer, party_rows, scope_branch, within
from .sounding import by_sound


def rows_in_full(cls: Any, person: Person) -> ColumnElement[bool]:
    """Rows the person sees in full: by clearance and scope, as custodian, by a grant."""
    parts = [branch for branch in [scope_branch(cls, person)] if branch is not None]
    parts += [and_(getattr(cls, f.name) == ME, cls.level <= CLEARANCE) for f in cls.faces.values() if f.custodian]
    if cls.has_party_table:
        granted = party_rows(cls.__tablename__).where(RecordParty.record_id == cls.id, RecordParty.kind == "granted")
        parts.append(exists(granted))
    return or_(false(), *parts)


def where_read(cls: Any, face: Face, person: Person, whole_value: bool = False) -> ColumnElement[bool]:
    """Rows in which *person* reads *face*; with *whole_value* also where it is masked, as who knows it may ask for it."""
    if person.seen_by is not None:
        theirs = where_read(cls, face, person.alone(), whole_value)
        return and_(theirs, asked_of_viewer(where_read(cls, face, person.seen_by, whole_value)))
    if face.level is not None and face.level > person.clearance:
        return false()
    rows = true() if sees_everything(cls, face, person) else rows_in_full(cls, person)
    if not face.mask or whole_value:
        return rows
    personal = person.reach(Action.PERSONAL, cls.__tablename__)
    reached = within(cls, personal) if personal is not None else None
    return false() if reached is None else and_(rows, reached)


def may_find_by(cls: Any, face: Face, person: Person) -> bool:
    """Whether there can be rows in which *person* reads *face* in plain, so that finding by it tells nothing new."""
    if person.seen_by is not None and not may_find_by(cls, face, person.seen_by):
        return False
    if face.level is not None and face.level > person.clearance:
        return False
    return not face.mask or person.reach(Action.PERSONAL, cls.__tablename__) is not None


def sees_everything(cls: Any, face: Face, person: Person) -> bool:
    """Whether the face is shown however the person comes to see a row, so that no further condition is needed."""
    if person.seen_by is not None and not sees_everything(cls, face, person.seen_by):
        return False
    catalogued = person.reach(Action.CATALOGUE, cls.__tablename__) is not None
    return face.name in cls.parties_see and (not catalogued or face.name in cls.catalogue_shows)


def _ordered(cls: Any, face: Face) -> ColumnElement[Any]:
    """What has the order of *face*: words are in that of their pinyin, which a list's own column keeps beside it."""
    if face.name == cls.sorts_by_sound:
        return cls.sort_text
    column = getattr(cls, face.name)
    return by_sound(column) if face.kind.words else column


def sort_key(cls: Any, face: Face, person: Person) -> ColumnElement[Any] | None:
    """What a list sorts by; None when the person may not sort by this field at all."""
    column = _ordered(cls, face)
    if person.seen_by is not None and sort_key(cls, face, person.seen_by) is None:
        return None
    if face.level is not None and face.level > person.clearance:
        return None
    if face.mask and not (person.reach(Action.PERSONAL, cls.__tablename__) or Scope.NOBODY) & Scope.ALL:
        return None
    return column if sees_everything(cls, face, person) else case((where_read(cls, face, person), column))
