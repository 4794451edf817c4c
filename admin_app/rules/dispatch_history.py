"""Dispatches of an older ledger: closed history, never one that is still open (R-DISP-01)."""

from datetime import datetime

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .dispatch_steps import CLOSED
from .moments import instant


@rule("R-DISP-01", "旧台账的派单只作为已结历史录入：已交定金、拒单、失效或撤回的。")
def may_enter_history(state: str, proposed_at: datetime, sent_at: datetime | None, now: datetime) -> Verdict:
    """Whether a past order may be entered: refused "wrong_state" for an open one, "time_order" for one of the future."""
    if state not in CLOSED:
        return refuse("R-DISP-01", "wrong_state", say("还在办理的派单不能导入，请按步骤建议和确认"))
    moments = [instant(proposed_at), *([instant(sent_at)] if sent_at else []), instant(now)]
    if moments != sorted(moments):
        return refuse("R-DISP-01", "time_order", say("派出时间须在建议之后、现在之前"))
    return ALLOWED
