"""Urging somebody: to bring back what they have (R-LOAN-09), to sign what waits for them (R-LOAN-02). Pure."""

from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .moments import instant


@rule("R-LOAN-09", "只催在外的；催过一次，四小时（公司可改）内不再催。")
def may_urge(out: bool, last: datetime | None, now: datetime, quiet: timedelta) -> Verdict:
    """Whether whoever has an item may be urged; *last*: when they last were. Refused "wrong_state", "too_soon"."""
    if not out:
        return refuse("R-LOAN-09", "wrong_state", say("该件不在借出中"))
    if last is not None and instant(now) - instant(last) < quiet:
        return refuse("R-LOAN-09", "too_soon", say("刚催过，{hours} 小时内不再催", hours=quiet // timedelta(hours=1)))
    return ALLOWED


@rule("R-LOAN-02", "申请人可以催办签批，一天一次；轮到签批的人会收到提醒。")
def may_nudge(is_applicant: bool, waiting: bool, nudged_today: bool) -> Verdict:
    """Whether an applicant may remind who is to sign; refused "not_applicant", "wrong_state", "too_soon"."""
    if not is_applicant:
        return refuse("R-LOAN-02", "not_applicant", say("只有申请人可以催办"))
    if not waiting:
        return refuse("R-LOAN-02", "wrong_state", say("申请不在等人签批，不用催办"))
    return refuse("R-LOAN-02", "too_soon", say("今天已经催过，明天再催")) if nudged_today else ALLOWED
