"""What people are told of, one literal table, and when a loan is reminded of (R-NOTE-01, R-LOAN-09, R-ARCH-04)."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..texts import Text, Titled, say
from . import dispatch_steps, states
from .book import rule
from .working_days import Calendar


class To(Titled):
    """Who is told."""

    BORROWER = "borrower", say("借阅人")
    APPLICANT = "applicant", say("申请人")
    RESERVER = "reserver", say("预约人")
    HEAD = "head", say("部门负责人")
    SERVICE_MANAGER = "service_manager", say("客户服务部经理")
    GIVER = "giver", say("移交人")
    KEEPER = "keeper", say("档案管理员")
    MANAGER = "manager", say("客户经理")
    PROPOSER = "proposer", say("提出人")
    ASKER = "asker", say("追问人")
    SIGNER = "signer", say("轮到签批的人")
    DISPATCHER = "dispatcher", say("客户经理和设计师")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody is told.

    *tables*: whose records it is about; what is told of ``EVERY_REGISTER`` stays true. *text* names the record's number and its
    due time, nothing else of it: it leaves the house. *ended_by* is the field that, once filled, makes it untrue; *states* are
    those in which it is true, none being all. What is *daily* is true of its day only. *to_groups*: chat groups are told, too.
    """

    name: str
    tables: tuple[str, ...]
    to: To
    when: Text
    text: Text
    rule: str
    ended_by: str = ""
    states: tuple[str, ...] = ()
    daily: bool = False
    to_groups: bool = False


#: what is told of any record
EVERY_REGISTER: tuple[str, ...] = ()
_LOANS, _HANDOVERS, _ORDERS = ("archive_loan",), ("archive_handover",), ("dispatch_order",)
_REQUESTS, _ITEMS = ("archive_loan", "access_request"), ("archive_item",)

_UNTIL_RETURNED = {"ended_by": "returned_at", "daily": True}

LOAN_TOMORROW = Event(
    "loan_tomorrow", _LOANS, To.BORROWER, say("到期前一天"), say("借阅 {number} 明天到期，请在 {due} 前归还"), "R-LOAN-09",
    to_groups=True, **_UNTIL_RETURNED,
)  # fmt: skip
LOAN_TODAY = Event(
    "loan_today", _LOANS, To.BORROWER, say("到期当天"), say("借阅 {number} 今天到期，请在 {due} 前归还"), "R-LOAN-09",
    to_groups=True, **_UNTIL_RETURNED,
)  # fmt: skip
LOAN_OVERDUE = Event(
    "loan_overdue", _LOANS, To.BORROWER, say("逾期后每个工作日"),
    say("借阅 {number} 已逾期，应于 {due} 归还，请立即归还"), "R-LOAN-09", to_groups=True, **_UNTIL_RETURNED,
)  # fmt: skip
LOAN_OVERDUE_HEAD = Event(
    "loan_overdue_head", _LOANS, To.HEAD, say("逾期第一个工作日起，每个工作日"),
    say("本部门借阅 {number} 已逾期，应于 {due} 归还，请督促"), "R-LOAN-09", **_UNTIL_RETURNED,
)  # fmt: skip
LOAN_OVERDUE_MANAGER = Event(
    "loan_overdue_manager", _LOANS, To.SERVICE_MANAGER, say("逾期第三个工作日起，每个工作日"),
    say("借阅 {number} 逾期满三个工作日，应于 {due} 归还，请处理"), "R-LOAN-09", **_UNTIL_RETURNED,
)  # fmt: skip
REQUEST_GRANTED = Event(
    "request_granted", _REQUESTS, To.APPLICANT, say("批准时"), say("申请 {number} 已批准，{due} 前有效"), "R-LOAN-01",
    states=(states.State.GRANTED,),
)  # fmt: skip
REQUEST_REFUSED = Event(
    "request_refused", _REQUESTS, To.APPLICANT, say("退回时"), say("申请 {number} 未获批准"), "R-LOAN-01",
    states=(states.State.REFUSED,),
)  # fmt: skip
QUESTION_ASKED = Event(
    "question_asked", _REQUESTS, To.APPLICANT, say("被追问时"), say("申请 {number} 有追问，请回答"), "R-LOAN-02",
    states=(states.State.SIGNING,),
)  # fmt: skip
QUESTION_ANSWERED = Event(
    "question_answered", _REQUESTS, To.ASKER, say("回答时"), say("申请 {number} 的追问已有回答"), "R-LOAN-02",
    states=(states.State.SIGNING,),
)  # fmt: skip
SIGNING_NUDGED = Event(
    "signing_nudged", _REQUESTS, To.SIGNER, say("申请人催办时"), say("申请 {number} 等您签批，申请人催办"), "R-LOAN-02",
    states=(states.State.SIGNING,),
)  # fmt: skip
RESERVED_READY = Event(
    "reserved_ready", _ITEMS, To.RESERVER, say("预约的档案归还时"), say("预约的档案 {number} 已归还，为您保留到 {due}，请来取"),
    "R-LOAN-12", states=("in",),
)  # fmt: skip
URGED = Event(
    "urged", _REQUESTS, To.BORROWER, say("档案室催还时"), say("档案室催还：{number}，请尽快归还"), "R-LOAN-09",
    ended_by="returned_at",
)  # fmt: skip
HANDOVER_LATE = Event(
    "handover_late", _HANDOVERS, To.GIVER, say("过应交日的次日"),
    say("档案移交 {number} 应于 {due} 移交，接收人尚未签收"), "R-ARCH-04", ended_by="received_by_id",
)  # fmt: skip
HANDOVER_LATE_HEAD = Event(
    "handover_late_head", _HANDOVERS, To.HEAD, say("过应交日的次日"),
    say("本部门档案移交 {number} 应于 {due} 移交，接收人尚未签收"), "R-ARCH-04", ended_by="received_by_id",
)  # fmt: skip
PAPERS_FOUND = Event(
    "papers_found", _HANDOVERS, To.GIVER, say("登记别处发现的资料时"),
    say("您处存有客户资料，登记 {number}，请于 {due} 前交档案室"), "R-ARCH-10", ended_by="received_by_id",
)  # fmt: skip
PAPERS_FOUND_KEEPER = Event(
    "papers_found_keeper", _HANDOVERS, To.KEEPER, say("登记别处发现的资料时"),
    say("发现别处存放的客户资料，登记 {number}，应于 {due} 前收回"), "R-ARCH-10", ended_by="received_by_id",
)  # fmt: skip
DISPATCH_LAPSES = Event(
    "dispatch_lapses", _ORDERS, To.DISPATCHER, say("失效前三天"), say("派单 {number} 尚未登记定金，{due} 失效"), "R-DISP-05",
    states=dispatch_steps.WAITING,
)  # fmt: skip
CUSTOMER_COLD = Event(
    "customer_cold", ("customer",), To.MANAGER, say("多日没有联系时"), say("客户 {number} 自 {due} 起待激活，请联系"), "R-CUST-09",
)  # fmt: skip

LOWERING_GRANTED = Event(
    "lowering_granted", EVERY_REGISTER, To.PROPOSER, say("批准时"), say("降密申请（{number}）已批准"), "R-CONF-05",
)  # fmt: skip
LOWERING_REFUSED = Event(
    "lowering_refused", EVERY_REGISTER, To.PROPOSER, say("不批准时"), say("降密申请（{number}）未获批准"), "R-CONF-05",
)  # fmt: skip

#: by name, in the order of the screen
EVENTS = {one.name: one for one in list(vars().values()) if isinstance(one, Event)}

#: an order's lapse is told of so many days ahead
LAPSE_AHEAD = timedelta(days=3)
#: from this working day after the due day on
_HEAD_FROM, _MANAGER_FROM = 1, 3


@rule(
    "R-LOAN-09",
    "到期前一天、当天和逾期后每个工作日提醒借阅人；逾期第一个工作日起告知部门负责人，第三个起告知客户服务部经理。",
)
def loan_reminders(due: date, today: date, calendar: Calendar) -> tuple[Event, ...]:
    """What is told *today* of a loan that is out and due on the day *due*, both days of the company's."""
    if due == today + timedelta(days=1):
        return (LOAN_TOMORROW,)
    if due == today:
        return (LOAN_TODAY,)
    if due > today or not calendar.is_working(today):
        return ()
    late = _working_days_late(due, today, calendar)
    told = (
        (LOAN_OVERDUE, _HEAD_FROM),
        (LOAN_OVERDUE_HEAD, _HEAD_FROM),
        (LOAN_OVERDUE_MANAGER, _MANAGER_FROM),
    )
    return tuple(event for event, first in told if late >= first)


def _working_days_late(due: date, today: date, calendar: Calendar) -> int:
    """Working days after *due*, *today* among them; no more are counted than decide anything."""
    day, late = due, 0
    while day < today and late < _MANAGER_FROM:
        day += timedelta(days=1)
        late += calendar.is_working(day)
    return late
