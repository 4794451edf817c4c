"""The level of a record: where it can't go, and who may move it (R-CONF-01, R-CONF-04, R-CONF-05)."""

from collections.abc import Callable, Set

from ..permissions import Level, Role
from ..texts import say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .ladders import GENERAL_MANAGER, SERVICE_MANAGER, Step


@rule("R-CONF-01", "记录的密级不低于本登记簿的最低密级，也不低于其所属记录。")
def floor(register: Level, owner: Level | None = None) -> Level:
    """The lowest level a record can have: its register's, or that of the record it belongs to."""
    return register if owner is None else max(register, owner)


@rule("R-CONF-01", "低于最低密级的不予保存。")
def may_have_level(level: Level, register: Level, owner: Level | None = None) -> Verdict:
    """Refused ("level") below the floor."""
    lowest = floor(register, owner)
    if level >= lowest:
        return ALLOWED
    return refuse("R-CONF-01", "level", say("密级不能低于{level}", level=lowest.label))


@rule("R-CONF-05", "提高密级立即生效；降低密级由客户服务部经理批准，绝密由总经理批准。")
def change_ladder(before: Level, after: Level) -> tuple[Step, ...]:
    """The signatures a change of level waits for: none when it is raised, so that it takes effect at once."""
    if after >= before:
        return ()
    return (GENERAL_MANAGER,) if before == Level.TOP_SECRET else (SERVICE_MANAGER,)


#: who proposes, in this order: the first who has the register before them at all
_PROPOSERS = (Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, Role.DIRECTOR)


@rule(
    "R-CONF-05 R-CONF-02 R-ROLE-03",
    "降低密级由客户信息主管提出；客户信息主管看不到的登记表，由看得到的上级（客户服务部经理、专项总监）提出。",
)
def who_proposes_lowering(has_register: Callable[[Role], bool]) -> Role | None:
    """Whose it is to propose in a register; None where it is hidden from all of them. *has_register*: whether a role sees it.

    What the supervisor may not see doesn't exist for them, so the proposal goes up as a step of their own would.
    """
    return next(filter(has_register, _PROPOSERS), None)


@rule("R-CONF-05", "降低密级由规定的岗位提出；绝密由另一名绝密权限人员提出。")
def may_propose_lowering(before: Level, by: Role | None, roles: Set[Role], clearance: Level) -> Verdict:
    """Whether someone with *roles* and *clearance* may propose to lower a record of level *before*.

    *by*: whose that is below 绝密. Proposer and approver are two people, since nobody signs what they applied for (R-ROLE-04).
    """
    if before < Level.TOP_SECRET:
        if by in roles:
            return ALLOWED
        return refuse("R-CONF-05", "role", say("降低密级由{who}提出", who=(by or Role.INFO_SUPERVISOR).title))
    if clearance < Level.TOP_SECRET:
        return refuse("R-CONF-05", "level", say("{level}降级须由具有{level}权限的人员提出", level=before.label))
    if Role.GENERAL_MANAGER in roles:
        reason = say("总经理批准{level}降级，须由另一名{level}权限人员提出", level=before.label)
        return refuse("R-CONF-05", "role", reason)
    return ALLOWED


@rule("R-CONF-05", "申请降密须写明理由，降到的密级须低于现密级。")
def may_be_lowered_to(before: Level, after: Level, reason: str) -> Verdict:
    """Whether a proposal from *before* to *after* is one, and says why; refused "out_of_range" or "no_reason"."""
    if after >= before:
        return refuse("R-CONF-05", "out_of_range", say("须选比{level}更低的密级", level=before.label))
    if not reason.strip():
        return refuse("R-CONF-05", "no_reason", say("请写明降密理由"))
    return ALLOWED


@rule("R-CONF-05 R-CONF-02", "只能就密级不高于本人权限、看得到全部内容的记录申请降密。")
def knows_what_is_lowered(level: Level, clearance: Level, whole: bool) -> Verdict:
    """Whether whoever proposes can judge the contents: *whole* where they see the record in full; refused "scope"."""
    if level <= clearance and whole:
        return ALLOWED
    return refuse("R-CONF-05", "scope", say("须有该密级权限、看得到全部内容，才能申请降密"))


@rule("R-CONF-05 R-CONF-02", "降密由看得到该记录、具有原密级权限的人批准。")
def may_judge_lowering(level: Level, clearance: Level, visible: bool) -> bool:
    """Whether somebody who has the step can take it; else it goes on like the step of whom a request concerns (R-ROLE-03)."""
    return level <= clearance and visible


@rule("R-CONF-05", "一条记录同时只有一份降密申请等待批准。")
def is_only_proposal(another_waits: bool) -> Verdict:
    """Whether a record has no other proposal waiting; refused "wrong_state"."""
    if not another_waits:
        return ALLOWED
    return refuse("R-CONF-05", "wrong_state", say("这条记录已有降密申请在等待批准"))


@rule("R-CONF-05", "批准之前，申请人可以撤回降密申请。")
def may_take_back(person: int, proposer: int) -> Verdict:
    """Whether *person* withdraws a proposal; refused "not_applicant"."""
    if person == proposer:
        return ALLOWED
    return refuse("R-CONF-05", "not_applicant", say("只有申请人可以撤回"))


@rule("R-CONF-05 R-ROLE-05", "申请后记录有改动的，申请和签字失效，须重新提出。")
def is_unchanged_since(proposed: int, now: int) -> Verdict:
    """*proposed* and *now*: the record's versions; refused "changed" where they differ."""
    if proposed == now:
        return ALLOWED
    return refuse("R-CONF-05", "changed", say("申请后记录已有改动，申请已失效，须重新提出"))


@rule("R-CONF-04", "案卷的保管人由管理档案的岗位担任；原已登记的保管人不变。")
def may_be_custodian(roles: Set[Role], keepers: Set[Role]) -> Verdict:
    """Whether somebody with *roles* is named as who has charge of a file; *keepers*: whose that is. Refused "role"."""
    if roles & keepers:
        return ALLOWED
    who = several(role.title for role in Role if role in keepers)
    return refuse("R-CONF-04", "role", say("保管人由管理档案的岗位担任：{who}", who=who))


@rule("R-CONF-04", "机密、绝密档案须放在专用柜位，由具有该柜位密级的专人保管。")
def may_lie(level: Level, place: Level, custodian: Level | None) -> Verdict:
    """Whether something of *level* may lie in a place meant up to *place*, kept by someone of that clearance.

    *custodian*: the clearance of the named custodian, None when nobody is named.
    """
    if not level.classified:
        return ALLOWED
    if place < level:
        return refuse("R-CONF-04", "place", say("{level}档案须放在专用柜位", level=level.label))
    if custodian is None or custodian < place:
        return refuse("R-CONF-04", "place", say("该柜位须有具备相应密级的专人保管"))
    return ALLOWED
