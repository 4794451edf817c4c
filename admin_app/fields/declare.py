"""The words a register is declared with: field(), choice(), link(), person(), sign(), child_rows().

Each leaves a note in the class body. When the class is declared, ``column_of`` joins the note with the annotation into a
mapped column that carries its face; a wrong declaration becomes one sentence naming class, field and fault.
"""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from ..texts import Word, word
from . import types
from .choices import CodeKind, CodesKind
from .face import Face
from .kind import Kind
from .links import LinkKind, RowsKind

_OPTIONS = frozenset(Face.__dataclass_fields__) - {"name", "kind", "required", "signature"}


class DeclarationError(TypeError):
    """A register is declared wrongly; the message names the class and the fault and stops the program at start."""


@dataclass(frozen=True)
class FieldNote:
    """What a class body says of one field, before it is joined with its annotation."""

    label: Word
    options: dict[str, Any] = dataclass_field(default_factory=dict)
    unique: bool = False
    #: the foreign key is added when both tables exist, for registers that refer to one another
    late: bool = False
    #: a signature also gets the column for its moment
    signature: bool = False


@dataclass(frozen=True)
class RowsNote:
    """What a class body says of repeating lines."""

    label: Word
    lines: type
    options: dict[str, Any] = dataclass_field(default_factory=dict)

    def face(self, name: str) -> Face:
        return Face(name=name, label=self.label, kind=RowsKind(), required=False, **self.options)


def field(label: str, *, unique: bool = False, late: bool = False, **options: Any) -> Any:
    """A field with its Chinese *label*; options are those of :class:`Face`, ``also`` being one string or a tuple."""
    if isinstance(also := options.get("also"), str):
        options["also"] = tuple(also.split())
    if options.get("reckoned"):
        options["computed"] = True
    return FieldNote(word(label), options, unique, late)


def choice(label: str, *, codes: str, **options: Any) -> Any:
    """One code of the list *codes*; annotate with ``Code``."""
    return field(label, codes=codes, **options)


def choices(label: str, *, codes: str, **options: Any) -> Any:
    """Several codes of the list *codes*; annotate with ``Codes``."""
    return field(label, codes=codes, **options)


def link(label: str, *, to: str, **options: Any) -> Any:
    """A link to a record of the register with table name *to*; the field's name ends in ``_id``."""
    return field(label, to=to, **options)


def person(label: str, **options: Any) -> Any:
    """A link to an employee."""
    return link(label, to="employee", **options)


def sign(label: str, **options: Any) -> Any:
    """A signature, written by operations only: who (this field, ``…_by_id``) and when (``…_at``, added beside it).

    ``signed_with="edit"`` vouches for what was filled in, ``"approve"`` judges it; both say who: ``roles="store_manager"`` or
    several roles, or ``by="chair_id"`` for the person whom that field of the form names. ``after="…"`` names what is filled
    or signed before it.
    """
    if not isinstance(roles := options.get("roles", ""), str):
        options["roles"] = " ".join(roles)
    note = person(label, party=True, computed=True, **options)
    return FieldNote(note.label, note.options, signature=True)


def child_rows(label: str, lines: type, **options: Any) -> Any:
    """The repeating lines of a form: rows of the child table *lines*, masked field by field there, never as a whole."""
    if options.get("mask"):
        raise DeclarationError(f"{lines.__name__}: mask the fields of the lines, not the lines ({label})")
    return RowsNote(word(label), lines, options)


def column_of(owner: str, name: str, annotation: Any, note: FieldNote) -> MappedColumn[Any]:
    """The mapped column of one field, its face in ``info["face"]``."""
    if unknown := note.options.keys() - _OPTIONS:
        raise DeclarationError(f"{owner}.{name}: unknown option {', '.join(sorted(unknown))}")
    value_type, required = _unwrap(owner, name, annotation)
    kind = _kind(owner, name, value_type, note.options)
    if note.options.get("today") and kind.name not in ("day", "moment"):
        raise DeclarationError(f"{owner}.{name}: today is for a day or moment")
    given_out = any(note.options.get(option) for option in ("series", "computed", "inherited"))
    face = Face(
        name=name, label=note.label, kind=kind, required=required and not given_out, signature=note.signature, **note.options
    )  # fmt: skip
    key = [ForeignKey(f"{face.to}.id", use_alter=note.late)] if face.to else []
    return mapped_column(
        kind.column_type(), *key, nullable=not required, unique=note.unique or None, info={"face": face},
        active_history=True,  # the trail wants the value before, also where it had not been loaded
    )  # fmt: skip


def moment_of_signature(note: FieldNote) -> FieldNote:
    """The note for the moment that belongs to a signature."""
    beside = {option: note.options[option] for option in ("section", "place", "level") if option in note.options}
    return FieldNote(word(f"{note.label}时间"), {"computed": True, "filter": True, **beside})


def build_field(options: dict[str, Any]) -> tuple[Any, FieldNote]:
    """Annotation and note of a field given as data: ``{"name", "type": "Phone", "label", "required": True, …}``."""
    options = dict(options)
    options.pop("name")
    try:
        value_type = int if options.get("to") else getattr(types, options.pop("type"))
    except (KeyError, AttributeError):
        raise DeclarationError(f"no field type for {options.get('label')!r}") from None
    required = options.pop("required", False)
    return (Mapped[value_type] if required else Mapped[value_type | None]), field(options.pop("label"), **options)


def _unwrap(owner: str, name: str, annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is not Mapped:
        raise DeclarationError(f"{owner}.{name}: annotate it as Mapped[…]")
    inner = get_args(annotation)[0]
    if get_origin(inner) in (Union, UnionType):
        kept = [part for part in get_args(inner) if part is not NoneType]
        return kept[0], len(kept) == len(get_args(inner))
    return inner, True


def _kind(owner: str, name: str, value_type: Any, options: dict[str, Any]) -> Kind:
    if to := options.get("to"):
        if not name.endswith("_id"):
            raise DeclarationError(f"{owner}.{name}: the name of a link ends in _id")
        return LinkKind(to)
    mark = value_type.__metadata__[0] if get_origin(value_type) is Annotated else None
    if mark in ("code", "codes"):
        if not options.get("codes"):
            raise DeclarationError(f"{owner}.{name}: name its code list with choice(…, codes=…)")
        return (CodeKind if mark == "code" else CodesKind)(options["codes"])
    if not isinstance(mark, Kind):
        raise DeclarationError(f"{owner}.{name}: {value_type!r} is no field type; use those of admin_app.fields")
    return mark
