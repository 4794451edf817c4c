"""Who holds which role and clearance, and who grants it (R-ROLE-02, R-SIGN-04)."""

from collections.abc import Set

from ..permissions import Level, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .ladders import GENERAL_MANAGER, SERVICE_MANAGER, Step

#: roles that sign or approve something; they are granted, the others are given by admin
APPROVING = frozenset(
    {
        Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER, Role.INFO_OFFICER,
        Role.INFO_SUPERVISOR, Role.ARCHIVE_KEEPER, Role.SERVICE_MANAGER, Role.DIRECTOR,
        Role.GENERAL_MANAGER,
    }
)  # fmt: skip

#: roles that somebody must always hold
INDISPENSABLE = frozenset({Role.ADMIN, Role.GENERAL_MANAGER})


@rule("R-ROLE-02", "密级权限和审批岗位由系统管理员提出申请。")
def may_ask(roles: Set[Role]) -> Verdict:
    """Whether someone with *roles* may ask for a clearance or an approving role, for whomever."""
    if Role.ADMIN in roles:
        return ALLOWED
    return refuse("R-ROLE-02", "role", say("密级和审批岗位由系统管理员提出"))


@rule("R-ROLE-02", "秘密及以下由客户服务部经理批准，机密、绝密由总经理批准；任何人不得批给自己。")
def clearance_ladder(level: Level) -> tuple[Step, ...]:
    """Who grants a clearance of *level*; whoever gets it is whom the request is about, so they can't sign."""
    return (SERVICE_MANAGER,) if level <= Level.SECRET else (GENERAL_MANAGER,)


@rule("R-ROLE-02", "审批岗位按该岗位的密级批准，其他岗位由系统管理员直接设置。")
def role_ladder(role: Role) -> tuple[Step, ...]:
    """Who grants *role*: nobody besides admin where it approves nothing."""
    return clearance_ladder(role.clearance) if role in APPROVING else ()


@rule("R-ROLE-02", "最后一名系统管理员和最后一名总经理不能撤销。")
def may_take_away(role: Role, holders: int) -> Verdict:
    """Whether one of *holders* active persons may lose *role*, by removal, disabling or leaving."""
    if role not in INDISPENSABLE or holders > 1:
        return ALLOWED
    return refuse("R-ROLE-02", "last_holder", say("最后一名{role}不能撤销", role=role.title))


@rule("R-SIGN-04", "系统管理员和审计员不能由一人兼任。")
def may_hold_together(roles: Set[Role]) -> Verdict:
    """Whether one person may hold all of *roles*; refused "incompatible"."""
    if {Role.ADMIN, Role.AUDITOR} <= roles:
        return refuse("R-SIGN-04", "incompatible", say("系统管理员和审计员不能由一人兼任"))
    return ALLOWED


@rule("R-ROLE-02", "初始设置一次指定首任系统管理员和首任总经理，须为两人，完成后关闭。")
def may_set_up(done: bool, admin: str, general_manager: str) -> Verdict:
    """Whether set-up may name these two, by sign-in name; refused "wrong_state" once it was *done*."""
    if done:
        return refuse("R-ROLE-02", "wrong_state", say("初始设置已完成"))
    if not (admin.strip() and general_manager.strip()):
        return refuse("R-ROLE-02", "incomplete", say("请指定系统管理员和总经理"))
    if admin.strip().casefold() == general_manager.strip().casefold():
        return refuse("R-ROLE-02", "same_person", say("系统管理员和总经理须为两人"))
    return ALLOWED
