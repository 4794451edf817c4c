"""The rows of a twin: which there are of each register, and what stands in their columns."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from admin_app.declaration import SCOPE_FIELDS
from admin_app.fields import Face
from admin_app.models import Register, register_named
from tests.every_register.examples import filled
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, STORE_IDS
from tests.fixtures.records import SPECIAL, within
from tests.noninterference.stances import (
    ALWAYS,
    FULL,
    NONE,
    TOP,
    Onlooker,
    Stance,
    is_request,
    level_of,
    reads,
    sight,
    stances,
)
from tests.noninterference.values import MARKS, MOMENT, value

#: the first of our ids; the company's own rows have small ones
FIRST, LAST = 1001, 1099
#: who has a part in what the onlooker has none in
SOMEBODY_ELSE = defaultdict(lambda: PERSON_IDS["hr"], hr=PERSON_IDS["auditor"])
#: who wrote what the onlooker didn't
_AUTHOR = defaultdict(lambda: PERSON_IDS["admin"], admin=PERSON_IDS["hr"])
#: ids of rows that only one of the twins holds
EXTRA = {0: (1060, 1061, 1062), 1: (1070,)}
#: links to what the program adds up rows for, seen or not (a customer's newest credit line, a designer's orders): rows that
#: are hidden lead elsewhere in both twins, the others to one place
#: (or whose being there is told: a customer's open complaint; or, of an archive type, to the department whose head approves
#: what is destroyed, R-ARCH-07)
_ADDED_UP = {
    ("credit_line", "customer_id"), ("site_visit", "project_site_id"), ("site_station_log", "site_id"),
    ("archive_type", "department_id"), ("dispatch_order", "designer_id"), ("design_agreement", "designer_id"),
    ("complaint", "customer_id"),
}  # fmt: skip
#: what links of rows lead to
_LINKED = {True: "above", False: "mine"}
#: what else belongs to; the number of these is alike in both, as a link tells it (R-CONF-02)
_OWNERS = ("above", "mine", "theirs")


def id_of(register: type[Register], stance: str) -> int:
    """The id of the row of *register* that stands so."""
    return FIRST + next(n for n, one in enumerate(stances(register)) if one.name == stance)


def plain_faces(register: type[Register]) -> dict[str, Face]:
    """The fields that are columns, without links to registers that the twins leave empty."""
    faces = ((name, face) for name, face in register.faces.items() if face.kind.name != "rows")
    return {name: face for name, face in faces if not face.to or face.to in filled()}


@dataclass(frozen=True)
class Row:
    """One record of twin *version*, as it stands to *who*."""

    register: type[Register]
    stance: Stance
    id: int
    version: int
    who: Onlooker

    @property
    def table(self) -> str:
        return self.register.__tablename__

    @property
    def sight(self) -> str:
        return sight(self.register, self.stance, self.who)

    def reads(self, face: Face) -> str:
        return reads(self.register, face, self.stance, self.who)

    def version_of(self, face: Face) -> int:
        """Alike where it is read; masked values differ beneath the mask; numbers that links tell are alike."""
        if face.kind.name == "number" and self.stance.name in _OWNERS:
            return 0
        return 0 if self.reads(face) == "shown" else self.version

    def value(self, face: Face, version: int) -> Any:
        """What stands in a field in that version; links of version 1 lead elsewhere."""
        if not face.to:
            return within(self.register, face, value(face, self.id, version))
        if self.register.__table__.c[face.name].unique:
            return self.id
        if face.belongs or (self.table, face.name) in _ADDED_UP:
            return self._owner(face)
        return self.link(face) if version == 0 else LAST

    def link(self, face: Face) -> int:
        """What a link of the row or of its lines leads to."""
        return id_of(register_named(face.to or ""), _LINKED[self.stance.links_hidden])

    def _owner(self, face: Face) -> int:
        """What the row belongs to, or is added up for: of its own level and scope, so that taking these over changes nothing.

        Hidden rows belong elsewhere.
        """
        if self.sight == NONE:
            return LAST
        owner = "above" if self.level == TOP else "theirs" if self.stance.scope == "theirs" else "mine"
        return id_of(register_named(face.to or ""), owner)

    def required(self) -> dict[str, Any]:
        """The least that the table takes: what no screen shows of a row differs too."""
        columns = self.register.__table__.c
        faces = {name: face for name, face in plain_faces(self.register).items() if not columns[name].nullable}
        values = {name: self.value(face, self.version_of(face)) for name, face in faces.items()}
        defaults = {name: face.default for name, face in faces.items() if face.default is not None}
        return {**values, **defaults, **self._own(), **self.special(), **self.named()}

    def links(self) -> dict[str, Any]:
        return {name: self.value(face, 0) for name, face in plain_faces(self.register).items() if face.to}

    @property
    def level(self) -> int:
        """The level that the row has in this twin."""
        level = level_of(self.register, self.stance)
        return min(level + 1, TOP) if self.sight == NONE and self.version and not self._owns else level

    def _own(self) -> dict[str, Any]:
        """The columns every register has."""
        hidden = self.sight == NONE
        author = self.who.id if self.stance.written else _AUTHOR[self.who.username]
        return {
            "id": self.id,
            "public_id": f"{self.table[:14]}-{self.id}" + (f"-{self.version}" if hidden else ""),
            "level": self.level,
            "version": 1,
            "created_by_id": author,
            "created_at": MOMENT,
            "changed_at": MOMENT + timedelta(days=self.version),
            **({"object_level": self.stance.asks} if is_request(self.register) else {}),
            **(self._void(author) if self.stance.voided else {}),
        }

    @property
    def _owns(self) -> bool:
        """Whether other rows belong to it: their level is never below its (R-CONF-01), and is theirs to be seen by."""
        return self.stance.name in _OWNERS

    def _void(self, author: int) -> dict[str, Any]:
        version = 0 if self.sight == FULL else self.version
        return {"voided_at": MOMENT, "voided_by_id": author, "void_reason": f"作废{MARKS[version]}"}

    def named(self) -> dict[str, Any]:
        """The scope columns, and the column that makes the onlooker a party or the custodian."""
        who, faces = self.who, self.register.faces.values()
        mine = {"store": who.store, "department": who.department, "owner": who.id}
        theirs = {
            "store": STORE_IDS["城西店"],
            "department": DEPARTMENT_IDS["城西店"],
            "owner": PERSON_IDS["clerk2"],
        }
        chosen = {"mine": mine, "ours": {**mine, "owner": theirs["owner"]}, "theirs": theirs}[self.stance.scope]
        named = {SCOPE_FIELDS[scope][0]: chosen[scope] for scope in self.register.declaration.scopes}
        if self.stance.party == "link":
            parties = [face.name for face in faces if face.party]
            named[min(parties, key=lambda name: name in named)] = (
                who.id
            )  # as the owner only where there is no other link
        if self.stance.custodian:
            named[next(face.name for face in faces if face.custodian)] = who.id
        return named

    def special(self) -> Mapping[str, Any]:
        """What a table demands beyond its faces; links stay ours."""
        other = 5000 if self.sight == NONE and self.version else 0
        found = SPECIAL.get(self.table, lambda number: {})(self.id + other)
        faces = self.register.faces
        return {
            name: SOMEBODY_ELSE[self.who.username] if faces[name].party and given == self.who.id else given
            for name, given in found.items()
            if faces[name].to in (None, "employee")
        }


def rows_of(register: type[Register], version: int, who: Onlooker) -> list[Row]:
    """One row for each stance, hidden ones that only this twin has, and a last one so that both count on alike."""
    extra = replace(ALWAYS[0], name="extra", scope="theirs")
    extras = [Row(register, extra, id_, version, who) for id_ in EXTRA[version]]
    return [
        *(Row(register, stance, FIRST + n, version, who) for n, stance in enumerate(stances(register))),
        *(row for row in extras if row.sight == NONE),
        Row(register, replace(extra, name="last"), LAST, version, who),
    ]
