"""Important material on its way: who carries it, how it is guarded, who signs for it (R-CONF-08). 003 篇十一 23.2."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-CONF-08", "重要资料的收发、传递和外出携带，只由指定人员办理。")
def may_carry(carriers: Collection[int | None], designated: Collection[int]) -> Verdict:
    """Whether all *carriers* (employee ids, None for nobody) are among those designated; refused "role"."""
    if {*carriers} - {None} <= {*designated}:
        return ALLOWED
    return refuse("R-CONF-08", "role", say("携带人和同行人须是指定人员，请到员工档案中核对“密级文件指定人员”"))


@rule("R-CONF-08", "安全措施写明以后，才能指定和出发。")
def is_guarded(safeguards: Collection[str] | None) -> Verdict:
    """Whether a safeguard is written down; refused "incomplete"."""
    return ALLOWED if safeguards else refuse("R-CONF-08", "incomplete", say("请先写明安全措施"))


@rule("R-CONF-08", "收件人签收以后才能登记完结；外单位收件的，登记外单位已签收。")
def is_received(by_staff: bool, signed: bool, receipt_noted: bool) -> Verdict:
    """Whether the receiver has signed, of the staff (*by_staff*) in the program, else on paper; refused "not_signed"."""
    if signed if by_staff else receipt_noted:
        return ALLOWED
    return refuse("R-CONF-08", "not_signed", say("收件人还没有签收"))


@rule("R-CONF-08", "指定人签字以后才能出发、送达；时间不晚于现在。")
def went_after_designation(moments: Iterable[datetime], designated_at: datetime, now: datetime) -> Verdict:
    """Whether all *moments* of the way lie from the designation to now; refused "time_order".

    People write minutes, the signature carries seconds: its own minute counts as after it.
    """
    since = designated_at.replace(second=0, microsecond=0)
    if all(since <= moment <= now for moment in moments):
        return ALLOWED
    return refuse("R-CONF-08", "time_order", say("出发、送达时间须在指定人签字之后、现在以前"))
