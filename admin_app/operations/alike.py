"""Records that may be the one somebody is about to add: the same phone, number or name, as far as they see them (R-CUST-03)."""

from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..fields import Fault, Reading
from ..guard.readable import where_read
from ..guard.titles import linked
from ..models import Register
from ..permissions import Person

_MOST = 5


def alike(
    session: Session, register: type[Register], typed: Mapping[str, str], person: Person, reading: Reading
) -> list[tuple[str, str]]:
    """At most five (id in addresses, title) of visible records with one of the *typed* texts whole in its field."""
    same = []
    for name in register.told_by.split():
        face, text = register.faces[name], typed.get(name, "").strip()
        try:
            value = face.kind.parse(text, reading) if text else None
        except Fault:
            value = None
        if value is not None:
            same.append((getattr(register, name) == value) & where_read(register, face, person, whole_value=True))
    if not same:
        return []
    found = session.scalars(select(register.id).where(or_(*same), register.voided_at.is_(None)).limit(_MOST))
    titles = linked(session, register.__tablename__, found, person, reading)
    return [(id_, title) for title, id_ in titles.values() if id_ is not None]
