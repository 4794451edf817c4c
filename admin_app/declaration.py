"""How a class line becomes a frozen declaration: checked, completed with scope columns and indexes, then mapped.

Used by ``models`` alone. Every fault is a :class:`DeclarationError` of one sentence that names the class.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from sqlalchemy import Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .checks import between
from .class_words import Born, Completes, Contact, Due, LateCost, Scored
from .fields import DeclarationError, Face, conditionals_of
from .fields.declare import FieldNote, RowsNote, column_of, link, moment_of_signature, person
from .fields.types import Signed
from .permissions import Grants, Level
from .signed import check_awaited, check_kept, check_order, check_signatures
from .texts import Word, word
from .usable import usable

#: what ``scope="…"`` may name -> the column that carries it
SCOPE_FIELDS: dict[str, tuple[str, Callable[[], FieldNote]]] = {
    "store": ("store_id", lambda: link("所属店面", to="store", computed=True, filter=True, section="归属")),
    "department": (
        "department_id",
        lambda: link("所属部门", to="department", computed=True, filter=True, section="归属"),
    ),
    "owner": ("owner_id", lambda: person("归属人", filter=True, section="归属")),
}


#: the longest name that PostgreSQL takes
_LONGEST_NAME = 63
#: the rows that lists show
_LISTED = "voided_at IS NULL"
#: functions of forms and elements, which a box of that name would hide from scripts
_CALLED_ON_FORMS = frozenset({"closest", "matches", "submit", "reset", "contains", "elements"})
#: compared by its bytes on both databases
_SORT_TEXT = String(500).with_variant(String(500, collation="C"), "postgresql")
#: table name -> register class, for every register declared so far
REGISTERS: dict[str, Any] = {}


@dataclass(frozen=True)
class Declaration:
    """The class line of a register, checked and frozen."""

    title: Word
    area: str
    key: tuple[str, ...]
    list: tuple[str, ...]
    level: Level
    scopes: tuple[str, ...]
    grants: Grants

    @property
    def sort(self) -> str:
        """The default sort: the first column of the list."""
        return self.list[0]

    def scope_columns(self) -> tuple[str, ...]:
        return tuple(SCOPE_FIELDS[scope][0] for scope in self.scopes)


@dataclass(frozen=True)
class Slip:
    """A register's form on paper: what it is called, the fields it leaves out, and who signs it besides its signatures."""

    title: Word
    without: frozenset[str]
    also: tuple[Word, ...]


def slip(title: str = "", *, without: str = "", also: str = "") -> Slip:
    """``slip("档案借阅单", without="source", also="客户")``: the paper of a record; without *title* called as its register."""
    return Slip(word(title, "title"), frozenset(without.split()), tuple(map(word, also.split())))


def declare_register(cls: Any, **line: Any) -> None:
    """Check the class line of register *cls* and give the class its columns, relationships, faces and indexes."""
    name = cls.__name__
    cls.__tablename__ = cls.__dict__.get("__tablename__") or snake_case(name)
    if not line["title"] or line["level"] is None or not line["key"] or not line["list"]:
        raise DeclarationError(f"{name}: give title, key, list and level on the class line")
    scopes = tuple(line["scope"].split())
    if wrong := [scope for scope in scopes if scope not in SCOPE_FIELDS]:
        raise DeclarationError(f"{name}: scope names {', '.join(wrong)}; it knows store, department and owner")
    _add_scope_fields(cls, scopes)
    lines = [note.lines for note in vars(cls).values() if isinstance(note, RowsNote)]
    cls.faces = _give_columns(cls)
    key, columns = tuple(line["key"].split()), tuple(line["list"].split())
    parties, catalogue, concerned = line["parties"].split(), line["catalogue"].split(), cls.concerned.split()
    _check_own_names(name, cls.faces, {*cls.__mro__[1].__dict__, *cls.__mro__[1].__annotations__})
    _check_called_on_forms(name, cls.faces)
    _check_names(name, cls.faces, key=key, list=columns, parties=parties, catalogue=catalogue, concerned=concerned)
    _check_columns(name, cls.faces, [*key, *columns])
    _check_classified(cls)
    _check_ending(cls)
    _check_due(cls)
    _check_names(
        name, cls.faces, reckoned=[one for face in cls.faces.values() if face.reckoned for one in face.reckoned.of]
    )
    _check_names(name, cls.faces, parties_write=cls.parties_write.split())
    _check_names(name, cls.faces, filled_after_judging=cls.filled_after_judging.split())
    _check_scored(cls)
    _check_late_costs(cls)
    _check_names(cls.__name__, cls.faces, completes=filter(None, [Completes.of(cls.completes).link]))
    _check_contact(cls)
    _check_reaches(cls)
    _check_names(name, cls.faces, told_by=cls.told_by.split(), on_paper=cls.on_paper.without if cls.on_paper else ())
    _check_called(cls)
    _check_born(cls, customer=True)
    _check_carried(cls)
    cls.conditionals = conditionals_of(name, cls.faces)
    _add_object_level(cls)
    cls.parties_see, cls.catalogue_shows = frozenset(parties), frozenset(catalogue)
    cls.concerned_see = frozenset([*parties, *concerned])
    check_signatures(cls)
    check_awaited(cls)
    check_order(cls)
    check_kept(cls)
    cls.declaration = Declaration(
        title=word(line["title"], "title"), area=_area(cls), key=key, list=columns, level=Level(line["level"]), scopes=scopes,
        grants=usable(line["grants"] or Grants(), cls, masks=any(map(_masks, (cls, *lines)))),
    )  # fmt: skip
    _add_sort_text(cls)
    checks = [
        one.constraint(cls.faces) if isinstance(one, between) else one for one in cls.__dict__.get("__table_args__", ())
    ]
    cls.__table_args__ = (*checks, *_indexes(cls))


def declare_lines(cls: Any, parent: str) -> None:
    """Give the child table *cls* of register *parent* its columns and faces."""
    if not parent:
        raise DeclarationError(f"{cls.__name__}: name its register with of=…")
    cls.parent_table = parent
    cls.__tablename__ = snake_case(cls.__name__)
    cls.faces = _give_columns(cls)
    if conditional := next((face.name for face in cls.faces.values() if face.only_if or face.required_if), None):
        raise DeclarationError(
            f"{cls.__name__}.{conditional}: lines have no conditions; only a register's own fields do"
        )
    _check_born(cls, customer=False)
    base = cls.__mro__[1]
    _check_own_names(cls.__name__, cls.faces, {"parent_id", *base.__dict__, *base.__annotations__})


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _area(cls: type) -> str:
    """The folder a register lies in: ``…registers.<area>.<subject>``."""
    parts = cls.__module__.split(".")
    return parts[parts.index("registers") + 1] if "registers" in parts[:-1] else ""


def _masks(cls: Any) -> bool:
    return any(face.mask for face in cls.faces.values())


def _add_scope_fields(cls: Any, scopes: tuple[str, ...]) -> None:
    for scope in scopes:
        column, note = SCOPE_FIELDS[scope]
        if column not in cls.__dict__:
            setattr(cls, column, note())
            cls.__annotations__[column] = Mapped[int | None]


def _add_object_level(cls: Any) -> None:
    """A request keeps the level of what it asks for; the guard sees to it, and a blank one is read as the highest."""
    objects = [face.name for face in cls.faces.values() if face.object]
    if len(objects) > 1 or bool(cls.concerned) > bool(objects):
        raise DeclarationError(f"{cls.__name__}: concerned goes with one link that has object=True (R-CONF-14)")
    if objects:
        cls.object_level = mapped_column(SmallInteger)


def _add_sort_text(cls: Any) -> None:
    """A list of names is in the order of their pinyin, which no index has of itself: it gets a column, which the guard fills."""
    if cls.faces[cls.declaration.sort].kind.words:
        cls.sorts_by_sound = cls.declaration.sort
        cls.sort_text = mapped_column(_SORT_TEXT, nullable=False, server_default="")


def _give_columns(cls: Any) -> dict[str, Face]:
    """Replace the notes of the class body by columns and relationships; the faces in the order of the form."""
    hints = get_type_hints(cls, include_extras=True)
    faces: dict[str, Face] = {}
    section = ""
    for name, annotation, note in list(_notes(cls, hints)):
        section = note.options.get("section", section)
        if isinstance(note, RowsNote):
            _relate_lines(cls, name, note)
            faces[name] = replace(note.face(name), section=section)
            continue
        note = replace(note, options={**note.options, "section": section})
        column = column_of(cls.__name__, name, annotation, note)
        setattr(cls, name, column)
        faces[name] = column.column.info["face"]
    return faces


def _notes(cls: Any, hints: dict[str, Any]) -> Iterator[tuple[str, Any, FieldNote | RowsNote]]:
    """Name, annotation and note of each field, a signature's moment right behind the signature."""
    for name, note in list(cls.__dict__.items()):
        if isinstance(note, RowsNote):
            yield name, None, note
        elif isinstance(note, FieldNote):
            if name not in hints:
                raise DeclarationError(f"{cls.__name__}.{name}: annotate it as Mapped[…]")
            yield name, hints[name], note
            if note.signature:
                yield from _moment(cls, name, note)


def _moment(cls: Any, name: str, note: FieldNote) -> Iterator[tuple[str, Any, FieldNote]]:
    if not name.endswith("_by_id"):
        raise DeclarationError(f"{cls.__name__}.{name}: the name of a signature ends in _by_id")
    moment = name.removesuffix("_by_id") + "_at"
    cls.__annotations__[moment] = Mapped[Signed | None]
    yield moment, Mapped[Signed | None], moment_of_signature(note)


def _relate_lines(cls: Any, name: str, note: RowsNote) -> None:
    lines = relationship(note.lines, cascade="all, delete-orphan", order_by=lambda: note.lines.position)
    setattr(cls, name, lines)


def _check_names(owner: str, faces: dict[str, Face], **lists: Any) -> None:
    for keyword, names in lists.items():
        if unknown := [name for name in names if name not in faces]:
            raise DeclarationError(f"{owner}: {keyword} names {', '.join(unknown)}, which it does not declare")


def _check_own_names(owner: str, faces: dict[str, Face], taken: Any) -> None:
    """A field named like what every register, or every line, has would take its place."""
    if own := next((name for name in faces if name in taken), None):
        raise DeclarationError(f"{owner}.{own}: every register or line has something of that name; choose another")


def _check_called_on_forms(owner: str, faces: dict[str, Face]) -> None:
    """A box named like a function of forms hides it from the scripts of its page."""
    if called := next((name for name in faces if name in _CALLED_ON_FORMS), None):
        raise DeclarationError(f"{owner}.{called}: scripts call a function of that name on forms; choose another")


def _check_columns(owner: str, faces: dict[str, Face], names: list[str]) -> None:
    """Repeating lines have a table of their own, so they are neither a column of the list nor part of the key."""
    if lines := next((name for name in names if faces[name].kind.name == "rows"), None):
        raise DeclarationError(f"{owner}: key and list can't name {lines}, which are repeating lines")


def _check_ending(cls: Any) -> None:
    """What says that the work is over is one of the register's fields: a choice where codes are named."""
    name, _, codes = cls.ends_with.partition(":")
    face = cls.faces.get(name)
    if cls.ends_with and (face is None or bool(codes.strip()) != bool(face.codes)):
        raise DeclarationError(
            f"{cls.__name__}: ends_with is a field, or a choice and its codes; {cls.ends_with} is neither"
        )


def _check_due(cls: Any) -> None:
    """What falls due is a day or moment; it is done when a field is filled or the work is over; a person's it is."""
    if not cls.due:
        return
    due = Due.of(cls.due)
    if due.field not in cls.faces or cls.faces[due.field].kind.name not in ("day", "moment"):
        raise DeclarationError(f"{cls.__name__}: due names {due.field}, which is no day and no moment of it")
    _check_names(cls.__name__, cls.faces, due=filter(None, (due.moved, due.customer)))
    if due.renewed:
        _check_names(cls.__name__, cls.faces, due=["customer_id", due.renewed])
    elif due.until not in cls.faces and (due.until or not (cls.ends_with or cls.closes_with)):
        raise DeclarationError(
            f"{cls.__name__}: due says until which of its fields is filled, as ends_with doesn't tell"
        )
    if due.moved and cls.faces[due.moved].kind.name != cls.faces[due.field].kind.name:
        raise DeclarationError(f"{cls.__name__}: due is moved by {due.moved}, which is no such day or moment")
    if due.customer and cls.faces[due.customer].to != "customer":
        raise DeclarationError(f"{cls.__name__}: due is for {due.customer}, which leads to no customer")
    if due.by and (due.by not in cls.faces or cls.faces[due.by].to != "employee"):
        raise DeclarationError(f"{cls.__name__}: due is by {due.by}, which names no employee")


def _check_scored(cls: Any) -> None:
    """What counts in a month's score has a day or moment of its own, and somebody whose it is."""
    if not cls.scored:
        return
    scored = Scored.of(cls.scored)
    names = [name for name in (*scored[:4], *scored.expects) if name]
    _check_names(cls.__name__, cls.faces, scored=names)
    if cls.faces[scored.day].kind.name not in ("day", "moment") or not scored.person:
        raise DeclarationError(f"{cls.__name__}: scored begins with a day or moment, and says of whom")


def _check_late_costs(cls: Any) -> None:
    """What costs points by being late has a day, somebody whose points they are, and days or moments of handing in."""
    if not cls.late_costs:
        return
    late = LateCost.of(cls.late_costs)
    _check_names(cls.__name__, cls.faces, late_costs=[late.due, late.person, *late.handed_in])
    kinds = {cls.faces[name].kind.name for name in late.handed_in}
    if cls.faces[late.due].kind.name != "day" or not kinds or kinds - {"day", "moment"}:
        raise DeclarationError(
            f"{cls.__name__}: late_costs is a day of a person, in days or moments; not {cls.late_costs}"
        )


def _check_contact(cls: Any) -> None:
    """A contact has a customer and a moment; what says whether it came about is a yes or no, or a choice with its codes."""
    if not cls.contacted:
        return
    contact = Contact.of(cls.contacted)
    _check_names(cls.__name__, cls.faces, contacted=["customer_id", contact.moment, *filter(None, [contact.when])])
    says = "choice" if contact.codes else "yesno"
    if cls.faces[contact.moment].kind.name != "moment" or (contact.when and cls.faces[contact.when].kind.name != says):
        raise DeclarationError(
            f"{cls.__name__}: contacted is a moment, if a yes or no, or a choice: codes; not {cls.contacted}"
        )


def _check_reaches(cls: Any) -> None:
    """What reaches a customer names the customer, and a day or moment."""
    _check_names(cls.__name__, cls.faces, reaches=["customer_id", cls.reaches] if cls.reaches else [])
    if cls.reaches and cls.faces[cls.reaches].kind.name not in ("day", "moment"):
        raise DeclarationError(f"{cls.__name__}: reaches is a day or moment; not {cls.reaches}")


def _check_called(cls: Any) -> None:
    """A title is of what everybody who sees a record gets of it, and asks for the title of one other record at most."""
    _check_names(cls.__name__, cls.faces, called=cls.called.split())
    faces = [cls.faces[name] for name in cls.called.split()]
    if unfit := next((face.name for face in faces if face.secret or face.kind.name in ("rows", "attachment")), None):
        raise DeclarationError(f"{cls.__name__}: called names {unfit}, which a title can't tell")
    if len([face for face in faces if face.to]) > 1:
        raise DeclarationError(f"{cls.__name__}: called names more than one link")


def _check_born(cls: Any, customer: bool) -> None:
    """A birthday is a day, whose is said, and of a register's own records the customer it concerns."""
    if not cls.born:
        return
    born = Born.of(cls.born)
    _check_names(cls.__name__, cls.faces, born=[born.day, born.whose, *(["customer_id"] if customer else [])])
    if cls.faces[born.day].kind.name != "day":
        raise DeclarationError(f"{cls.__name__}: born begins with {born.day}, which is no day")


def _check_carried(cls: Any) -> None:
    """What the next form begins with is plain: typed by people, no lines and no files."""
    _check_names(cls.__name__, cls.faces, carried=cls.carried.split())
    for face in (cls.faces[name] for name in cls.carried.split()):
        if face.computed or face.inherited or face.series or face.kind.name in ("rows", "attachment"):
            raise DeclarationError(
                f"{cls.__name__}: carried names {face.name}, which nobody types from one form to the next"
            )


def _check_classified(cls: Any) -> None:
    if cls.__dict__.get("need_to_know") and not any(face.custodian for face in cls.faces.values()):
        raise DeclarationError(f"{cls.__name__}: need_to_know wants a field with custodian=True (R-CONF-04)")


def _indexes(cls: Any) -> list[Index]:
    """The row rule's index recipe: the default sort alone, and led by each scope, the author and each party column.

    They hold what lists show, the rows not voided, and the level last: so rows are skipped and sifted without being read.
    """
    table, sort = cls.__tablename__, "sort_text" if cls.sorts_by_sound else cls.declaration.sort
    parties = [face.name for face in cls.faces.values() if face.party or face.custodian]
    leads = dict.fromkeys((*cls.declaration.scope_columns(), "created_by_id", *parties))
    return [
        _index(table, sort, where=_LISTED),
        *(
            _index(table, lead, sort, where=f"{_LISTED} AND {lead} IS NOT NULL" if lead in parties else _LISTED)
            for lead in leads
            if lead != sort
        ),
        _index(table, "voided_at", where="voided_at IS NOT NULL"),
        *(_once(table, face.name, int(cls.declaration.level)) for face in cls.faces.values() if face.once),
    ]


def _once(table: str, column: str, level: int) -> Index:
    """A name stands once among the records of the register's own level."""
    where = text(f"level = {level}")
    return Index(f"uq_{table}_{column}", column, unique=True, sqlite_where=where, postgresql_where=where)


def _index(table: str, *columns: str, where: str) -> Index:
    name = f"ix_{table}_{'_'.join(columns)}"
    if len(name) > _LONGEST_NAME:
        raise DeclarationError(f"{table}: the index {name} has a longer name than PostgreSQL takes; shorten the fields")
    return Index(name, *columns, "id", "level", sqlite_where=text(where), postgresql_where=text(where))
