"""How a register takes in a ledger: which fields its lines fill, what is checked beyond them, how a line is written.

Every register takes lines in as a form would; one that only operations write refuses, unless an operation says how a
ledger of it enters (R-IMPT-07). Such operations attach by table name and are found by walking this package.
"""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from ..fields import Face, Fault
from ..guard.stamps import operating
from ..models import Register
from ..permissions import Action, Facts, Person
from ..rules.combining import first_refusal
from ..rules.rights import may_do
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from . import records
from .values import writable

#: what has no text form in a ledger: repeating lines of a form, and stored files
_NOT_IN_LEDGERS = ("rows", "attachment")


@dataclass(frozen=True)
class Intake:
    """The ordinary way in: by the right to import, with the fields and the rights of a form."""

    register: type[Register]

    def may_enter(self, person: Person) -> Verdict:
        """Whether *person* may bring in a ledger of this register at all."""
        return first_refusal(may_do(person, Action.IMPORT, self.register), self._typed_by_hand())

    def _typed_by_hand(self) -> Verdict:
        if not self.register.operations_only:
            return ALLOWED
        return refuse("R-IMPT-07", "operation_only", say("这类记录只能按规定的步骤产生，不能导入"))

    def may_add(self, person: Person) -> Verdict:
        """Whether *person* may bring in new records."""
        return may_do(person, Action.ADD, self.register)

    def may_change(self, person: Person, facts: Facts) -> Verdict:
        """Whether *person* may change the record with these *facts* by a line."""
        return may_do(person, Action.EDIT, self.register, facts)

    def faces(self, person: Person) -> list[Face]:
        """The fields a line may fill, in the order of the form."""
        return [face for face in writable(self.register, person) if face.kind.name not in _NOT_IN_LEDGERS]

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is written for a new line of these *values*; a blank leaves the field to its default."""
        return {name: value for name, value in values.items() if value is not None}

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        """What is wrong with a new line as a whole, and the field to show it at."""
        return None

    def add(self, session: Session, many: Sequence[Mapping[str, Any]]) -> list[Register]:
        """Write new lines; raises Refused as a form would."""
        return records.add_many(session, self.register, [self.completed(values) for values in many])


@dataclass(frozen=True)
class ClosedHistory(Intake):
    """What an older ledger brings in as over and done with, by the right to import alone; nobody changes it (R-IMPT-07)."""

    #: what the ledger has columns for, and whether a line needs it
    columns: ClassVar[Mapping[str, bool]]

    def may_enter(self, person: Person) -> Verdict:
        return may_do(person, Action.IMPORT, self.register)

    def may_add(self, person: Person) -> Verdict:
        return self.may_enter(person)

    def faces(self, person: Person) -> list[Face]:
        return [replace(self.register.faces[name], required=required) for name, required in self.columns.items()]

    def add(self, session: Session, many: Sequence[Mapping[str, Any]]) -> list[Register]:
        with operating(session):
            return records.create_many(session, self.register, [self.completed(values) for values in many])


_INTAKES: dict[str, type[Intake]] = {}


def takes_in(table: str) -> Callable[[type[Intake]], type[Intake]]:
    """Mark a class as the way in for ledgers of *table*."""

    def mark(intake: type[Intake]) -> type[Intake]:
        _INTAKES[table] = intake
        return intake

    return mark


def intake_of(register: type[Register]) -> Intake:
    """The way in for ledgers of *register*."""
    _load_all()
    return _INTAKES.get(register.__tablename__, Intake)(register)


@cache
def _load_all() -> None:
    package = import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{__package__}."):
        import_module(module.name)
