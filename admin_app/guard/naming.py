"""Records that name the acting person, in any registers, proposed by one statement however many these are (R-CONF-14).

Like a list's branches these only propose: who shows a record loads it under the row rule.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all
from sqlalchemy.orm import Session

from ..models import Register
from .rows import ME, Bare


def naming(session: Session, registers: Sequence[type[Register]], most: int) -> dict[str, set[int]]:
    """Table -> ids of records in use that name the acting person as a party: of each field that does so the last *most*."""
    found: dict[str, set[int]] = {}
    if (asked := _asked(tuple(registers), most)) is not None:
        for table, id_ in session.execute(asked):
            found.setdefault(table, set()).add(id_)
    return found


@lru_cache(maxsize=32)
def _asked(registers: tuple[type[Register], ...], most: int) -> Any:
    """One branch for each field that names a party, walked in the index that it leads."""
    branches = [
        _branch(register, face.name, most).subquery()
        for register in registers
        for face in register.faces.values()
        if face.party
    ]
    return union_all(*(select(*one.c) for one in branches)) if branches else None


def _branch(register: type[Register], party: str, most: int) -> Select[Any]:
    bare: Any = Bare(register)
    mine = select(literal_column(f"'{register.__tablename__}'").label("named_in"), bare.id)
    mine = mine.where(getattr(bare, party) == ME, bare.voided_at.is_(None))
    return mine.order_by(getattr(bare, register.declaration.sort).desc(), bare.id.desc()).limit(most)
