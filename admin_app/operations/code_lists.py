"""Code lists kept by admin: options added, renamed, retired and taken up again, never deleted (R-CUST-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Face
from ..guard import trail
from ..guard.session import acting
from ..models import Lines, Register, all_registers
from ..rules.code_lists import may_be_called, may_change_list, may_grow
from ..rules.powers import may_administer
from ..texts import Word
from ..verdicts import require
from ..working.codes import CodeEntry


@dataclass(frozen=True)
class CodeList:
    """A list that some field offers: its name, what its fields are labelled, and where they stand."""

    name: str
    labels: tuple[Word, ...]
    places: tuple[tuple[Word, Word], ...]


def code_lists() -> Sequence[CodeList]:
    """The lists that fields of registers offer, by the label of their first field."""
    used: dict[str, list[tuple[Any, Face]]] = {}
    for register in all_registers().values():
        for face in _faces(register):
            if face.codes:
                used.setdefault(face.codes, []).append((register.declaration.title, face))
    lists = [
        CodeList(name, tuple(dict.fromkeys(face.label for _title, face in places)),
                 tuple((title, face.label) for title, face in places))
        for name, places in used.items()
    ]  # fmt: skip
    return sorted(lists, key=lambda one: one.labels[0])


def _faces(register: type[Register]) -> list[Face]:
    """The fields of a register and of its child lines."""
    lines = [cls for cls in Lines.__subclasses__() if cls.parent_table == register.__tablename__]
    return [*register.faces.values(), *(face for cls in lines for face in cls.faces.values())]


def entries(session: Session, name: str) -> Sequence[CodeEntry]:
    """The options of the list *name* in their order, retired ones among them."""
    of_list = select(CodeEntry).where(CodeEntry.codes == name)
    return session.scalars(of_list.order_by(CodeEntry.position, CodeEntry.code)).all()


def add(session: Session, name: str, label: str) -> CodeEntry:
    """A new option at the end; raises Refused: role, locked, incomplete, taken, wrong_state (the list is full)."""
    held = _held(session, name)
    require(may_grow(len(held)))
    require(may_be_called(label, [one.label for one in held]))
    numbers = [int(one.code[4:]) for one in held if one.code.startswith("own_") and one.code[4:].isdecimal()]
    entry = CodeEntry(
        codes=name, code=f"own_{max(numbers, default=0) + 1}", label=label.strip(), retired=False, source="+",
        position=max((one.position for one in held), default=0) + 1,
    )  # fmt: skip
    session.add(entry)
    _changed(session, entry, None)
    return entry


def rename(session: Session, name: str, code: str, label: str) -> None:
    """Call an option otherwise, in old records too; raises Refused: role, locked, incomplete, taken."""
    held = _held(session, name)
    entry = _entry(session, name, code)
    require(may_be_called(label, [one.label for one in held if one is not entry]))
    before, entry.label = entry.label, label.strip()
    _changed(session, entry, before)


def retire(session: Session, name: str, code: str, retired: bool) -> None:
    """Offer an option no longer, or again; old records keep it. Raises Refused: role, locked."""
    _held(session, name)
    entry = _entry(session, name, code)
    entry.retired = retired
    _changed(session, entry, entry.label)


def _held(session: Session, name: str) -> Sequence[CodeEntry]:
    require(may_administer(acting(session).roles))
    require(may_change_list(name))
    return entries(session, name)


def _entry(session: Session, name: str, code: str) -> CodeEntry:
    """LookupError where there is no such option."""
    entry = session.get(CodeEntry, (name, code))
    if entry is None:
        raise LookupError(f"no option {code} in {name}")
    return entry


def _changed(session: Session, entry: CodeEntry, before: str | None) -> None:
    session.flush()
    trail.note(
        session,
        "code_list_changed",
        codes=entry.codes,
        option=entry.code,
        old=before,
        new=entry.label,
        retired=entry.retired,
    )
