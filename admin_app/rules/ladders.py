"""The steps a request climbs, as data: who signs, in which order, at which level (R-LOAN-02, R-LOAN-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..permissions import Level, Role
from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@dataclass(frozen=True, slots=True)
class Step:
    """One signature: of whoever has one of *roles*; without roles, of the head of the applicant's department.

    ``clearance`` is what someone signing in their stead must have. A step that doesn't escalate goes to
    stand-ins only.
    """

    name: str
    title: Text
    roles: frozenset[Role]
    clearance: Level
    escalates: bool = True


def _step_of(role: Role, name: str, title: Text, escalates: bool = True) -> Step:
    return Step(name, title, frozenset({role}), role.clearance, escalates)


HEAD = Step("head", say("部门负责人签字"), frozenset(), Level.SECRET)
KEEPER = _step_of(Role.ARCHIVE_KEEPER, "keeper", say("档案管理员审批"))
REVIEW = Step(
    "review",
    say("客户服务部审核"),
    frozenset({Role.INFO_OFFICER, Role.ARCHIVE_KEEPER, Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER}),
    Level.SECRET,
)
SERVICE_MANAGER = _step_of(Role.SERVICE_MANAGER, "service_manager", say("客户服务部经理批准"))
GENERAL_MANAGER = _step_of(Role.GENERAL_MANAGER, "general_manager", say("总经理批准"))

#: not an approval: the one who approved may issue, and nobody above the keeper hands out archives (R-ROLE-03)
ISSUE = _step_of(Role.ARCHIVE_KEEPER, "issue", say("档案管理员借出"), escalates=False)
#: the same for copies of statistics that are given out (R-ARCH-08)
ISSUE_STATISTICS = Step(
    "issue_statistics",
    say("报表发放"),
    frozenset({Role.INFO_OFFICER, Role.INFO_SUPERVISOR}),
    Level.SECRET,
    escalates=False,
)


class Kind(StrEnum):
    """What is asked for: to take items out, or to read them on the premises."""

    LOAN = "loan"
    ACCESS = "access"


_REVIEWS: Mapping[Kind, Step] = MappingProxyType({Kind.LOAN: KEEPER, Kind.ACCESS: REVIEW})
_CLASSIFIED: Mapping[Level, tuple[Step, ...]] = MappingProxyType(
    {Level.CONFIDENTIAL: (SERVICE_MANAGER,), Level.TOP_SECRET: (SERVICE_MANAGER, GENERAL_MANAGER)}
)


@rule(
    "R-LOAN-02 R-LOAN-03",
    "部门负责人签字后由档案管理员（查阅为客户服务部）审批；机密加客户服务部经理，绝密再加总经理；"
    "外单位人员以介绍信或工作证代替负责人签字。",
)
def ladder(kind: Kind, level: Level, outsider: bool = False) -> tuple[Step, ...]:
    """The steps, in order, of a request for something of *level*; an outsider's letter is their head's."""
    head = () if outsider else (HEAD,)
    return (*head, _REVIEWS[kind], *_CLASSIFIED.get(level, ()))


@rule("R-LOAN-03", "外单位人员凭介绍信或工作证登记（编号、单位、扫描件），只在室内查阅。")
def may_register_outsider(kind: Kind, number: str, issuer: str, scanned: bool) -> Verdict:
    """Whether a request may be entered for an outsider with this letter of introduction or work card."""
    if kind is not Kind.ACCESS:
        return refuse("R-LOAN-03", "place", say("外单位人员只能在室内查阅"))
    if not (number.strip() and issuer.strip() and scanned):
        return refuse("R-LOAN-03", "incomplete", say("请登记介绍信或工作证的编号、单位和扫描件"))
    return ALLOWED
