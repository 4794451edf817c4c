"""How a register takes in a ledger: which fields its lines may fill, what is checked beyond them, how a line is written.

Every register takes lines in as a form would; one that only operations write refuses, unless an operation says how a
ledger of it enters (R-IMPT-07). Such operations attach by table name and are found by walking this package.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..fields import Face, Fault
from ..guard.session import acting
from ..models import Register
from ..permissions import Action, Person
from ..rules.combining import first_refusal
from ..rules.rights import may_do
from ..texts import say
from ..verdicts import Verdict, refuse
from . import records
from .followups import load_all
from .values import writable

#: what has no text form in a ledger: repeating lines of a form, and stored files
_NOT_IN_LEDGERS = ("rows", "attachment")


@dataclass(frozen=True)
class Intake:
    """The ordinary way in: by the right to import, with the fields and the rights of a form."""

    register: type[Register]

    def may_enter(self, person: Person) -> Verdict:
        """Whether *person* may bring in a ledger of this register at all."""
        return first_refusal(self._is_typed(), may_do(person, Action.IMPORT, self.register))

    def _is_typed(self) -> Verdict:
        if not self.register.operations_only:
            return Verdict(True)
        return refuse("R-IMPT-07", "operation_only", say("这类记录只能按规定的步骤产生，不能导入"))

    def may_add(self, person: Person) -> Verdict:
        return may_do(person, Action.ADD, self.register)

    def faces(self, person: Person) -> list[Face]:
        """The fields a line may fill, in the order of the form."""
        return [face for face in writable(self.register, person) if face.kind.name not in _NOT_IN_LEDGERS]

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        """What is wrong with a new line as a whole, and the field it shows at."""
        return None

    @property
    def may_change(self) -> bool:
        """Whether a line may change the record it names."""
        return True

    def add(self, session: Session, values: Mapping[str, Any]) -> Register:
        """Write one new line; raises Refused as a form would."""
        return records.add(session, self.register, values)


_INTAKES: dict[str, type[Intake]] = {}


def takes_in(table: str) -> Callable[[type[Intake]], type[Intake]]:
    """Mark a class as the way in for ledgers of *table*."""

    def mark(intake: type[Intake]) -> type[Intake]:
        _INTAKES[table] = intake
        return intake

    return mark


def intake_of(register: type[Register]) -> Intake:
    """The way in for ledgers of *register*."""
    load_all()
    return _INTAKES.get(register.__tablename__, Intake)(register)
