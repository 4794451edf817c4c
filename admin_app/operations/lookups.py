"""What a link's box offers while one types, and what hangs on a record; visible records only."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..fields import Reading
from ..guard.cells import Row
from ..guard.conditions import searched
from ..guard.facts import facts_names, facts_of
from ..guard.listing import ListQuery, find_page
from ..guard.titles import linked
from ..models import Register, all_registers, register_named
from ..permissions import Person

_OFFERED = 10


def offered(session: Session, table: str, text: str, person: Person, reading: Reading) -> list[tuple[str, str, str]]:
    """At most ten (id in addresses, title, second line that tells namesakes apart) for *text*."""
    register = register_named(table)
    second = [register.faces[name] for name in register.declaration.list if not register.faces[name].to]
    names = dict.fromkeys(["id", "public_id", *facts_names(register), *(face.name for face in second)])
    query = ListQuery(
        register, list(names), [searched(register, text)] if text else [], register.faces[register.declaration.sort], size=_OFFERED
    )
    rows = find_page(session, query).rows
    titles = linked(session, table, (found.id for found in rows), person, reading)
    answers = []
    for found in rows:
        title = titles[found.id][0]
        row = Row(register, found, facts_of(register, found), person, reading, {})
        telling = [cell for cell in (row.cell(face).text for face in second) if cell and cell not in title]
        answers.append((found.public_id, title, " ".join(telling[:3])))
    return answers


def depending(session: Session, record: Register) -> list[dict[str, Any]]:
    """The registers with visible rows that link to *record*, each with its count."""
    hanging = []
    for register in all_registers().values():
        for face in register.faces.values():
            if face.to == record.__tablename__:
                mine = select(func.count(register.id)).where(getattr(register, face.name) == record.id)
                if number := session.scalar(mine.where(register.voided_at.is_(None))):
                    hanging.append({"label": register.declaration.title, "count_text": str(number), "url": None})
    return hanging


