"""The older ledger of dispatches: closed history, brought in by who may import it, never edited (R-DISP-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...fields import Fault
from ...permissions import Facts, Person
from ...rules.dispatch_history import may_enter_history
from ...texts import say
from ...verdicts import Verdict, refuse
from ..intakes import ClosedHistory, takes_in


@takes_in("dispatch_order")
@dataclass(frozen=True)
class PastOrders(ClosedHistory):
    """A line is one dispatch that is over: with its deposit, refused, lapsed or withdrawn."""

    columns = {
        "proposed_at": True, "customer_id": True, "designer_id": True, "facts": False, "special_wishes": False,
        "amount_expected": False, "large_order": False, "off_plan": False, "not_first_reason": False,
        "dispatched_at": False, "designer_answer": False, "answered_at": False, "state": True, "remark": False,
    }  # fmt: skip

    def may_change(self, person: Person, facts: Facts) -> Verdict:
        return refuse("R-DISP-01", "locked", say("已登记的派单不能用导入更改"))

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"facts": str(say("旧台账")), **super().completed(values)}

    def fault(self, values: Mapping[str, Any], now: datetime) -> tuple[str, Fault] | None:
        verdict = may_enter_history(values["state"], values["proposed_at"], values.get("dispatched_at"), now)
        return None if verdict else ("state", Fault(verdict.code, verdict.reason))
