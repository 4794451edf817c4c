"""What fields of one line say against each other, judged by the table's own CHECKs before the database would.

The CHECKs are asked of an SQLite table in memory, so that no rule is written a second time, and once for lines that say
the same; those for PostgreSQL alone say the same as their SQLite twins. Fields required or closed by what others hold
are judged as the guard does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    literal_column,
    not_,
    select,
)
from sqlalchemy.orm import Session

from ..fields import Conditional, Face, Fault, Reading, conditional_faults
from ..guard.many import add_rows
from ..guard.under import closed_among, links_under, not_yet
from ..guard.withdrawn import NO_MORE, day_reached, is_too_late, withdrawn_among
from ..models import Register
from ..operations.archives.custody import may_hold
from ..operations.followups import row_judges
from ..permissions import View
from ..texts import say, several
from .outcome import Target


def constraints(register: type[Register]) -> list[tuple[str, list[Face]]]:
    """Each CHECK of the table as SQL, with the fields it speaks of."""
    found = []
    for constraint in register.__table__.constraints:
        if isinstance(constraint, CheckConstraint) and _holds_on_sqlite(constraint):
            sql = str(constraint.sqltext)
            words = set(re.findall(r"\w+", sql))
            found.append((sql, [face for face in register.faces.values() if face.name in words]))
    return found


def _holds_on_sqlite(constraint: CheckConstraint) -> bool:
    limited = getattr(constraint, "_ddl_if", None)
    return limited is None or limited.dialect == "sqlite"


def contradictions(
    register: type[Register], targets: Sequence[Target], values: Sequence[dict]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, first field and fault of each target whose *values* (all fields the CHECKs speak of) break a CHECK."""
    checks = constraints(register)
    names = {face.name: face for _, faces in checks for face in faces}
    if not names or not targets:
        return
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(values):
        alike[tuple(map(row.get, names))].append(index)
    places = list(alike.values())
    rows = [dict(zip(("at", *names), (at, *one), strict=True)) for at, one in enumerate(alike)]
    lines, engine = _line(register, tuple(names)), create_engine("sqlite://")
    with engine.begin() as memory:
        lines.create(memory)
        add_rows(memory, lines, rows)
        for sql, faces in checks:
            broken = memory.scalars(select(lines.c.at).where(not_(literal_column(f"({sql})")))).all()
            for index in (index for at in broken for index in places[at]):
                yield index, faces[0], Fault("inconsistent", _reason(faces))
    engine.dispose()


@cache
def _line(register: type[Register], names: tuple[str, ...]) -> Table:
    """A table of what is asked about lines of *register*."""
    columns = [Column(name, register.__table__.c[name].type) for name in names]
    return Table("line", MetaData(), Column("at", Integer), *columns)


def _reason(faces: Sequence[Face]) -> object:
    labels = several(face.label for face in faces)
    if len(faces) == 1:
        return say("“{fields}”的值不合规定", fields=labels)
    return say("“{fields}”互相矛盾，请核对", fields=labels)


def spoken_of(register: type[Register]) -> list[str]:
    """The fields that are judged against each other."""
    of_checks = (face.name for _, faces in constraints(register) for face in faces)
    return [*of_checks, *(face.name for one in register.conditionals.values() for face in one.faces)]


def against_conditions(
    register: type[Register], targets: Sequence[Target], values: Sequence[dict], reading: Reading
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, field and fault of each target that leaves blank what its other fields require, or fills what they close."""
    if not register.conditionals:
        return
    for index, (target, row) in enumerate(zip(targets, values, strict=True)):
        asked = {name: one for name, one in register.conditionals.items() if _is_read(target, one)}
        changed = row if target.row is None else target.changes
        for name, fault in conditional_faults(asked, row, changed, reading).items():
            yield index, register.faces[name], fault


def under_open_forms(
    session: Session, register: type[Register], targets: Sequence[Target], values: Sequence[dict]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, link and fault of each target that names a form which isn't closed yet, as the guard asks (R-DEVE-01); one query
    for each such link."""
    for face in links_under(register):
        named = {
            index: id_
            for index, (target, row) in enumerate(zip(targets, values, strict=True))
            if (id_ := target.changes.get(face.name)) is not None and not _is_history(register, target, row)
        }
        closed = closed_among(session, face, set(named.values())) if named else set()
        for index, id_ in named.items():
            if id_ not in closed:
                yield index, face, Fault("not_signed", not_yet(face))


def after_withdrawal(
    session: Session, register: type[Register], targets: Sequence[Target], values: Sequence[dict]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, link and fault of each target that tells of a contact with a customer who had withdrawn, as the guard asks
    (R-PRIV-01); one query."""
    moved = {"customer_id", register.reaches} if register.reaches else set()
    told = {
        index: (row["customer_id"], row.get(register.reaches))
        for index, (target, row) in enumerate(zip(targets, values, strict=True))
        if target.changes.keys() & moved and row.get("customer_id") is not None
    }
    withdrew = withdrawn_among(session, {customer for customer, _at in told.values()})
    for index, (customer, at) in told.items():
        if is_too_late(day_reached(session, at), withdrew.get(customer)):
            yield index, register.faces["customer_id"], Fault("wrong_state", NO_MORE)


def against_rules(
    session: Session, register: type[Register], targets: Sequence[Target], values: Sequence[dict]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, field and fault of each target that writing would refuse, where an operation judges rows beforehand.

    Of a record whose fields the person doesn't read they aren't told beforehand.
    """
    for fields, judge in row_judges(register):
        faces = [register.faces[name] for name in fields]
        asked = [
            index
            for index, target in enumerate(targets)
            if target.changes.keys() & set(fields) and _are_read(target, faces) and values[index].keys() >= set(fields)
        ]
        for place, name, verdict in judge(session, [values[index] for index in asked]) if asked else ():
            yield asked[place], register.faces[name], Fault(verdict.code, verdict.reason)


def in_wrong_hands(
    session: Session, register: type[Register], targets: Sequence[Target]
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, link and fault of each target that newly names somebody without a role that the link asks for (R-CONF-04); one
    query for each such link."""
    for face in (face for face in register.faces.values() if face.held_by):
        asked = ((index, target.changes.get(face.name)) for index, target in enumerate(targets))
        named = {index: id_ for index, id_ in asked if id_ is not None}
        verdicts = may_hold(session, face, set(named.values())) if named else {}
        for index, id_ in named.items():
            if not verdicts[id_]:
                yield index, face, Fault(verdicts[id_].code, verdicts[id_].reason)


def _is_history(register: type[Register], target: Target, row: dict) -> bool:
    """Whether the target comes in closed already."""
    return target.row is None and bool(register.closes_with) and row.get(register.closes_with) is not None


def _is_read(target: Target, one: Conditional) -> bool:
    """Whether the person reads the field and what it hangs on; else they are neither asked nor told."""
    return _are_read(target, one.faces)


def _are_read(target: Target, faces: Sequence[Face]) -> bool:
    return target.row is None or all(target.row.view(face) is View.SHOWN for face in faces)
