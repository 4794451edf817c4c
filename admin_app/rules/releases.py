"""A later change of a single item in a statistic that has been given out (R-ARCH-08). 003 篇十一 11."""

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-ARCH-08", "报表发放以后，个别项有误的登记修改，写明项目、原数和改后，原数保留。")
def may_note_change(issued: bool, item: str, before: str, after: str) -> Verdict:
    """Whether a change of *item* may be noted; refused "wrong_state" before the issue, "incomplete"."""
    if not issued:
        return refuse("R-ARCH-08", "wrong_state", say("还没有发放，直接修改即可"))
    if not (item.strip() and before.strip() and after.strip()):
        return refuse("R-ARCH-08", "incomplete", say("请写明修改项目、原数和改后"))
    return ALLOWED


@rule("R-ARCH-08", "个别项修改只由总经理批准，批准后备案。")
def may_approve_changes(pending: int) -> Verdict:
    """Whether there is anything to approve; refused "wrong_state"."""
    return ALLOWED if pending else refuse("R-ARCH-08", "wrong_state", say("没有待批准的个别项修改"))
