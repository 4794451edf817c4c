"""Values that stand once in a register: a second one is refused, telling only the permitted fact (R-CONF-15)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..fields import Face, Fault
from ..guard import elevated
from ..models import Register
from ..rules.disclosures import TOLD_BY_KEY, Fact, disclose
from ..texts import Text, say
from .outcome import Target

_CHUNK = 500


def taken(
    session: Session, register: type[Register], faces: Iterable[Face], targets: list[Target]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index of the target, field and fault for each value that another record has, hidden ones included."""
    for face in faces:
        if face.once or register.__table__.c[face.name].unique:
            yield from _taken(session, register, face, targets)


def _taken(
    session: Session, register: type[Register], face: Face, targets: list[Target]
) -> Iterator[tuple[int, Face, Fault]]:
    written = [(index, target.changes.get(face.name)) for index, target in enumerate(targets)]
    written = [(index, value) for index, value in written if value is not None]
    owners = _owners(session, register, face, [value for _, value in written])
    first: dict[Any, int] = {}
    for index, value in written:
        row = targets[index].row
        owner = owners.get(value)
        if (owner is not None and (row is None or row.record.id != owner)) or first.setdefault(value, index) != index:
            yield index, face, Fault("taken", _sentence(register, face, value))


def _owners(session: Session, register: type[Register], face: Face, values: list[Any]) -> dict[Any, int]:
    """value -> id of the record that has it, read beneath the row rule; only that there is one gets out.

    Of names only those of the register's own level count, which whoever may write there sees.
    """
    owners: dict[Any, int] = {}
    column = getattr(register, face.name)
    among = (register.level == int(register.declaration.level),) if face.once else ()
    with elevated(session) as beneath:
        for start in range(0, len(values), _CHUNK):
            found = beneath.execute(
                select(column, register.id).where(column.in_(values[start : start + _CHUNK]), *among)
            )
            owners.update((value, id_) for value, id_ in found)
    return owners


def _sentence(register: type[Register], face: Face, value: Any) -> Text:
    fact = TOLD_BY_KEY.get((register.__tablename__, face.name))
    if fact is not None:
        return disclose(fact, **({"number": value} if fact is Fact.NUMBER_ISSUED else {}))
    return say("“{field}”不能重复，请核对", field=face.label)
