"""What has been written so far: every record by table, and what a new row is about, so that its links agree."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_app.models import Register, all_registers

_LOOKED_AT = 12
#: that two records are of one store or estate says nothing of their being about the same
_WIDE = frozenset(("store", "department", "estate"))


@cache
def _links(register: type[Register]) -> tuple[tuple[str, str], ...]:
    """(field, table it leads to) of every link of *register* except those to people."""
    return tuple((face.name, face.to) for face in register.faces.values() if face.to and face.to != "employee")


class Known:
    """The records in use, oldest first."""

    def __init__(self, session: Session):
        self._session = session
        self._tables: dict[str, list[Register]] = {}
        self._by_id: dict[str, dict[int, Register]] = {}
        self._leading: dict[tuple[str, str], dict[int, list[Register]]] = {}

    def leading_to(self, table: str, name: str, id_: int) -> list[Register]:
        """The records of *table* whose link *name* leads to that id."""
        if (table, name) not in self._leading:
            found = self._leading[table, name] = {}
            for record in self.of(table):
                found.setdefault(getattr(record, name), []).append(record)
        return self._leading[table, name].get(id_, [])

    def of(self, table: str) -> list[Register]:
        """Every record of *table*."""
        if table not in self._tables:
            register = all_registers()[table]
            self._keep(table, list(self._session.scalars(select(register).order_by(register.id))))
        return self._tables[table]

    def get(self, table: str, id_: int) -> Register:
        """The record of *table* with that id."""
        if table not in self._tables:
            self.of(table)
        return self._by_id[table][id_]

    def forget(self, table: str) -> None:
        """Read *table* anew when it is asked for next: it was just written."""
        self._tables.pop(table, None)
        for key in [key for key in self._leading if key[0] == table]:
            del self._leading[key]

    def _keep(self, table: str, records: list[Register]) -> None:
        self._tables[table] = records
        self._by_id[table] = {record.id: record for record in records}


class Facts(dict[str, Register]):
    """The records a row is about, by table: what it names, what that names, and so on, the nearest first."""

    def __init__(self, known: Known):
        super().__init__()
        self._known = known

    def learn(self, record: Register) -> None:
        """*record* and everything it leads to; of two records of one table the nearer one counts."""
        waiting = deque([record])
        while waiting:
            one = waiting.popleft()
            if one.__tablename__ in self:
                continue
            self[one.__tablename__] = one
            waiting.extend(self._known.get(table, id_) for table, id_ in self._leads(one))

    def tied(self, table: str, before: datetime) -> list[Register] | None:
        """The records of *table* that name what the row is about, and nothing else; None where they name nothing of it."""
        ties = [(name, to) for name, to in _links(all_registers()[table]) if to in self and to not in _WIDE]
        if not ties:
            return None
        name, to = min(ties, key=lambda tie: tie[1] != "customer")
        of_it = self._known.leading_to(table, name, self[to].id)
        return [one for one in of_it if one.created_at <= before and self._agrees(one)]

    def free(self, table: str, before: datetime, random: Random) -> Register | None:
        """One of the records of *table* that were there and name nobody else; nearly always one of the first looked at."""
        everyone = self._known.of(table)
        for one in random.choices(everyone, k=_LOOKED_AT) if everyone else ():
            if one.created_at <= before and self._agrees(one):
                return one
        fitting = [one for one in everyone if one.created_at <= before and self._agrees(one)]
        return random.choice(fitting) if fitting else None

    def _agrees(self, record: Register) -> bool:
        return all(self[table].id == id_ for table, id_ in self._leads(record) if table in self)

    @staticmethod
    def _leads(record: Register) -> Iterator[tuple[str, int]]:
        for name, table in _links(type(record)):
            if (id_ := getattr(record, name)) is not None:
                yield table, id_

    def same(self, name: str, label: str) -> Any:
        """What the nearest record with a field of that name and label says in it; None where none does."""
        for record in self.values():
            face = type(record).faces.get(name)
            if face and face.label == label and (value := getattr(record, name)) is not None:
                return value
        return None
