"""A twin being filled, beneath the program, so that ids and contents are ours to choose.

Both hold the same rows alike in all that the onlooker may read; everything else differs: fields, whole rows, their
number, their levels, the authors of changes, entries of the trail.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Insert, Update, bindparam, insert, text, update
from sqlalchemy.exc import IntegrityError

from admin_app.fields import Face
from admin_app.guard.reindexing import rebuild
from admin_app.models import Lines, Register, all_registers, register_named
from tests.every_register.examples import filled
from tests.noninterference.rows import Row, plain_faces, rows_of
from tests.noninterference.stances import NONE, Onlooker
from tests.noninterference.traces import write_traces
from tests.noninterference.values import value


@dataclass
class Filling:
    """One world being filled for *who*; ``alike`` collects the columns that the tables' checks let nobody vary."""

    connection: Connection
    who: Onlooker
    version: int
    alike: set[tuple[str, str]] = field(default_factory=set)
    #: columns that a table's checks refused before, so that one try is enough the next time
    refused: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def fill(self) -> None:
        """Required columns first, in the order the tables need, so that links may lead anywhere afterwards."""
        done: set[str] = set()
        registers = [register for table, register in all_registers().items() if table in filled()]
        for register in registers:
            self._insert(register, done)
        rows = {register: rows_of(register, self.version, self.who) for register in registers}
        for register in registers:
            self._complete(register, rows[register])
        write_traces(self.connection, [row for of_one in rows.values() for row in of_one])
        rebuild(self.connection, registers)
        restart_counters(self.connection)

    def _insert(self, register: type[Register], done: set[str]) -> None:
        table = register.__tablename__
        if table in done:
            return
        done.add(table)
        columns = register.__table__.c
        self._insert_targets(
            register, done, [face for face in plain_faces(register).values() if not columns[face.name].nullable]
        )
        rows = rows_of(register, self.version, self.who)
        if not self._at_once(insert(register.__table__), [row.required() for row in rows]):
            for row in rows:
                self._insert_row(row, done)

    def _at_once(self, statement: Insert | Update, many: list[dict[str, Any]]) -> bool:
        """Write *many* rows of a table, those with the same columns together; False, and nothing, where one is refused."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for values in many:
            alike[tuple(sorted(values))].append(values)
        try:
            with self.connection.begin_nested():
                for group in alike.values():
                    self.connection.execute(statement, group)
        except IntegrityError:
            return False
        return True

    def _insert_targets(self, register: type[Register], done: set[str], faces: list[Face]) -> None:
        for face in faces:
            if face.to:
                self._insert(register_named(face.to), done)

    def _insert_row(self, row: Row, done: set[str]) -> None:
        """With the required fields, or with the links too where a check wants one of them."""
        required, table = row.required(), row.register.__table__
        try:
            with self.connection.begin_nested():
                self.connection.execute(insert(table), required)
        except IntegrityError:
            self._insert_targets(row.register, done, list(plain_faces(row.register).values()))
            self.connection.execute(insert(table), {**row.links(), **required})

    def _complete(self, register: type[Register], rows: list[Row]) -> None:
        """Fill the optional columns as far as the table's checks allow, and vary what the onlooker doesn't read."""
        contents = [Contents.of(row) for row in rows]
        final = [{**one.filled, **one.varied, "of_row": one.row.id} for one in contents]
        if not self._at_once(_of_row(register), final):
            for one in contents:
                self._settle(one.row, one.filled, "filled")
                self.alike |= {(one.row.table, name) for name in self._settle(one.row, one.varied, "varied")}
        for lines in lines_of(register):
            self._at_once(insert(lines.__table__), [line for row in rows for line in _lines(row, lines)])

    def _settle(self, row: Row, values: dict[str, Any], what: str) -> set[str]:
        """Set *values*, all at once where the table's checks agree, else in parts; the names they refused."""
        known = self.refused.setdefault((row.table, what), set()) & values.keys()
        likely = {name: values[name] for name in values if name not in known}
        if not likely or self._set(row, likely):
            return known
        refused = {name for name in values if not self._set(row, {name: values[name]})}
        for names in [*combinations(sorted(refused), 2), *((name,) for name in sorted(refused))]:
            if refused.issuperset(names) and self._set(row, {name: values[name] for name in names}):
                refused.difference_update(names)
        self.refused[row.table, what] |= refused
        return refused

    def _set(self, row: Row, values: dict[str, Any]) -> bool:
        return self._at_once(_of_row(row.register), [{**values, "of_row": row.id}])


@dataclass(frozen=True)
class Contents:
    """What the optional columns of a row hold in both twins, and in this one where it differs."""

    row: Row
    filled: dict[str, Any]
    varied: dict[str, Any]

    @classmethod
    def of(cls, row: Row) -> "Contents":
        fixed = {*row.named(), *row.special()}
        faces = {name: face for name, face in plain_faces(row.register).items() if name not in fixed}
        varied = {name: row.value(face, 1) for name, face in faces.items() if row.version_of(face)}
        return cls(row, {name: row.value(face, 0) for name, face in faces.items()}, varied)


def _of_row(register: type[Register]) -> Update:
    table = register.__table__
    return update(table).where(table.c.id == bindparam("of_row"))


def _lines(row: Row, lines: type[Lines]) -> Iterator[dict[str, Any]]:
    """Two child lines; of a hidden record other ones, and one more."""
    varied = bool(row.version) and row.sight == NONE
    for n in range(3 if varied else 2):
        id_ = row.id * 10 + n
        values = {
            name: row.link(face) if face.to else value(face, id_ % 10000, int(varied))
            for name, face in lines.faces.items()
            if not face.to or face.to in filled()
        }
        yield {**values, "id": id_, "parent_id": row.id, "position": n}


def lines_of(register: type[Register]) -> list[type[Lines]]:
    """The child tables of *register*."""
    rows = [name for name, face in register.faces.items() if face.kind.name == "rows"]
    return [register.__mapper__.relationships[name].mapper.class_ for name in rows]


def restart_counters(connection: Connection) -> None:
    """PostgreSQL counts ids apart from the rows: let it go on behind ours."""
    if connection.dialect.name == "postgresql":
        for register in all_registers().values():
            for table in (register.__tablename__, *(lines.__tablename__ for lines in lines_of(register))):
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 20000)"))
