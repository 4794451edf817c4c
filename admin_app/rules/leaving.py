"""Who may see somebody off, when, and who may take over what (R-CUST-09, R-ROLE-02, R-LOAN-08)."""

from collections.abc import Sequence, Set
from datetime import date

from ..permissions import Level, Role
from ..texts import say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: who ends accounts, and who answers for all work
SEE_OFF = frozenset({Role.ADMIN, Role.GENERAL_MANAGER})


@rule("R-CUST-09 R-ROLE-01", "离职交接由系统管理员或总经理办理。")
def may_see_off(roles: Set[Role]) -> Verdict:
    """Whether someone with *roles* does it; refused "role"."""
    if roles & SEE_OFF:
        return ALLOWED
    return refuse("R-ROLE-01", "role", say("离职交接由系统管理员或总经理办理"))


@rule("R-ROLE-04", "不得给自己办理离职；系统管理员不得由自己接手。")
def is_somebody_elses(by: int, roles: Set[Role], leaver: int, successors: Set[int]) -> Verdict:
    """Whether *by* may do it for *leaver* with these successors; refused "own_request".

    The general manager answers for all work and may take it over; admin has no part in it.
    """
    if by == leaver:
        return refuse("R-ROLE-04", "own_request", say("不能给自己办理离职"))
    if by in successors and Role.GENERAL_MANAGER not in roles:
        return refuse("R-ROLE-04", "own_request", say("系统管理员不能把工作移交给自己"))
    return ALLOWED


@rule("R-CUST-09", "接手人是本人以外的在职员工，能登录。")
def may_succeed(leaver: int, successor: int, here: bool) -> Verdict:
    """Whether *successor* can take over; *here*: they have an account in use. Refused "same_person", "wrong_state"."""
    if successor == leaver:
        return refuse("R-CUST-09", "same_person", say("接手人不能是离职人本人"))
    return ALLOWED if here else refuse("R-CUST-09", "wrong_state", say("接手人已离职或没有在用的账号"))


@rule("R-CUST-09", "离职手续在最后工作日当天或之后办理，办完即不能登录。")
def may_leave_on(last_day: date, today: date, joined: date | None, seen_off: bool) -> Verdict:
    """Whether *last_day* may be somebody's last; refused "wrong_state", "time_order".

    *seen_off*: they have handed over already. A day of leaving that was only typed, or an account that was only disabled,
    leaves everything with them.
    """
    if seen_off:
        return refuse("R-CUST-09", "wrong_state", say("这名员工已办理离职"))
    if last_day > today:
        return refuse("R-CUST-09", "time_order", say("最后工作日还没有到，请在当天办理"))
    if joined is not None and last_day < joined:
        return refuse("R-CUST-09", "time_order", say("最后工作日不能早于入职日期"))
    return ALLOWED


@rule("R-LOAN-08", "离职前须归还借阅的全部档案。")
def has_returned(numbers: Sequence[str]) -> Verdict:
    """Whether nothing of the archives is with them; *numbers* of what is. Refused "on_loan"."""
    if not numbers:
        return ALLOWED
    return refuse(
        "R-LOAN-08", "on_loan",
        say("还有 {n} 件档案没有归还：{numbers}。归还后再办理", n=len(numbers), numbers=several(numbers)),
    )  # fmt: skip


@rule(
    "R-CONF-02", "移交不放宽密级：记录的密级高于接手人的，不得移交给他；离职人看得到而接手人看不到的，也不得移交给他。"
)
def may_take_over(level: Level, clearance: Level, leaver_sees: bool, successor_sees: bool) -> Verdict:
    """Whether someone may be given charge of a record of *level*; refused "level"."""
    if level <= clearance and (successor_sees or not leaver_sees):
        return ALLOWED
    return refuse("R-CONF-02", "level", say("接手人密级不够或无权查看"))
