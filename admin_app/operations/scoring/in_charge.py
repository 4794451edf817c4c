"""Who answered for a record when the month ended, customers handed on since or not (R-SCOR-01, R-CUST-09).

What belongs to a customer follows its owner without an entry of its own in the trail (``guard.belonging``). So the trail of
the customer tells whose it was then: the customer to whom the record belonged at the month's end.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import aliased

from ...models import Register, register_named
from .as_of import changed_since, link_at, newest_before
from .period import Period


class InCharge:
    """The person whom the field *name* of *register*'s records named at the end of *period*."""

    def __init__(self, period: Period, register: type[Register], name: str):
        since = newest_before(period.session, period.end)
        self._register = register
        self._moved = changed_since(register, [name], since).subquery()
        self.person: ColumnElement[Any] = link_at(getattr(register, name), self._moved)
        self._parent = parent_of(register, name)
        if self._parent is not None:
            parent, link = self._parent
            self._linked = changed_since(register, [link], since).subquery()
            self._one, self._handed = aliased(parent), changed_since(parent, [name], since).subquery()
            # a customer who was nobody's then tells so in the trail; the record's own field says who has them now
            self.person = link_at(func.coalesce(getattr(self._one, name), self.person), self._handed)

    def joined(self, asked: Select[Any]) -> Select[Any]:
        """*asked* of the register, with all that ``person`` is read from."""
        register = self._register
        asked = asked.outerjoin(self._moved, self._moved.c.record_id == register.id)
        if self._parent is None:
            return asked
        asked = asked.outerjoin(self._linked, self._linked.c.record_id == register.id)
        belonged = link_at(getattr(register, self._parent[1]), self._linked)
        asked = asked.outerjoin(self._one, self._one.id == belonged)
        return asked.outerjoin(self._handed, self._handed.c.record_id == self._one.id)


def parent_of(register: type[Register], name: str) -> tuple[type[Register], str] | None:
    """What records of *register* belong to and follow in the field *name*, and by which link; None where they follow nothing."""
    for face in register.faces.values():
        if face.belongs and name in register_named(face.to or "").faces:
            return register_named(face.to or ""), face.name
    return None
