"""The verdict of each line: against the register, against the lines above it, by the rights of the person.

Lines above that mean the same record come first: a later one that differs changes it, and the record is written once,
as the last of them leaves it. If that is how the register has it already, none of them changes anything, so that the
same file again stays without effect (R-IMPT-05). By a key of the person's own choice, which need not tell records apart,
no line overwrites one above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..fields import Fault
from ..guard.cells import Row
from ..operations.intakes import Intake
from ..operations.values import MISSING, missing
from ..permissions import Person, View
from ..texts import say
from ..verdicts import Verdict
from .cells import STATE_SECRET, ReadColumn
from .matching import Known, Signature
from .outcome import ADDED, CHANGED, DUPLICATE, SAME, CellFault, Line, Target
from .reading import Record

BOTH, ADD_ONLY, CHANGE_ONLY = "both", "add", "change"
FIXED = Fault("fixed", say("这一栏一经写定，不能更改"))
AMBIGUOUS = Fault("ambiguous", say("登记中有多条这样的记录，无法确定是哪一条"))
EXISTS = Fault("exists", say("登记中已有这条记录，本次只新增"))
NO_KEY = Fault("no_key", say("认记录的栏目空着，无法确定是哪一条"))
REPEATED = Fault("repeated", say("文件里上面已有这条记录而内容不同，无法确定以哪一行为准"))
NOT_FOUND = Fault("not_found", say("登记中没有这条记录，本次只更新"))


@dataclass
class Judge:
    """Judges the lines of one file in their order; *secrets*: line -> cells with a state-secret mark."""

    intake: Intake
    person: Person
    columns: Sequence[ReadColumn]
    headers: Sequence[str]
    signatures: Sequence[Signature | None]
    known: Known
    secrets: Mapping[int, list[int]]
    mode: str
    blank_clears: bool
    now: datetime
    targets: list[Target] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faces = self.intake.faces(self.person)
        self.required = [face for face in self.faces if face.required]
        self.may_add = self.intake.may_add(self.person)
        self._first: dict[tuple[Any, ...], Line] = {}
        self._of_row: dict[int, Target] = {}
        self._new: dict[Signature, Target] = {}

    def judge(self, position: int, record: Record) -> Line:
        """The verdict of the record at *position*."""
        line = Line(record.line)
        if faults := self._unusable(record):
            line.refuse(faults)
            return line
        content = tuple(c.texts[position] if c.faults[position] else c.values[position] for c in self.columns)
        if (first := self._first.get(content)) is not None:
            line.verdict, line.target, line.repeats = DUPLICATE, first.target, first
            return line
        self._compare(line, position)
        if line.target is not None:
            self._first[content] = line
        return line

    def _unusable(self, record: Record) -> list[CellFault]:
        """Faults for which a line isn't looked at any further."""
        marked = self.secrets.get(record.line)
        if marked is not None:
            names = {column.column.index: column.face.name for column in self.columns}
            return [
                CellFault(
                    record.line,
                    self.headers[index],
                    names.get(index),
                    record.cells[index],
                    STATE_SECRET.code,
                    STATE_SECRET.reason,
                )
                for index in marked
            ] or [CellFault(record.line, "", None, "", STATE_SECRET.code, STATE_SECRET.reason)]
        if surplus := [cell for cell in record.surplus if cell.strip()]:
            reason = say("这一行比表头多出 {number} 格，可能错了位", number=len(surplus))
            return [CellFault(record.line, "", None, surplus[0], "too_many_cells", reason)]
        return []

    def _compare(self, line: Line, position: int) -> None:
        signature = self.signatures[position]
        rows = self.known.found.get(signature, []) if signature is not None else []
        if rows:
            self._against_register(line, position, rows)
        elif signature in self._new:
            self._against_above(line, position, self._new[signature])
        else:
            self._as_new(line, position, signature)

    # --- a record that the register has -------------------------------------------------------------------------

    def _against_register(self, line: Line, position: int, rows: list[Row]) -> None:
        differences = [self._difference(position, self._target(row)) for row in rows]
        for row, (changes, faults) in zip(rows, differences, strict=True):
            if not changes and not faults:
                line.verdict, line.target = SAME, self._target(row)
                return
        changes, faults = differences[0]
        if len(rows) > 1:
            self._refuse(line, position, {self.known.key[0].face.name: AMBIGUOUS})
        elif faults:
            self._refuse(line, position, faults)
        elif not (verdict := self.intake.may_change(self.person, rows[0].facts)):
            self._refuse(line, position, dict.fromkeys([next(iter(changes))], _as_fault(verdict)))
        else:
            self._change(line, position, self._target(rows[0]), changes)

    def _against_above(self, line: Line, position: int, target: Target) -> None:
        changes, faults = self._difference(position, target)
        if faults:
            self._refuse(line, position, faults)
        elif changes:
            self._change(line, position, target, changes)
        else:
            line.verdict, line.target = SAME, target

    def _change(self, line: Line, position: int, target: Target, changes: Mapping[str, Any]) -> None:
        if self.mode == ADD_ONLY:
            self._refuse(line, position, {next(iter(changes)): EXISTS})
            return
        if self.known.by_choice and target.written:
            self._refuse(line, position, {self.known.key[0].face.name: REPEATED})
            return
        line.verdict, line.target = CHANGED, target
        target.written.update(changes)

    def _difference(self, position: int, target: Target) -> tuple[dict[str, Any], dict[str, Fault]]:
        """What the line would change of the record, and the faults in the way."""
        changes: dict[str, Any] = {}
        faults: dict[str, Fault] = {}
        for column in self.columns:
            name, value, fault = column.face.name, column.values[position], column.faults[position]
            if (fault is None and value == target.value(name)) or self._leaves(column, position, target):
                continue
            if fault is None and value is None and column.face.required:
                fault = MISSING
            if fault is None and column.face.fixed:
                fault = FIXED
            if fault is not None:
                faults[name] = fault
            else:
                changes[name] = value
        return changes, faults

    def _leaves(self, column: ReadColumn, position: int, target: Target) -> bool:
        """Whether the cell leaves the field as it is: blank, beyond the person's sight, or just what they see of it."""
        text = column.texts[position]
        if not text.strip() and not self.blank_clears:
            return True
        if target.row is None or column.face.name in target.written:
            return False
        cell = target.row.cell(column.face)
        return cell.view is View.ABSENT or (bool(text) and text == cell.text)

    def _target(self, row: Row) -> Target:
        known = self._of_row.get(row.record.id)
        if known is None:
            known = self._of_row[row.record.id] = Target(row)
            self.targets.append(known)
        return known

    # --- a new record -------------------------------------------------------------------------------------------

    def _as_new(self, line: Line, position: int, signature: Signature | None) -> None:
        values = {column.face.name: column.values[position] for column in self.columns}
        faults = {column.face.name: column.faults[position] for column in self.columns if column.faults[position]}
        faults |= missing(self.required, values, faults)
        if not faults and (whole := self.intake.fault(values, self.now)) is not None:
            faults = dict([whole])
        if not faults and signature is None and self.known.by_choice:
            faults = {self.known.key[0].face.name: NO_KEY}
        if not self.may_add:
            faults = {"": _as_fault(self.may_add)}
        elif not faults and self.mode == CHANGE_ONLY:
            faults = {"": NOT_FOUND}
        if faults:
            self._refuse(line, position, faults)
            return
        line.verdict, line.target = ADDED, Target(None, values)
        self.targets.append(line.target)
        if signature is not None:
            self._new[signature] = line.target

    # --- refusing -----------------------------------------------------------------------------------------------

    def _refuse(self, line: Line, position: int, faults: Mapping[str, Fault]) -> None:
        line.refuse([self.cell_fault(line.number, position, name, fault) for name, fault in faults.items()])

    def cell_fault(self, number: int, position: int, name: str, fault: Fault) -> CellFault:
        """The fault of field *name* in words of the file; "" for one of the line as a whole."""
        for column in self.columns:
            if column.face.name == name:
                return CellFault(number, column.column.header, name, column.texts[position], fault.code, fault.reason)
        face = next((face for face in self.faces if face.name == name), None)
        return CellFault(number, face.label if face else "", name or None, "", fault.code, fault.reason)


def _as_fault(verdict: Verdict) -> Fault:
    return Fault(verdict.code, verdict.reason or say("不能办理"))


def settle(lines: Iterable[Line]) -> None:
    """What only the whole file shows: changes that come to nothing, and repeats of lines refused after all."""
    for line in lines:
        if (
            line.verdict == CHANGED
            and line.target is not None
            and line.target.row is not None
            and not line.target.changes
        ):
            line.verdict = SAME
        if line.repeats is not None and line.repeats.target is None:
            line.refuse([_moved(fault, line.number) for fault in line.repeats.faults])


def _moved(fault: CellFault, number: int) -> CellFault:
    return CellFault(number, fault.column, fault.field, fault.value, fault.code, fault.reason)
