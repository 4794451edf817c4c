"""What names somebody in registers that they have no right on: theirs to see as a party, in no menu of theirs (R-CONF-14)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.naming import naming
from ..guard.titles import linked
from ..models import all_registers, register_named
from ..permissions import Person
from ..texts import Text
from .desk import Entry, Group

#: of each field that names them
_MOST = 20


def naming_me(session: Session, person: Person, reading: Reading) -> list[Group]:
    """The records that name *person*, by register; the queries grow with the registers in which there are any."""
    closed = [register for table, register in all_registers().items() if table not in person.rights]
    found = naming(session, closed, _MOST)
    return [_group(session, table, ids, person, reading) for table, ids in sorted(found.items())]


def _group(session: Session, table: str, ids: set[int], person: Person, reading: Reading) -> Group:
    """Loaded under the row rule; called as their reader gets to call them."""
    register = register_named(table)
    columns = register.id, register.public_id, register.created_at
    rows = session.execute(select(*columns).where(register.id.in_(ids)).order_by(register.created_at.desc())).all()
    titles = linked(session, table, {row.id for row in rows}, person, reading) if rows else {}
    entries = [Entry(table, row.public_id, titles[row.id][0], when=row.created_at) for row in rows]
    return Group(Text(register.declaration.title), len(entries), entries)
