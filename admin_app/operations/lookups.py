"""What a link's box offers while one types, and what hangs on a record; visible records only."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.conditions import filtered
from ..guard.facts import facts_names
from ..guard.listing import ListQuery, count, find_page
from ..guard.searching import found
from ..guard.session import acting
from ..guard.shown import rows_of
from ..guard.titles import linked
from ..models import Register, links_to, register_named
from ..permissions import Person

#: so many are offered while one types
OFFERED = 10


class Hanging(NamedTuple):
    """How many rows of a register link to a record, counted as a list counts."""

    register: type[Register]
    number: int


def offered(
    session: Session,
    table: str,
    text: str,
    person: Person,
    reading: Reading,
    most: int = OFFERED,
    held_by: str = "",
) -> list[tuple[str, str, str]]:
    """At most *most* (id in addresses, title, second line that tells namesakes apart) for *text*; of employees those who have
    one of the roles *held_by*, where it names any."""
    register = register_named(table)
    second = [register.faces[name] for name in register.declaration.list if not register.faces[name].to]
    names = dict.fromkeys(["id", "public_id", *facts_names(register), *(face.name for face in second)])
    conditions, sort = [found(session, register, text)] if text else [], register.faces[register.declaration.sort]
    if held_by:
        conditions.append(filtered(register.faces["roles"], "in", held_by.split()))
    query = ListQuery(register, list(names), conditions, sort, size=most)
    rows = find_page(session, query).rows
    titles = linked(session, table, (one.id for one in rows), person, reading)
    answers = []
    for row in rows_of(session, register, rows, (), reading, "lookup"):
        title = titles[row.record.id][0]
        telling = [cell for cell in (row.cell(face).text for face in second) if cell and cell not in title]
        answers.append((row.record.public_id, title, " ".join(telling[:3])))
    return answers


def depending(session: Session, record: Register) -> list[Hanging]:
    """The registers with rows that link to *record*, as far as the person sees them and reads the link (R-CONF-02)."""
    person = acting(session)
    hanging = []
    for register, face in links_to(record.__tablename__):
        if person.has_part_in(register.__tablename__):
            query = ListQuery(register, ["id"], [filtered(face, "equals", [record.id])])
            if number := count(session, query):
                hanging.append(Hanging(register, number))
    return hanging
