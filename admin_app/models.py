"""The ground: Base, Register, child lines, all_registers(). The registers themselves lie in ``registers/<area>/``.

A register is one class; its class line carries what concerns the whole, its fields carry their own faces::

    class Visitor(Register, title="日来店顾客登记表", key="came_at name", list="came_at name phone", level=1,
                  scope="store owner", grants=desk_keeps):
        came_at: Mapped[Moment] = field("来店时间", also="日期", filter=True)

``__init_subclass__`` checks the declaration, freezes it, and only then lets SQLAlchemy build the mapper, so a wrong
class leaves nothing half registered. ``build_register`` makes the same class from data.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Integer, MetaData, SmallInteger, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from .declaration import REGISTERS, Declaration, Slip, declare_lines, declare_register
from .fields import Conditionals, Face, build_field
from .fields.columns import UtcMoment
from .permissions import Grants

#: 64-bit on PostgreSQL; on SQLite it must be INTEGER to be the rowid
Identity = BigInteger().with_variant(Integer, "sqlite")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the program; constraints are named by convention."""

    metadata = MetaData(naming_convention=NAMING)


def new_public_id() -> str:
    """An id for addresses: random, so that it tells nothing and can't be guessed (R-CONF-02)."""
    return secrets.token_urlsafe(12)


class Register(Base):
    """A register: a table people keep, with level, scope, author, version and void mark on every row."""

    __abstract__ = True

    #: the frozen declaration: faces, title, key, list, grants
    declaration: ClassVar[Declaration]
    faces: ClassVar[Mapping[str, Face]]
    #: the fields that are required or closed by what another holds
    conditionals: ClassVar[Conditionals]
    parties_see: ClassVar[frozenset[str]]
    #: what whoever sees a record as its party, and didn't write it, may fill in there; blank is all that they see
    parties_write: ClassVar[str] = ""
    #: of a request: what its parties see besides, unless they judge it below the level of what is asked for (R-CONF-14)
    concerned: ClassVar[str] = ""
    concerned_see: ClassVar[frozenset[str]]
    catalogue_shows: ClassVar[frozenset[str]]
    #: contents of classified rows open only to custodians and grant holders (R-CONF-04)
    need_to_know: ClassVar[bool] = False
    #: the rule by which rows come into being and change by operations only, never by a form or a ledger
    operations_only: ClassVar[str] = ""
    #: the signature after which nobody changes the record any more, on any path
    closes_with: ClassVar[str] = ""
    #: signatures that stand on the desks of those who give them, while they wait: ``reviewed_by_id, approved_by_id``, where
    #: a field says that one is due, and with heads before those above them: ``approved_by_id if budget of heads`` (R-DESK-01)
    awaited: ClassVar[str] = ""
    #: fields that are filled in once a form is judged (when it was paid, put right, remarked): they take no judgement back
    filled_after_judging: ClassVar[str] = ""
    #: the rule that says what on a form comes after what (``after=``, ``once_closed=``)
    steps_by: ClassVar[str] = ""
    #: the day or moment from which a record is kept as long as the law wants, and voided by nobody (R-PRIV-02)
    kept_from: ClassVar[str] = ""
    #: the clearance from which one is told who wrote a record and who acted on it; 0 is everybody (R-CONF-10)
    actors_level: ClassVar[int] = 0
    #: when the work on a record is over: a field that is then filled, or ``field: codes`` that it then holds; of such a
    #: record nothing is handed over to a successor (R-CUST-09)
    ends_with: ClassVar[str] = ""
    #: by when the work on a record is to be done: ``due_on``; which field is filled once it is, where ``ends_with`` doesn't
    #: tell; and whose work it is, where nobody has charge of the record: ``rectify_by until rectified_on by head_id``;
    #: or by which of its days a later record of the same customer takes its place: ``next_visit_on renewed visited_at``;
    #: where it is put off to: ``visit_on moved moved_to_on``; and that it ends with its customer, who is lost or withdrew,
    #: and is its author's while nobody has the customer: ``visit_on for customer_id`` (R-DESK-01, R-RELA-02)
    due: ClassVar[str] = ""
    #: how its records count in the monthly score of the person who answers for them (R-SCOR-01): their day, whose they are,
    #: when they were handed in, the fields expected: ``came_at of owner_id in sent_at leave leave_given expects grade source``
    scored: ClassVar[str] = ""
    #: its records cost points where they are handed in late by a day of their own: that day, whose points, and by which of its
    #: fields they were handed in: ``due_on of owner_id in sent_at filed_on`` (R-CUST-12)
    late_costs: ClassVar[str] = ""
    #: what a record does to a form that it names: while one stands, that form's choice holds this: ``visit_plan_id state: done``
    completes: ClassVar[str] = ""
    #: when its records are a contact with their customer, which keeps the customer from going cold: ``happened_at``, and the
    #: yes/no or the choice and its codes, by which it came about: ``happened_at if completed`` (R-CUST-09)
    contacted: ClassVar[str] = ""
    #: the day or moment of a contact that the company makes with the record's customer, who mustn't have withdrawn (R-PRIV-01)
    reaches: ClassVar[str] = ""
    #: what its records are called by, where the key alone tells a person nothing: ``number site_id``, with one link at most
    called: ClassVar[str] = ""
    #: somebody's birthday, and the field that says whose: ``birthday of name``; it comes up by itself for who looks after the
    #: record's customer (R-RELA-02). Lines say it of whom they name.
    born: ClassVar[str] = ""
    #: fields that tell, while a new record is typed, that there is one already: a phone, a number, a name
    told_by: ClassVar[str] = ""
    #: what the next form begins with after "save and add another": fields alike in a row of records typed in series
    carried: ClassVar[str] = ""
    #: the roles that make one of two records of one thing; blank is nobody (R-CUST-07)
    merged_by: ClassVar[str] = ""
    #: each of its records is one of the staff, whom it concerns: they decide nothing about it (R-ROLE-04)
    is_somebody: ClassVar[bool] = False
    #: its records are looked for from everywhere, in the jump box
    sought: ClassVar[bool] = False
    #: the paper that its records are printed on to be signed: ``slip("档案借阅单")``; None is no such paper
    on_paper: ClassVar[Slip | None] = None
    #: the name that its lists are sorted by, if it is one: ``sort_text`` then has its place among others by pinyin
    sorts_by_sound: ClassVar[str] = ""
    #: parties beyond the link columns (who signs, who holds a grant) stand in the table record_party
    has_party_table: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    level: Mapped[int] = mapped_column(SmallInteger, active_history=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(UtcMoment())
    #: employee ids without a foreign key: employees are never deleted, and every table would refer to one
    created_by_id: Mapped[int | None] = mapped_column(Identity)
    changed_at: Mapped[datetime] = mapped_column(UtcMoment())
    voided_at: Mapped[datetime | None] = mapped_column(UtcMoment(), active_history=True)
    voided_by_id: Mapped[int | None] = mapped_column(Identity)
    void_reason: Mapped[str | None] = mapped_column(String(200), active_history=True)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        # an UPDATE names the version it was read at, so that the later of two savers is told (R-LIST-04)
        return {"version_id_col": cls.__table__.c.version, "eager_defaults": False}

    def __init_subclass__(
        cls,
        title: str = "",
        key: str = "",
        list: str = "",
        level: int | None = None,
        scope: str = "",
        grants: Grants | None = None,
        parties: str = "",
        catalogue: str = "",
    ) -> None:
        declare_register(
            cls, title=title, key=key, list=list, level=level, scope=scope, grants=grants, parties=parties,
            catalogue=catalogue,
        )  # fmt: skip
        super().__init_subclass__()
        REGISTERS[cls.__tablename__] = cls


class Contents:
    """Mixin of working tables whose rows hold what people entered; without a named person they are empty (R-CONF-03)."""


class Lines(Base):
    """Repeating lines of a form: a child table of one register, shown and saved with its record."""

    __abstract__ = True
    faces: ClassVar[Mapping[str, Face]]
    parent_table: ClassVar[str]
    born: ClassVar[str] = ""

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, default=0)

    def __init_subclass__(cls, of: str = "") -> None:
        declare_lines(cls, of)
        cls.parent_id = mapped_column(Identity, ForeignKey(f"{of}.id"), index=True, nullable=False)
        super().__init_subclass__()


def all_registers() -> dict[str, type[Register]]:
    """Table name -> register class for every register loaded so far, by table name."""
    return dict(sorted(REGISTERS.items()))


def register_named(table: str) -> type[Register]:
    """The register with that table name; KeyError if there is none."""
    return REGISTERS[table]


def register_of(record: Any) -> type[Register]:
    """The register of a record, one on its way in by a ledger (``guard.adding``) included."""
    return REGISTERS[record.__tablename__]


def links_to(table: str) -> Sequence[tuple[type[Register], Face]]:
    """Every link that leads to *table*, with the register it stands in, in the order of the registers' tables."""
    return _links(tuple(all_registers().values())).get(table, ())


@lru_cache(maxsize=1)
def _links(registers: tuple[type[Register], ...]) -> Mapping[str, Sequence[tuple[type[Register], Face]]]:
    """Made anew when a register has been added."""
    leading = defaultdict(list)
    for register in registers:
        for face in register.faces.values():
            if face.to:
                leading[face.to].append((register, face))
    return dict(leading)


def lines_leading_to(table: str) -> Sequence[tuple[type[Lines], Face]]:
    """Every link that leads to *table* from the repeating lines of a form."""
    return [
        (lines, face)
        for register in all_registers().values()
        for rows in register.faces.values()
        if rows.kind.name == "rows"
        for lines in (lines_of(register, rows),)
        for face in lines.faces.values()
        if face.to == table
    ]


def lines_of(register: type[Register], face: Face) -> type[Lines]:
    """The child table behind a face of repeating lines."""
    return register.__mapper__.relationships[face.name].mapper.class_


def build_register(definition: Mapping[str, Any]) -> type[Register]:
    """A register from data: ``{"class", "fields": [{"name", "type", "label", "required", …}], title, key, list, …}``.

    The same class, checks and screens as one declared in source (R-IMPT-07 and all other rules hold alike).
    """
    body: dict[str, Any] = {"__module__": f"registers.{definition['area']}.stored", "__annotations__": {}}
    for options in definition["fields"]:
        body["__annotations__"][options["name"]], body[options["name"]] = build_field(dict(options))
    keywords = {name: definition[name] for name in definition if name not in ("class", "fields", "area")}
    return type(Register)(definition["class"], (Register,), body, **keywords)
