"""What somebody has charge of, in every register, as the declarations tell it (R-CUST-09).

A link to an employee is a duty where the field says ``handed_over``, or says nothing and is the record's owner or
custodian. Everything else that names a person (signatures, authors, who received, who is scored) is a fact.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from ...declaration import SCOPE_FIELDS
from ...fields import Face
from ...guard.conditions import filtered
from ...guard.listing import ListQuery, count_each
from ...guard.session import acting
from ...models import Register, all_registers, register_named
from ...permissions import Action, Person, Scope, ceiling

_OWNER = SCOPE_FIELDS["owner"][0]


def duties(register: type[Register]) -> list[Face]:
    """The fields of *register* whose person has charge of the record; what is taken over from another follows that."""
    people = (face for face in register.faces.values() if face.to == "employee")
    return [face for face in people if not (face.computed or face.inherited) and _is_duty(face)]


def _is_duty(face: Face) -> bool:
    return (face.custodian or face.name == _OWNER) if face.handed_over is None else face.handed_over


def follows(register: type[Register], face: Face, record: Any = None) -> bool:
    """Whether the owner of a record is that of the one it belongs to, and so needs no successor of its own (R-CONF-01).

    Asked of a register in general, or of one *record*, whose link may be blank.
    """
    links = (link for link in register.faces.values() if link.belongs and _OWNER in register_named(link.to or "").faces)
    return face.name == _OWNER and any(record is None or getattr(record, link.name) is not None for link in links)


def still_open(cls: Any) -> ColumnElement[bool]:
    """Rows of register *cls* that are still worked on: not voided, not closed by their last signature, not finished."""
    parts = [cls.voided_at.is_(None)]
    if cls.closes_with:
        parts.append(getattr(cls, cls.closes_with).is_(None))
    if cls.ends_with:
        name, _, codes = cls.ends_with.partition(":")
        column = getattr(cls, name)
        parts.append(column.is_(None) | column.not_in(codes.split()) if codes else column.is_(None))
    return and_(*parts)


def registers_with_duties() -> Sequence[type[Register]]:
    """Every register in which somebody has charge of records, what others belong to before what belongs to it."""
    return _in_order(tuple(all_registers().values()))


@lru_cache(maxsize=1)
def _in_order(registers: tuple[type[Register], ...]) -> Sequence[type[Register]]:
    """Made anew when a register has been added."""
    found: dict[str, type[Register]] = {}
    asked: set[str] = set()
    by_name = {register.__tablename__: register for register in registers}

    def add(register: type[Register]) -> None:
        if register.__tablename__ not in asked:
            asked.add(register.__tablename__)
            for face in register.faces.values():
                if face.belongs:
                    add(by_name[face.to or ""])
            found[register.__tablename__] = register

    for register in registers:
        add(register)
    return [register for register in found.values() if duties(register)]


class Charge(NamedTuple):
    """How many open records of a register somebody has charge of by one field, as far as the acting person sees."""

    register: type[Register]
    face: Face
    number: int


def charges(session: Session, employee_id: int) -> list[Charge]:
    """What hangs on an employee, counted as lists count; hidden records and fields count for nothing (R-CONF-02)."""
    person = acting(session)
    asked = [
        (register, face)
        for register in registers_with_duties()
        if person.has_part_in(register.__tablename__)
        for face in duties(register)
    ]
    numbers = count_each(session, [_of(register, face, employee_id) for register, face in asked])
    return [Charge(*one, number) for one, number in zip(asked, numbers, strict=True) if number]


def _of(register: type[Register], face: Face, employee_id: int) -> ListQuery:
    return ListQuery(register, ["id"], [filtered(face, "equals", [employee_id]), _in_work])


def _in_work(cls: Any, person: Person) -> Any:
    """A condition with a name of its own: lists keep their statements by their conditions."""
    return still_open(cls)


def may_know(person: Person, register: type[Register], level: int) -> bool:
    """Whether *person* sees every record of *register* at that level, so that a number of them tells nothing new."""
    if person.seen_by is not None and not may_know(person.seen_by, register, level):
        return False
    reach = person.reach(Action.SEE, register.__tablename__)
    sees_all = reach is not None and (Scope.ALL in reach or not register.declaration.scopes)
    return sees_all and level <= ceiling(person, register)
