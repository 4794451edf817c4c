"""Finding the record that a link means: by its id in addresses, by number, by phone, by name; visible records only."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..fields import Fault, Reading
from ..fields.contacts import PhoneKind
from ..fields.texts import NumberKind
from ..guard.readable import where_read
from ..guard.session import acting
from ..guard.titles import title_fields
from ..models import Register, register_named
from ..texts import say


def by_public_id(session: Session, table: str, public_id: str) -> int | None:
    """The internal id of a visible record; None when it is hidden or was never issued."""
    register = register_named(table)
    return session.scalar(select(register.id).where(register.public_id == public_id))


def named(session: Session, table: str, text: str, reading: Reading) -> int:
    """The one visible record that *text* means, an id of addresses or a number, phone or name; raises as `by_text`."""
    found = by_public_id(session, table, text)
    return found if found is not None else by_text(session, table, text, reading)


def by_text(session: Session, table: str, text: str, reading: Reading) -> int:
    """The one visible record that *text* names; raises Fault link_unknown or link_ambiguous (hidden and absent alike)."""
    register = register_named(table)
    for condition in _readings(session, register, text.strip()):
        ids = session.scalars(select(register.id).where(condition, register.voided_at.is_(None)).limit(2)).all()
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise Fault("link_ambiguous", say("“{value}”对应多条记录，请改用编号", value=text.strip()[:40]))
    raise Fault("link_unknown", say("没有找到“{value}”", value=text.strip()[:40]))


def _readings(session: Session, register: type[Register], text: str) -> list[Any]:
    """In order of trust: own number, whole phone, whole title field."""
    person = acting(session)
    numbers = [face for face in register.faces.values() if isinstance(face.kind, NumberKind)]
    phones = [face for face in register.faces.values() if isinstance(face.kind, PhoneKind)]
    names = [register.faces[name] for name in title_fields(register) if register.faces[name].kind.name == "text"]
    readings = []
    for faces in (numbers, phones, names):
        parts = [
            (getattr(register, face.name) == face.kind.search_key(text))
            & where_read(register, face, person, whole_value=True)
            for face in faces
        ]
        if parts:
            readings.append(or_(*parts))
    return readings
