"""What admin does alone about roles, clearances and accounts, and what is asked for (R-ROLE-01, R-ROLE-02)."""

import re
from collections.abc import Set

from ..permissions import Level, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .ladders import Step
from .roles import clearance_ladder, role_ladder

#: what someone can be given: a role, or a clearance
Power = Role | Level

_USERNAME = re.compile(r"[\w.-]{2,60}")


@rule("R-ROLE-01", "账号、岗位、权限表和系统设置由系统管理员办理。")
def may_administer(roles: Set[Role]) -> Verdict:
    """Whether someone with *roles* keeps accounts, roles, the matrix of rights and settings."""
    if Role.ADMIN in roles:
        return ALLOWED
    return refuse("R-ROLE-01", "role", say("只有系统管理员可以办理"))


@rule("R-ROLE-02", "审批岗位和密级权限须经批准；系统管理员给本人的任何岗位也须由他人批准。")
def ladder_of(power: Power, for_oneself: bool) -> tuple[Step, ...]:
    """Who grants *power*; empty where admin gives it directly, which nobody does to themselves."""
    if isinstance(power, Level):
        return clearance_ladder(power)
    return role_ladder(power) or (clearance_ladder(power.clearance) if for_oneself else ())


@rule("R-ROLE-02", "已有的岗位和密级权限不必申请；无须批准的岗位由系统管理员直接设置。")
def is_to_be_asked(power: Power, for_oneself: bool, roles: Set[Role], clearance: Level) -> Verdict:
    """Whether *power* is one to ask for, for someone who holds *roles* and *clearance*; refused "wrong_state"."""
    if isinstance(power, Level):
        if power <= clearance:
            return refuse("R-ROLE-02", "wrong_state", say("密级权限已是{level}", level=clearance.label))
        return ALLOWED
    if power in roles:
        return refuse("R-ROLE-02", "wrong_state", say("已有“{role}”岗位", role=power.title))
    if not ladder_of(power, for_oneself):
        return refuse("R-ROLE-02", "wrong_state", say("“{role}”无须批准，请直接设置", role=power.title))
    return ALLOWED


@rule("R-ROLE-02", "只有无须批准的岗位可以直接设置。")
def may_give(role: Role, for_oneself: bool) -> Verdict:
    """Whether admin may give *role* directly; refused "not_signed" where it must be granted."""
    if not ladder_of(role, for_oneself):
        return ALLOWED
    return refuse("R-ROLE-02", "not_signed", say("“{role}”须申请批准", role=role.title))


@rule("R-ROLE-02", "密级权限可以直接降低；提高须申请批准。")
def may_lower(clearance: Level, to: Level) -> Verdict:
    """Whether admin may set the clearance down at once; refused "not_signed" where it wouldn't be lower."""
    if to < clearance:
        return ALLOWED
    return refuse("R-ROLE-02", "not_signed", say("提高密级权限须申请批准"))


@rule("R-ROLE-02", "申请须写明理由。")
def has_grounds(reason: str) -> Verdict:
    """Whether a request says what the power is for; refused "no_reason"."""
    return ALLOWED if reason.strip() else refuse("R-ROLE-02", "no_reason", say("请写明申请理由"))


@rule("R-ROLE-01", "本人的密码在“修改密码”中修改，本人的账号由另一名系统管理员停用。")
def is_anothers_account(person: int, employee: int) -> Verdict:
    """Whether admin works on somebody else's account; refused "own_request"."""
    if person != employee:
        return ALLOWED
    return refuse("R-ROLE-01", "own_request", say("不能在这里办理本人的账号"))


@rule("R-SIGN-01", "用户名由二到六十个文字、字母、数字、点、横线或下划线组成。")
def may_be_username(username: str) -> Verdict:
    """Whether *username* can be signed in with; refused "incomplete"."""
    if _USERNAME.fullmatch(username):
        return ALLOWED
    return refuse("R-SIGN-01", "incomplete", say("用户名须为 2 到 60 个字母、数字、点、横线或下划线"))
