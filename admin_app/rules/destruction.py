"""A list of files to be destroyed, from the keeper's hand to the second witness (R-ARCH-07)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: ways after which nothing can be read any more; the code list is closed, so that no company adds a sale as waste paper
FOR_GOOD = frozenset({"shred", "pulp", "burn", "wipe", "degauss"})
_HOLD = frozenset({Role.ARCHIVE_KEEPER, Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, Role.GENERAL_MANAGER})
_LIFT = frozenset({Role.SERVICE_MANAGER, Role.GENERAL_MANAGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is written of the destruction itself: on which day and how, as at *today*; *approved_on*: 总经理's day."""

    today: date
    approved_on: date | None
    destroyed_on: date | None
    way: str | None


@rule("R-ARCH-07", "销毁方式须记录，不得当作废纸出售。")
def is_for_good(way: str | None) -> Verdict:
    """Whether nothing is left to read after *way*; refused "incomplete" while none is written, "waste_paper" for another."""
    if way is None:
        return refuse("R-ARCH-07", "incomplete", say("请先填写销毁方式"))
    if way not in FOR_GOOD:
        return refuse("R-ARCH-07", "waste_paper", say("不得当作废纸出售，只能粉碎、化浆、焚烧、清除数据或消磁"))
    return ALLOWED


@rule("R-ARCH-07", "批准之后才能销毁；监销人在销毁之后签字。")
def may_witness(act: Act) -> Verdict:
    """Whether there is a destruction to witness; refused "incomplete", "waste_paper", "time_order"."""
    if not (for_good := is_for_good(act.way)):
        return for_good
    if act.destroyed_on is None:
        return refuse("R-ARCH-07", "incomplete", say("请先填写销毁日期"))
    if act.approved_on is None or not act.approved_on <= act.destroyed_on <= act.today:
        return refuse("R-ARCH-07", "time_order", say("销毁日期须在总经理审批之后、今天以前"))
    return ALLOWED


@rule("R-ARCH-07", "监销人签字之后，除销毁证明和备注外不再改，也不能作废。")
def may_rewrite(witnessed: bool) -> Verdict:
    """Whether a list may still change or be voided; refused "locked" once a witness has signed that it was carried out."""
    if not witnessed:
        return ALLOWED
    return refuse("R-ARCH-07", "locked", say("监销人已签字，除销毁证明和备注外不能再改，也不能作废"))


@rule("R-ARCH-07", "没有写明责任部门的案卷不得列入销毁清单。")
def has_owner(owner: int | None) -> Verdict:
    """*owner*: the department whose head is to agree; refused "incomplete" while nobody says which."""
    if owner is not None:
        return ALLOWED
    return refuse("R-ARCH-07", "incomplete", say("没有写明责任部门"))


@rule("R-ARCH-07", "只能看目录的人，不告知案卷不能列入清单的原因。")
def may_not_be_listed() -> Verdict:
    """What of any obstacle is told to who finds the file in the catalogue alone; refused "wrong_state"."""
    return refuse("R-ARCH-07", "wrong_state", say("不能列入"))


@rule("R-ARCH-07 R-CONF-04", "只在目录里看得到的案卷，由看得到全部内容的人造册。")
def is_listed_by_readers() -> Verdict:
    """What is told of a file that could be listed to who finds it in the catalogue alone; refused "level"."""
    return refuse("R-CONF-04", "level", say("请由看得到全部内容的人造册"))


@rule("R-ARCH-07", "清单一行写明的文件须在同一行的案卷内。")
def lines_agree(astray: int) -> Verdict:
    """*astray*: lines whose paper is of another file than theirs; refused "inconsistent"."""
    if not astray:
        return ALLOWED
    return refuse("R-ARCH-07", "inconsistent", say("清单上有文件不在同一行的案卷内"))


@rule(
    "R-ARCH-07 R-ROLE-03",
    "清单由所属部门的负责人或其代理人审核；部门没有负责人，或负责人造册、鉴定的，由最近的上级部门负责人审核。",
)
def heads_department(person: int, heads: Collection[int]) -> Verdict:
    """Whether *person* is one of *heads*: who may sign for the owning department."""
    if person in heads:
        return ALLOWED
    return refuse("R-ARCH-07", "not_signer", say("须由所属部门的负责人审核"))


@rule("R-ARCH-07", "一张清单只列一个部门的案卷；每一行写明案卷或文件。")
def is_of_one_department(owners: Collection[int | None], department: int | None) -> Verdict:
    """*owners*: the departments that own what is listed, None where nobody says; refused "inconsistent"."""
    if {owner for owner in owners if owner is not None} <= {department}:
        return ALLOWED
    return refuse("R-ARCH-07", "inconsistent", say("清单上有其他部门的案卷，请按部门分开造册"))


@rule("R-ARCH-07", "没有写明案卷或文件的清单不能签字。")
def names_papers(unnamed: int) -> Verdict:
    """*unnamed*: lines that lead to no file and no paper of the catalogue, or 1 of an empty list; refused "incomplete"."""
    if not unnamed:
        return ALLOWED
    return refuse("R-ARCH-07", "incomplete", say("清单每一行须写明案卷或文件"))


@rule("R-ARCH-07", "封存由档案管理员、客户信息主管、客户服务部经理或总经理办理，须写明原因。")
def may_hold(roles: Collection[Role], held: bool, reason: str) -> Verdict:
    """Refused "role", "held", "no_reason"."""
    if _HOLD.isdisjoint(roles):
        return refuse("R-ARCH-07", "role", say("无权封存"))
    if held:
        return refuse("R-ARCH-07", "held", say("已封存"))
    return ALLOWED if reason.strip() else refuse("R-ARCH-07", "no_reason", say("请写明封存原因"))


@rule("R-ARCH-07", "解除封存由客户服务部经理或总经理办理，须写明原因。")
def may_lift(roles: Collection[Role], held: bool, reason: str) -> Verdict:
    """Refused "role", "wrong_state", "no_reason"; whoever lists files for destruction doesn't free them."""
    if _LIFT.isdisjoint(roles):
        return refuse("R-ARCH-07", "role", say("解除封存须由客户服务部经理或总经理办理"))
    if not held:
        return refuse("R-ARCH-07", "wrong_state", say("没有封存"))
    return ALLOWED if reason.strip() else refuse("R-ARCH-07", "no_reason", say("请写明解除封存的原因"))


@rule("R-ARCH-07", "已销毁、封存或已列入销毁清单的案卷及其文件，不能修改、作废或恢复；已销毁的条目永久保留。")
def may_be_touched(destroyed: bool, held: bool, listed_in: str | None) -> Verdict:
    """Whether the entry of a file, or of a paper in it, may be changed by hand; refused "destroyed", "held", "listed"."""
    if destroyed:
        return refuse("R-ARCH-07", "destroyed", say("已销毁，条目保留，不能修改或作废"))
    if held:
        return refuse("R-ARCH-07", "held", say("已封存，解除封存后才能修改或作废"))
    if listed_in is not None:
        reason = say("已列入销毁清单 {number}，移出清单后才能修改或作废", number=listed_in)
        return refuse("R-ARCH-07", "listed", reason)
    return ALLOWED


@rule("R-ARCH-07", "已销毁、封存或已列入销毁清单的档案，不能申请借阅或查阅，也不能借出。")
def may_be_asked_for(destroyed: bool, held: bool, listed_in: str | None) -> Verdict:
    """Whether a paper may be lent or read; refused "destroyed", "held", "listed"."""
    if destroyed:
        return refuse("R-ARCH-07", "destroyed", say("该件已销毁"))
    if held:
        return refuse("R-ARCH-07", "held", say("该件已封存"))
    if listed_in is not None:
        return refuse("R-ARCH-07", "listed", say("该件已列入销毁清单"))
    return ALLOWED
