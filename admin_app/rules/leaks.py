"""Leaks: who may report one, who is told by whom, how long it is open and what closes it (R-CONF-10, R-PRIV-02). 003 篇十一 27."""

from datetime import date, datetime

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant

#: the code of a leak that turned out to be none, and needs no remedy
UNFOUNDED = "unfounded"


@rule("R-CONF-10", "任何人发现泄密或可能泄密，都可以报告，只须写明内容和发现时间。")
def may_report(content: str, found_at: datetime | None, now: datetime) -> Verdict:
    """Whether a report says enough; refused "incomplete", or "time_order" when it was noticed later than *now*."""
    if not content.strip() or found_at is None:
        return refuse("R-CONF-10", "incomplete", say("请写明泄露的内容和发现时间"))
    if instant(found_at) > instant(now):
        return refuse("R-CONF-10", "time_order", say("发现时间不能晚于现在"))
    return ALLOWED


@rule("R-CONF-10", "谁报告、谁经办，只有绝密权限的人可以知道，历史和审计记录中也一样。")
def may_know_who_acted(clearance: int, needed: int) -> bool:
    """Whether someone of *clearance* is told who wrote a record and who acted on it; *needed* is 0 of what is no secret."""
    return clearance >= needed


@rule("R-CONF-10", "写明补救措施和补救时间以后才能结案；查无此事的除外。")
def may_close(leak_state: str, remedy: str | None, remedied_at: datetime | None) -> Verdict:
    """Whether a leak may be signed off; refused "incomplete" while its remedy or the time of it is blank."""
    if leak_state == UNFOUNDED or ((remedy or "").strip() and remedied_at is not None):
        return ALLOWED
    return refuse("R-CONF-10", "incomplete", say("请先写明补救措施和补救时间"))


@rule("R-CONF-10", "泄密报告由总经理签字结案，不签字不算结案。")
def may_be_called_closed(signed: bool) -> Verdict:
    """Whether its state may say that it is closed; refused "not_signed"."""
    return ALLOWED if signed else refuse("R-CONF-10", "not_signed", say("总经理签字后才算结案"))


@rule("R-CONF-10", "未结天数从报告之日数起，每天在总经理的待办中显示，直到结案。")
def days_open(reported: date, until: date) -> int:
    """Whole days from the day of the report to *until*, which is today or the day it was closed."""
    return max((until - reported).days, 0)
