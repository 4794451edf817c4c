"""Rows of every register in every stance, written beneath the program, so that ids and contents are ours to choose.

Version 0 and version 1 of a world hold the same rows alike in all that the onlooker may read; everything else differs:
fields, whole rows, their number, levels, authors of changes, entries of the trail.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from admin_app.declaration import SCOPE_FIELDS
from admin_app.fields import Face
from admin_app.guard.trail import as_json
from admin_app.models import Lines, Register, all_registers
from admin_app.working.approvals import RecordParty
from admin_app.working.trail import TrailEntry, TrailValue
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS
from tests.fixtures.records import SPECIAL
from tests.noninterference.stances import ALWAYS, CATALOGUE, FULL, NONE, TOP, Onlooker, Stance, level_of, reads, sight, stances
from tests.noninterference.values import MARKS, MOMENT, value

#: the first of our ids; the company's own rows have small ones
FIRST, LAST = 1001, 1099
#: ids of rows that only one of the twins holds
EXTRA = {0: (1060, 1061, 1062), 1: (1070,)}
#: what links of rows lead to; the number of these is alike in both, as a link tells it (R-CONF-02)
_LINKED = {True: "above", False: "mine"}


@dataclass(frozen=True)
class Row:
    """One record: where it stands, its id, and the version of what the onlooker doesn't read."""

    register: type[Register]
    stance: Stance
    id: int
    version: int

    @property
    def table(self) -> str:
        return self.register.__tablename__

    def public_id(self, hidden: bool) -> str:
        return f"{self.table[:14]}-{self.id}" + (f"-{self.version}" if hidden else "")


@dataclass
class Filling:
    """One world being filled for *who*; ``alike`` collects the columns that the database let nobody vary."""

    connection: Connection
    who: Onlooker
    version: int
    alike: set[tuple[str, str]] = field(default_factory=set)
    seq: int = 0
    #: columns that a table's checks refused before, so that one try is enough the next time
    refused: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def fill(self) -> None:
        """Required columns first, in the order the tables need, so that links may lead anywhere afterwards."""
        rows = [row for register in all_registers().values() for row in self.rows(register)]
        done: set[str] = set()
        for register in all_registers().values():
            self._insert(register, done)
        for row in rows:
            self._complete(row)
        self._parties(rows)
        self._histories(rows)

    def rows(self, register: type[Register]) -> list[Row]:
        extra = replace(ALWAYS[0], name="extra", scope="theirs")
        return [
            *(Row(register, stance, FIRST + n, self.version) for n, stance in enumerate(stances(register))),
            *(Row(register, extra, id_, self.version) for id_ in EXTRA[self.version]),
            Row(register, replace(extra, name="last"), LAST, self.version),
        ]

    # --- columns ------------------------------------------------------------------------------------------------

    def _insert(self, register: type[Register], done: set[str]) -> None:
        table = register.__tablename__
        if table in done:
            return
        done.add(table)
        for face in register.faces.values():
            if face.to:
                self._insert(all_registers()[face.to], done)
        for row in self.rows(register):
            self._insert_row(row)

    def _insert_row(self, row: Row) -> None:
        """With the required fields, or with the links too where a check wants one of them."""
        required = self._required(row)
        links = {face.name: self._value(row, face, 0) for _name, face in _plain_faces(row.register) if face.to}
        try:
            with self.connection.begin_nested():
                self.connection.execute(insert(row.register.__table__).values(required))
        except IntegrityError:
            self.connection.execute(insert(row.register.__table__).values({**links, **required}))

    def _required(self, row: Row) -> dict[str, Any]:
        columns = row.register.__table__.c
        values = {name: self._value(row, face, self._version(row, face)) for name, face in _plain_faces(row.register)}
        given = {
            name: face.default for name, face in _plain_faces(row.register)
            if face.default is not None and not columns[name].nullable
        }  # fmt: skip
        needed = {name: values[name] for name in values if not columns[name].nullable}
        return {**needed, **given, **self._own(row), **self._special(row), **self._names(row)}

    def _own(self, row: Row) -> dict[str, Any]:
        """The columns every register has; what no screen shows differs."""
        hidden = sight(row.register, row.stance, self.who) == NONE
        level = level_of(row.register, row.stance)
        if hidden and row.version:
            level = min(level + 1, TOP)
        me = self.who.id if row.stance.written else PERSON_IDS["admin"]
        voided = {"voided_at": MOMENT, "voided_by_id": me, "void_reason": self._reason(row)} if row.stance.voided else {}
        return {
            "id": row.id, "public_id": row.public_id(hidden), "level": level, "version": 1, "created_by_id": me,
            "created_at": MOMENT, "changed_at": MOMENT + timedelta(days=row.version), **voided,
        }  # fmt: skip

    def _reason(self, row: Row) -> str:
        version = 0 if sight(row.register, row.stance, self.who) == FULL else row.version
        return f"作废{MARKS[version]}"

    def _names(self, row: Row) -> dict[str, Any]:
        """The scope columns, and the columns that make the onlooker a party or the custodian."""
        scopes, faces, who = row.register.declaration.scopes, row.register.faces.values(), self.who
        mine = {"store": who.store, "department": who.department, "owner": who.id}
        other = {"store": STORE_IDS["城西店"], "department": DEPARTMENT_IDS["城西店"], "owner": PERSON_IDS["clerk2"]}
        ours = {**mine, "owner": other["owner"]}
        chosen = {"mine": mine, "ours": ours, "theirs": other}[row.stance.scope]
        named = {SCOPE_FIELDS[scope][0]: chosen[scope] for scope in scopes}
        if row.stance.party == "link":
            named[next(face.name for face in faces if face.party)] = who.id
        if row.stance.custodian:
            named[next(face.name for face in faces if face.custodian)] = who.id
        return named

    def _special(self, row: Row) -> Mapping[str, Any]:
        hidden = sight(row.register, row.stance, self.who) == NONE
        found = SPECIAL.get(row.table, lambda n: {})(row.id + (5000 if hidden and row.version else 0))
        return {name: given for name, given in found.items() if not row.register.faces[name].to}

    def _version(self, row: Row, face: Face) -> int:
        """Alike where it is read; masked values differ beneath the mask; numbers that links tell are alike."""
        if face.kind.name == "number" and row.stance.name in _LINKED.values():
            return 0
        return 0 if reads(row.register, face, row.stance, self.who) == "shown" else row.version

    def _value(self, row: Row, face: Face, version: int) -> Any:
        if not face.to:
            return value(face, row.id, version)
        if row.register.__table__.c[face.name].unique:
            return row.id
        told = _LINKED[row.stance.links_hidden]
        return id_of(all_registers()[face.to], told) if version == 0 else LAST

    def _complete(self, row: Row) -> None:
        """Fill the optional columns as far as the table's checks allow, then vary what the onlooker doesn't read."""
        named, special = self._names(row), self._special(row)
        faces = [(name, face) for name, face in _plain_faces(row.register) if name not in named and name not in special]
        self._settle(row, {name: self._value(row, face, 0) for name, face in faces}, "filled")
        varied = {name: self._value(row, face, 1) for name, face in faces if self._version(row, face)}
        self.alike |= {(row.table, name) for name in self._settle(row, varied, "varied")}
        for lines in _lines_of(row.register):
            self._add_lines(row, lines)

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
        table = row.register.__table__
        try:
            with self.connection.begin_nested():
                self.connection.execute(update(table).where(table.c.id == row.id).values(values))
        except IntegrityError:
            return False
        return True

    def _add_lines(self, row: Row, lines: type[Lines]) -> None:
        """Two child lines; of a record that isn't read in full, other ones and one more."""
        varied = bool(row.version) and sight(row.register, row.stance, self.who) == NONE
        for n in range(3 if varied else 2):
            id_ = row.id * 10 + n
            values = {name: value(face, id_ % 10000, int(varied)) for name, face in lines.faces.items() if not face.to}
            self.connection.execute(insert(lines.__table__).values(id=id_, parent_id=row.id, position=n, **values))

    # --- what stands beside the registers -----------------------------------------------------------------------

    def _parties(self, rows: list[Row]) -> None:
        """Signers and holders of grants; of hidden rows other people too."""
        for row in rows:
            kind = {"next": "next", "signed": "signed", "granted": "granted", "lapsed": "granted"}.get(row.stance.party)
            if kind:
                until = MOMENT + timedelta(days=-400 if row.stance.party == "lapsed" else 4000)
                self._party(row, self.who.id, kind, until)
            elif row.version and row.register.has_party_table:
                self._party(row, PERSON_IDS["hr"], "signed", None)

    def _party(self, row: Row, person: int, kind: str, until: Any) -> None:
        values = {"table_name": row.table, "record_id": row.id, "person_id": person, "kind": kind, "until": until}
        self.connection.execute(insert(RecordParty).values(values))

    def _histories(self, rows: list[Row]) -> None:
        """Each row was added and changed; what the onlooker doesn't read was changed otherwise, and more often."""
        self.seq = self.connection.scalar(select(func.max(TrailEntry.seq))) or 0
        for row in rows:
            how = sight(row.register, row.stance, self.who)
            faces = [face for _name, face in _plain_faces(row.register)]
            if how in (NONE, CATALOGUE) and row.version:
                continue
            self._entry(row, "added", PERSON_IDS["admin"], faces)
            self._entry(row, "changed", id_of(all_registers()["employee"], "above"), faces)
            unread = [face for face in faces if reads(row.register, face, row.stance, self.who) == "absent"]
            if row.version == 0 and unread:
                self._entry(row, "changed", PERSON_IDS["hr"], unread)

    def _entry(self, row: Row, event: str, actor: int, faces: list[Face]) -> None:
        self.seq += 1
        self.connection.execute(insert(TrailEntry).values(
            seq=self.seq, at=MOMENT, actor_id=actor, event=event, table_name=row.table, record_id=row.id, level=0,
            detail=json.dumps({"version": 1, "fields": [face.name for face in faces]}), digest="0" * 64,
        ))  # fmt: skip
        values = [
            {"seq": self.seq, "position": n, "field": face.name, "salt": "", "digest": "",
             "old": as_json(self._value(row, face, self._version(row, face))),
             "new": as_json(self._value(row, face, self._version(row, face)))}
            for n, face in enumerate(faces)
        ]  # fmt: skip
        self.connection.execute(insert(TrailValue), values)


def id_of(register: type[Register], stance: str) -> int:
    """The id of the row of *register* that stands so."""
    return FIRST + next(n for n, one in enumerate(stances(register)) if one.name == stance)


def _plain_faces(register: type[Register]) -> list[tuple[str, Face]]:
    return [(name, face) for name, face in register.faces.items() if face.kind.name != "rows"]


def _lines_of(register: type[Register]) -> list[type[Lines]]:
    rows = [name for name, face in register.faces.items() if face.kind.name == "rows"]
    return [register.__mapper__.relationships[name].mapper.class_ for name in rows]


def restart_counters(connection: Connection) -> None:
    """PostgreSQL counts ids apart from the rows: let it go on behind ours."""
    if connection.dialect.name == "postgresql":
        for register in all_registers().values():
            tables = [register.__tablename__, *(lines.__tablename__ for lines in _lines_of(register))]
            for table in tables:
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 20000)"))
