"""The three don'ts: what nobody does with classified matters, read before the first of them each day (R-CONF-11). 003 篇十一 26."""

from datetime import date

from ..permissions import Level
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

DONTS = (
    say("私人交往中不谈客户信息"),
    say("公共场所不谈客户信息"),
    say("普通电话、明码电报、私人通信中不提客户信息"),
)


@rule("R-CONF-11", "每天第一次看机密、绝密内容之前，须先阅读并确认“三不准”。")
def has_read_donts(read_on: date | None, today: date) -> Verdict:
    """Whether classified contents may be shown to who read the don'ts last on *read_on*; refused "donts"."""
    if read_on is not None and read_on >= today:
        return ALLOWED
    return refuse("R-CONF-11", "donts", say("内容属于{level}，今天还没有确认“三不准”", level=Level.CONFIDENTIAL.label))
