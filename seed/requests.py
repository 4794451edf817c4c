"""Requests of the last days at every stage, and readings of the year before: made, signed and read by the people concerned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from admin_app import clock
from admin_app.guard.session import SYSTEM, act_as
from admin_app.models import Register
from admin_app.operations.archives import lending, requests
from admin_app.operations.archives.approvals import Decision, decide
from admin_app.operations.archives.standing import contents_digest
from admin_app.operations.people import load_person
from admin_app.permissions import Level
from admin_app.registers.archives.archive_item import ArchiveItem
from admin_app.rules.loan_return import Count

from .invented import ZONE
from .people import Company

#: hours from one hand to the next
_PACE = timedelta(hours=2)
#: that a paper lies in its place before anybody asks for it
_IN_PLACE = timedelta(days=7)


@dataclass(frozen=True)
class _Story:
    """Who asks for what, how many hours ago, who signed since, who refused it, who handed it out and who took it back."""

    table: str
    applicant: str
    hours: int
    purpose: str
    reason: str
    signers: tuple[str, ...] = ()
    refused_by: str = "store_manager"
    refused: str = ""
    issued_by: str = ""
    returned: bool = False


_LOAN, _READING = "archive_loan", "access_request"
_STORIES = (
    _Story(_LOAN, "customer_manager", 30, "办理续保", "核对投保时的车辆资料", ("store_manager", "archive_keeper")),
    _Story(_LOAN, "customer_manager3", 22, "处理客户投诉", "查看验收记录", ("store_manager",)),
    _Story(_LOAN, "customer_manager2", 9, "工程结算", "核对增减项", ("store_manager2",)),
    _Story(_LOAN, "customer_manager5", 5, "客户回访", "核对登记的房屋情况"),
    _Story(_LOAN, "customer_manager4", 4, "补办合同", "客户遗失合同，要求复印"),
    _Story(_LOAN, "customer_manager3", 50, "设计参考", "想看同户型的图纸", refused="与正在办理的事项无关，请写明用途"),
    _Story(_READING, "customer_manager", 100, "核对合同", "客户来电询问保修条款", ("store_manager", "info_officer"),
           issued_by="archive_keeper", returned=True),
    _Story(_READING, "sales", 80, "了解客户", "准备签约前的资料", ("sales_manager", "info_officer"),
           issued_by="archive_keeper", returned=True),
    _Story(_READING, "customer_manager2", 26, "核对图纸", "客户要求增加一处插座", ("store_manager2", "info_officer")),
    _Story(_READING, "customer_manager2", 20, "客户回访", "了解去年的装修内容", ("store_manager2",)),
    _Story(_READING, "sales2", 16, "客户回访", "了解客户的装修需求", ("sales_manager",)),
    _Story(_READING, "customer_manager", 3, "客户询问", "客户询问合同编号"),
)  # fmt: skip


#: days between two readings of the year that is over, of which one in nine was refused
_APART, _OFTEN_REFUSED = 12, 9
#: who reads and whose head signs; what for, and why
_READERS = (
    ("customer_manager", "store_manager"),
    ("customer_manager2", "store_manager2"),
    ("sales", "sales_manager"),
    ("customer_manager3", "store_manager"),
    ("sales2", "sales_manager"),
)
_OCCASIONS = (
    ("核对合同", "客户来电询问保修条款"),
    ("客户回访", "了解去年的装修内容"),
    ("核对图纸", "客户要求移动一处开关"),
    ("工程结算", "核对增减项"),
    ("处理客户投诉", "查看验收记录"),
    ("客户询问", "客户询问合同编号"),
    ("办理续保", "核对投保时的资料"),
)


def ask(company: Company) -> None:
    """Tell the stories, one item each; those whose teller has nothing on file are left out."""
    used: set[int] = set()
    for number, days in enumerate(range(350, 7, -_APART)):
        _tell(company, _of_the_year(number), used, _in_the_morning(company.invent.now - timedelta(days=days)))
    for story in _STORIES:
        _tell(company, story, used, company.invent.now - timedelta(hours=story.hours))
    act_as(company.session, SYSTEM)


def _of_the_year(number: int) -> _Story:
    """A reading that is long over."""
    (reader, head), (purpose, reason) = _READERS[number % len(_READERS)], _OCCASIONS[number % len(_OCCASIONS)]
    if number % _OFTEN_REFUSED == _OFTEN_REFUSED - 1:
        return _Story(_READING, reader, 0, purpose, reason, refused_by=head, refused="请先和客户核实再申请")
    signers = (head, "info_officer")
    return _Story(_READING, reader, 0, purpose, reason, signers, issued_by="archive_keeper", returned=True)


def _in_the_morning(moment: datetime) -> datetime:
    """Twenty to ten of that day, of a Sunday of the day after, so that a reading is over by the evening."""
    local = moment.astimezone(ZONE).replace(hour=9, minute=40, second=0, microsecond=0)
    return local + timedelta(days=local.weekday() == 6)


def _tell(company: Company, story: _Story, used: set[int], now: datetime) -> None:
    session = company.session
    with clock.stopped_at(now):
        _act(company, story.applicant)
        free = select(ArchiveItem).where(
            ArchiveItem.state == "in", ArchiveItem.level <= Level.SECRET, ArchiveItem.id.not_in(used),
            ArchiveItem.created_at <= now - _IN_PLACE,
        )  # fmt: skip
        item = session.scalars(free.order_by(ArchiveItem.id.desc()).limit(1)).first()
        if item is None:
            return
        used.add(item.id)
        request = requests.draft(session, story.table, item, {"purpose": story.purpose, "reason": story.reason})
        requests.submit(session, request, now)
        register, id_ = type(request), request.id
    for signer in story.signers:
        now += _PACE
        _decide(company, signer, register, id_, now)
    if story.refused:
        _decide(company, story.refused_by, register, id_, now + _PACE, story.refused)
    if story.issued_by:
        _read(company, story, register, id_, now + _PACE)


def _act(company: Company, username: str) -> None:
    person = load_person(company.session, company.people[username].id)
    act_as(company.session, person)


def _decide(
    company: Company, signer: str, register: type[Register], id_: int, now: datetime, refused: str = ""
) -> None:
    with clock.stopped_at(now):
        _act(company, signer)
        request = company.session.get_one(register, id_)
        seen = contents_digest(request)
        decision = Decision(approve=not refused, seen=seen, checked_at=now, reason=refused)
        decide(company.session, request, decision, now)


def _read(company: Company, story: _Story, register: type[Register], id_: int, now: datetime) -> None:
    """Handed out in the reading room and given back there."""
    with clock.stopped_at(now):
        _act(company, story.issued_by)
        request = company.session.get_one(register, id_)
        lending.issue(company.session, request, signed_at=now, now=now)
    now += _PACE
    with clock.stopped_at(now):
        request = company.session.get_one(register, id_)
        item = company.session.get_one(ArchiveItem, request.item_id)
        whole = Count(good=lending.still_lent(request, item))
        lending.take_back(company.session, request, whole, note="", now=now)
