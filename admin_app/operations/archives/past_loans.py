"""The paper ledger of past loans: closed history, brought in by who may import it, never edited (R-LOAN-02)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...fields import Face, Fault
from ...guard.stamps import operating
from ...models import Register
from ...permissions import Action, Facts, Person
from ...rules.loan_history import LEDGER, may_edit, may_enter_history
from ...rules.rights import may_do
from ...verdicts import Verdict
from .. import records
from ..intakes import Intake, takes_in

#: what the paper ledger has columns for, and whether a line needs it; the return date has its own refusal
_COLUMNS = {
    "issued_at": True, "ledger_item_name": True, "ledger_borrower": False, "copies": False, "purpose": False,
    "reason": True, "due_at": False, "returned_at": False, "returned_copies": False, "condition": False,
    "remark": False,
}  # fmt: skip


@takes_in("archive_loan")
@dataclass(frozen=True)
class PastLoans(Intake):
    """A line is one item lent and returned long ago, named in the ledger's own words."""

    def may_enter(self, person: Person) -> Verdict:
        return may_do(person, Action.IMPORT, self.register)

    def may_add(self, person: Person) -> Verdict:
        return self.may_enter(person)

    def may_change(self, person: Person, facts: Facts) -> Verdict:
        return may_edit(LEDGER)

    def faces(self, person: Person) -> list[Face]:
        return [replace(self.register.faces[name], required=required) for name, required in _COLUMNS.items()]

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().completed(values), "source": LEDGER, "state": "returned"}

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        verdict = may_enter_history(values["issued_at"], values.get("returned_at"), now, may_import=True)
        return None if verdict else ("returned_at", Fault(verdict.code, verdict.reason))

    def add(self, session: Session, values: Mapping[str, Any]) -> Register:
        with operating(session):
            return records.create(session, self.register, self.completed(values))
