"""The full check of a file, which writes nothing: a verdict for each line, within the person's rights (R-IMPT-03)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..background import counted
from ..fields import Face, Fault, Reading
from ..operations.intakes import Intake
from .cells import read_column, state_secrets
from .consistency import (
    after_withdrawal,
    against_conditions,
    against_rules,
    contradictions,
    in_wrong_hands,
    spoken_of,
    under_open_forms,
)
from .examples import EXAMPLE_ROW, is_example
from .judging import BOTH, Judge, settle
from .keys import Key
from .linking import LinkFinder
from .mapping import Mapping
from .matching import Known
from .meanings import Meanings, translate
from .outcome import ADDED, CHANGED, SAME, Check, Line, Target
from .reading import Record, Table
from .uniques import taken
from .work import Work

#: records of which all fields are looked at together: more would take two kilobytes for each line
_AT_ONCE = 2000


@dataclass(frozen=True)
class Plan:
    """What the person decided: columns, key, mode (both, add, change), whether a blank cell clears its field."""

    mapping: Mapping
    key: Key
    mode: str = BOTH
    blank_clears: bool = False
    meanings: Meanings = field(default_factory=dict)


def check(work: Work, table: Table, plan: Plan) -> Check:
    """Judge every line of *table* as the acting person; raises Refused for columns that can't be so."""
    plan.mapping.require()
    session, reading = work.session, work.reading
    records, not_data = _split(table, plan.mapping, reading)
    find = LinkFinder(session, reading)
    columns = [read_column(column, face, records, reading, find) for column, face in plan.mapping.used]
    columns, words = translate(columns, work, plan.meanings)
    known = Known(session, work.register, columns, plan.key, spoken_of(work.register))
    signatures = [known.signature(position) for position in range(len(records))]
    known.look_up(signatures, reading)
    judge = Judge(
        work.intake, work.person, columns, table.headers, signatures, known, state_secrets(records, reading), plan.mode,
        plan.blank_clears, work.now,
    )  # fmt: skip
    lines = [
        judge.judge(position, record) for position, record in enumerate(counted(records, work.progress, "checking"))
    ]
    _refuse_broken(session, judge, lines, reading)
    settle(lines)
    targets = list({id(line.target): line.target for line in lines if line.target and line.target.changes}.values())
    return Check(plan.mapping, lines, targets, not_data, table.lines, plan.key, words)


def _split(table: Table, mapping: Mapping, reading: Reading) -> tuple[list[Record], dict[int, Any]]:
    """The records, and the lines that are no data, an unchanged example row of our template among them."""
    is_sample = is_example(mapping, reading)
    samples = {record.line for record in table.records[:1] if is_sample(record)}
    records = [record for record in table.records if record.line not in samples]
    return records, {**table.not_data, **dict.fromkeys(samples, EXAMPLE_ROW)}


def _refuse_broken(session: Session, judge: Judge, lines: Sequence[Line], reading: Reading) -> None:
    """Refuse the lines of records that the guard or the database would refuse: unique values, CHECKs, conditions."""
    register, targets = judge.intake.register, [target for target in judge.targets if target.changes]
    faces = [column.face for column in judge.columns]
    broken: dict[int, list[tuple[Face, Fault]]] = defaultdict(list)
    for index, face, fault in taken(session, register, faces, targets):
        broken[id(targets[index])].append((face, fault))
    for index, face, fault in in_wrong_hands(session, register, targets):
        broken[id(targets[index])].append((face, fault))
    for first in range(0, len(targets), _AT_ONCE):
        some = targets[first : first + _AT_ONCE]
        for index, face, fault in _against_each_other(session, judge.intake, some, reading):
            broken[id(some[index])].append((face, fault))
    for position, line in enumerate(lines):
        if (faults := broken.get(id(line.target))) and _is_answerable(line):
            line.refuse([judge.cell_fault(line.number, position, face.name, fault) for face, fault in faults])


def _against_each_other(
    session: Session, intake: Intake, targets: Sequence[Target], reading: Reading
) -> Iterator[tuple[int, Face, Fault]]:
    """Index, field and fault of each of *targets* whose fields can't stand beside each other."""
    register, values = intake.register, [_whole(intake, target) for target in targets]
    yield from contradictions(register, targets, values)
    yield from against_conditions(register, targets, values, reading)
    yield from under_open_forms(session, register, targets, values)
    yield from after_withdrawal(session, register, targets, values)
    yield from against_rules(session, register, targets, values)


def _is_answerable(line: Line) -> bool:
    """Whether the line made its record what it is: it added or changed it, or repeats a new one."""
    new = line.target is not None and line.target.row is None
    return line.verdict in (ADDED, CHANGED) or (new and line.verdict == SAME)


def _whole(intake: Intake, target: Target) -> dict[str, Any]:
    """All fields of the record as it will be, as far as the check knows them."""
    faces = intake.register.faces.values()
    if target.row is None:
        return {face.name: face.default for face in faces} | intake.completed(target.written)
    names = target.row.record._fields
    return {name: target.value(name) for name in names}
