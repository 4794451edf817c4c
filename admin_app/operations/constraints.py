"""A write that the database refused, told at its field: the CHECK or unique key that stood against it.

A rule refuses first; whatever is left comes here. A CHECK may bring a sentence of its own in ``info["sentence"]``.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CheckConstraint, Constraint, Index, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from ..fields import Face, Fault
from ..models import Register
from ..rules.disclosures import DISCLOSURES, TOLD_BY_KEY, disclose
from ..texts import Text, say, several
from .values import MISSING

_IN_ORDER = re.compile(r"(\w+) <=? (\w+)")


class Broken(Exception):
    """What was written breaks a constraint; ``fault`` says which, at the field named ``field``."""

    def __init__(self, field: str, fault: Fault):
        super().__init__(str(fault.reason))
        self.field, self.fault = field, fault


@contextmanager
def told(register: type[Register]) -> Iterator[None]:
    """Around a transaction that writes a record of *register*: raises Broken for an IntegrityError."""
    try:
        yield
    except IntegrityError as error:
        raise _broken(register, error) from error


def _broken(register: type[Register], error: IntegrityError) -> Broken:
    names = _names_in(error)
    for constraint in _constraints(register):
        faces = _faces(register, constraint)
        if faces and names & {str(constraint.name), _columns(register, constraint)}:
            return _of_check(faces, constraint) if isinstance(constraint, CheckConstraint) else _of_key(register, faces)
    for face in register.faces.values():
        if f"{register.__tablename__}.{face.name}" in names:
            return Broken(face.name, MISSING)
    return Broken(register.declaration.key[0], Fault("inconsistent", say("与已有的数据冲突，没有保存，请核对")))


def _names_in(error: IntegrityError) -> set[str]:
    """What the database calls the constraint: SQLite its name or its columns at the end of the message."""
    diagnostics = getattr(error.orig, "diag", None)
    if diagnostics is None:
        return {str(error.orig).rpartition(": ")[2]}
    return {str(diagnostics.constraint_name), f"{diagnostics.table_name}.{diagnostics.column_name}"}


def _constraints(register: type[Register]) -> Iterator[Constraint | Index]:
    yield from (one for one in register.__table__.constraints if isinstance(one, CheckConstraint | UniqueConstraint))
    yield from (index for index in register.__table__.indexes if index.unique)


def _columns(register: type[Register], constraint: Any) -> str:
    return ", ".join(f"{register.__tablename__}.{column.name}" for column in getattr(constraint, "columns", ()))


def _faces(register: type[Register], constraint: Any) -> list[Face]:
    """The fields that *constraint* speaks of, in its order."""
    if isinstance(constraint, CheckConstraint):
        names = re.findall(r"\w+", str(constraint.sqltext))
    else:
        names = [column.name for column in constraint.columns]
    return [register.faces[name] for name in dict.fromkeys(names) if name in register.faces]


def _of_check(faces: Sequence[Face], check: CheckConstraint) -> Broken:
    return Broken(faces[-1].name, Fault("inconsistent", check.info.get("sentence") or _sentence(faces, check)))


def _sentence(faces: Sequence[Face], check: CheckConstraint) -> Text:
    if len(faces) == 1:
        return say("“{field}”的值不合规定", field=faces[0].label)
    if _IN_ORDER.fullmatch(str(check.sqltext)) and all(face.kind.name in ("day", "moment") for face in faces):
        return say("“{later}”不能早于“{earlier}”", later=faces[1].label, earlier=faces[0].label)
    return say("“{fields}”互相矛盾，请核对", fields=several(face.label for face in faces))


def _of_key(register: type[Register], faces: Sequence[Face]) -> Broken:
    """One sentence whether the other record is seen or hidden, so that it tells no more than the refusal does."""
    face = faces[-1]
    fact = TOLD_BY_KEY.get((register.__tablename__, face.name))
    plain = fact is not None and not DISCLOSURES[fact].reveals
    reason = disclose(fact) if fact and plain else say("这个值不能使用，请核对或换一个")
    return Broken(face.name, Fault("taken", reason))
