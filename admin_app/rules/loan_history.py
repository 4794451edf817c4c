"""Past loans from a paper ledger: closed history, exempt from the limits, never edited (R-LOAN-02)."""

from datetime import datetime

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant

#: the value of a loan's source column that marks closed history
LEDGER = "ledger"


@rule("R-LOAN-02", "旧台账的借阅只作为已结历史录入，须有归还日期，只由有外借登记导入权限的人录入。")
def may_enter_history(issued_at: datetime, returned_at: datetime | None, now: datetime, may_import: bool) -> Verdict:
    """Whether a past loan may be entered; *may_import*: the person's right to import archive_loan."""
    if not may_import:
        return refuse("R-LOAN-02", "role", say("没有导入外借登记册的权限"))
    if returned_at is None:
        return refuse("R-LOAN-02", "no_return_date", say("历史借阅须有归还日期"))
    if not instant(issued_at) <= instant(returned_at) <= instant(now):
        return refuse("R-LOAN-02", "time_order", say("归还时间须在借出之后、现在之前"))
    return ALLOWED


@rule("R-LOAN-02", "旧台账录入的借阅不得更改。")
def may_edit(source: str) -> Verdict:
    """Refused ("locked") for a loan that came from a ledger."""
    if source != LEDGER:
        return ALLOWED
    return refuse("R-LOAN-02", "locked", say("历史借阅不能更改"))
