"""The paper ledger of past loans: closed history, brought in by who may import it, never edited (R-LOAN-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...fields import Fault
from ...permissions import Facts, Person
from ...rules.loan_history import LEDGER, may_edit, may_enter_history
from ...verdicts import Verdict
from ..intakes import ClosedHistory, takes_in


@takes_in("archive_loan")
@dataclass(frozen=True)
class PastLoans(ClosedHistory):
    """A line is one item lent and returned long ago, named in the ledger's own words."""

    #: the return date has its own refusal
    columns = {
        "issued_at": True, "ledger_item_name": True, "ledger_borrower": False, "copies": False, "purpose": False,
        "reason": True, "due_at": False, "returned_at": False, "returned_copies": False, "condition": False,
        "remark": False,
    }  # fmt: skip

    def may_change(self, person: Person, facts: Facts) -> Verdict:
        return may_edit(LEDGER)

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().completed(values), "source": LEDGER, "state": "returned"}

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        verdict = may_enter_history(values["issued_at"], values.get("returned_at"), now, may_import=True)
        return None if verdict else ("returned_at", Fault(verdict.code, verdict.reason))
