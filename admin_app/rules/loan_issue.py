"""What stands in the way of issuing an item: every obstacle at once, so that one visit settles them all.

The desk has no override: an obstacle goes away only when its cause does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..permissions import Level, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .combining import first_refusal
from .destruction import may_be_asked_for
from .disclosures import Fact, disclose
from .figures import COOLING_OFF
from .moments import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Leave to borrow the same item again before they have cooled off: by whom, in which roles, and why."""

    person: int
    roles: frozenset[Role]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The facts at the moment of issuing one item; persons are employee ids, moments have a time zone.

    ``granted_until``: when the grant lapses, None while nothing is granted. ``granted_level``: the level
    whose signatures the grant has. ``returned_at``: when this borrower last returned this item. ``overdue``:
    how many other loans of theirs are overdue. ``reserved_for``: the first in the queue, for whom it waits
    until ``reserved_until``. ``listed_in``: the open list of destruction that its file stands in.
    """

    now: datetime
    keeper: int
    borrower: int
    granted_until: datetime | None
    granted_level: Level
    item_level: Level
    outsider: bool = False
    on_loan: bool = False
    missing: bool = False
    destroyed: bool = False
    held: bool = False
    listed_in: str | None = None
    void: bool = False
    reserved_for: int | None = None
    reserved_until: datetime | None = None
    overdue: int = 0
    returned_at: datetime | None = None
    cooling_off: int = COOLING_OFF.default
    waiver: Waiver | None = None


@rule("R-ROLE-03 R-ROLE-04", "不得给自己办理借出，由代理人办理。")
def not_to_oneself(issue: Issue) -> Verdict:
    if issue.keeper != issue.borrower:
        return ALLOWED
    return refuse("R-ROLE-03", "own_request", say("不能给自己办理借出，请由代理人办理"))


@rule("R-LOAN-02", "签批完成、获得批准后才能借出。")
def is_granted(issue: Issue) -> Verdict:
    if issue.granted_until is not None:
        return ALLOWED
    return refuse("R-LOAN-02", "not_signed", say("申请尚未批准"))


@rule("R-LOAN-04", "批准过期后须重新申请。")
def has_not_lapsed(issue: Issue) -> Verdict:
    if issue.granted_until is None or instant(issue.now) <= instant(issue.granted_until):
        return ALLOWED
    return refuse("R-LOAN-04", "lapsed", say("批准已过期，请重新申请"))


@rule("R-LOAN-02 R-CONF-05", "批准后密级提高的，须按新密级重新签批。")
def covers_the_level(issue: Issue) -> Verdict:
    if issue.item_level <= issue.granted_level:
        return ALLOWED
    return refuse("R-LOAN-02", "level", say("该件密级已提高，须按新密级重新签批"))


@rule("R-LOAN-03", "外单位人员只能在室内查阅，不得外借。")
def reads_on_the_premises(issue: Issue) -> Verdict:
    if not issue.outsider:
        return ALLOWED
    return refuse("R-LOAN-03", "place", say("外单位人员只能在室内查阅"))


@rule("R-LOAN-10", "没有找到的档案，找到以前不得借出。")
def is_found(issue: Issue) -> Verdict:
    """What nobody finds is in nobody's hands: there is no return to wait for."""
    return refuse("R-LOAN-10", "not_in", say("该件没有找到，现在不可借")) if issue.missing else ALLOWED


@rule("R-LOAN-06", "一件档案同一时间只借给一人。")
def is_in(issue: Issue) -> Verdict:
    return refuse("R-LOAN-06", "on_loan", disclose(Fact.ITEM_UNAVAILABLE)) if issue.on_loan else ALLOWED


@rule("R-LOAN-12", "已为他人预留的，保留期内不借给别人。")
def is_not_waiting_for_another(issue: Issue) -> Verdict:
    """Not ``is_in``'s business: a reserved item is on the shelf."""
    if issue.reserved_for in (None, issue.borrower) or issue.reserved_until is None:
        return ALLOWED
    if instant(issue.now) > instant(issue.reserved_until):
        return ALLOWED
    return refuse("R-LOAN-12", "reserved", disclose(Fact.ITEM_UNAVAILABLE))


@rule("R-LOAN-09", "有逾期未还的，不得再借。")
def owes_nothing(issue: Issue) -> Verdict:
    if not issue.overdue:
        return ALLOWED
    return refuse("R-LOAN-09", "overdue_elsewhere", say("借阅人有 {count} 件逾期未还", count=issue.overdue))


@rule("R-LOAN-05 R-ROLE-04", "归还不久再借同一件，须客户服务部经理写明理由特批，不得批给自己。")
def may_waive(waiver: Waiver, borrower: int) -> Verdict:
    """Whether *waiver* holds for *borrower*: by service_manager, not for themselves, with a reason."""
    if waiver.person == borrower:
        return refuse("R-ROLE-04", "own_request", say("不能为自己特批"))
    if Role.SERVICE_MANAGER not in waiver.roles:
        return refuse("R-LOAN-05", "role", say("须由客户服务部经理特批"))
    if not waiver.reason.strip():
        return refuse("R-LOAN-05", "no_reason", say("请写明特批理由"))
    return ALLOWED


@rule("R-LOAN-05", "同一人归还后二十四小时内（公司可延长）不得再借同一件。")
def has_cooled_off(issue: Issue) -> Verdict:
    if issue.returned_at is None or instant(issue.now) - instant(issue.returned_at) >= timedelta(
        hours=issue.cooling_off
    ):
        return ALLOWED
    if issue.waiver is not None and may_waive(issue.waiver, issue.borrower):
        return ALLOWED
    return refuse("R-LOAN-05", "cooling_off", say("归还不满 {hours} 小时，不能再借同一件", hours=issue.cooling_off))


@rule("R-ARCH-07 R-LIST-03", "已销毁、已作废、已封存或已列入销毁清单的档案不得借出。")
def is_in_use(issue: Issue) -> Verdict:
    if issue.void and not issue.destroyed:
        return refuse("R-LIST-03", "wrong_state", say("该件已作废"))
    return may_be_asked_for(issue.destroyed, issue.held, issue.listed_in)


#: in the order in which the desk shows them
CHECKS: tuple[Callable[[Issue], Verdict], ...] = (
    is_in_use, is_found, is_in, is_not_waiting_for_another, is_granted, has_not_lapsed, covers_the_level,
    reads_on_the_premises, not_to_oneself, owes_nothing, has_cooled_off,
)  # fmt: skip


def obstacles(issue: Issue) -> tuple[Verdict, ...]:
    """Every refusal that stands in the way of *issue*; empty when it may go ahead."""
    return tuple(verdict for check in CHECKS if not (verdict := check(issue)))


@rule("R-LOAN-02", "由档案管理员借出；凡有一项不符，即不得借出。")
def may_issue(issue: Issue) -> Verdict:
    """The first obstacle, or allowed."""
    return first_refusal(*obstacles(issue))
