"""The older ledger of dispatches: closed history, brought in by who may import it, never edited (R-DISP-01)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...fields import Face, Fault
from ...guard.stamps import operating
from ...models import Register
from ...permissions import Action, Facts, Person
from ...rules.dispatch_history import may_enter_history
from ...rules.rights import may_do
from ...texts import say
from ...verdicts import Verdict, refuse
from .. import records
from ..intakes import Intake, takes_in

#: what an older ledger has columns for, and whether a line needs it
_COLUMNS = {
    "proposed_at": True, "customer_id": True, "designer_id": True, "facts": False, "special_wishes": False,
    "amount_expected": False, "large_order": False, "off_plan": False, "not_first_reason": False,
    "dispatched_at": False, "designer_answer": False, "answered_at": False, "state": True, "remark": False,
}  # fmt: skip


@takes_in("dispatch_order")
@dataclass(frozen=True)
class PastOrders(Intake):
    """A line is one dispatch that is over: with its deposit, refused, lapsed or withdrawn."""

    def may_enter(self, person: Person) -> Verdict:
        return may_do(person, Action.IMPORT, self.register)

    def may_add(self, person: Person) -> Verdict:
        return self.may_enter(person)

    def may_change(self, person: Person, facts: Facts) -> Verdict:
        return refuse("R-DISP-01", "locked", say("已登记的派单不能用导入更改"))

    def faces(self, person: Person) -> list[Face]:
        return [replace(self.register.faces[name], required=required) for name, required in _COLUMNS.items()]

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"facts": str(say("旧台账")), **super().completed(values)}

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        verdict = may_enter_history(values["state"], values["proposed_at"], values.get("dispatched_at"), now)
        return None if verdict else ("state", Fault(verdict.code, verdict.reason))

    def add(self, session: Session, values: Mapping[str, Any]) -> Register:
        with operating(session):
            return records.create(session, self.register, self.completed(values))
