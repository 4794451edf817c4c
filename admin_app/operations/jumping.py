"""What the jump box finds: records of the registers that are looked for from everywhere, within the asker's rights."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from ..fields import Reading
from ..models import Register, all_registers
from ..permissions import Person
from .lookups import offered

#: of each register
_MOST = 5


class Found(NamedTuple):
    """What one register has: (id in addresses, title, second line that tells namesakes apart), at most five."""

    register: type[Register]
    records: list[tuple[str, str, str]]


def found(session: Session, text: str, person: Person, reading: Reading) -> list[Found]:
    """The records that *text* may mean, by register; registers without any left out."""
    sought = [register for table, register in all_registers().items() if register.sought and person.has_part_in(table)]
    answers = (Found(one, offered(session, one.__tablename__, text, person, reading, _MOST)) for one in sought)
    return [answer for answer in answers if answer.records]
