"""When a customer counts as valid for a source: the steps in their order, and what the week's reconciliation says (R-CUST-06)."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from ..permissions import Role
from ..texts import Titled, say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: what a source counts as that isn't borne out; code of ``source``
NATURAL = "natural"


class Step(Titled):
    """What makes a valid customer, in its order."""

    REGISTERED = "registered", say("预登记填全")
    COMPARED = "compared", say("到店核对来源")
    DESIGNER = "designer", say("设计师及店经理签字")
    HANDED = "handed", say("交设计师")
    RETURNED = "returned", say("收回登记表")
    COMPLETED = "completed", say("客户经理签字")
    ENTERED = "entered", say("录入")


class Said(Titled):
    """What the weekly reconciliation says; codes of ``reconcile_verdict``."""

    OPEN = "open", say("待对单")
    CONFIRMED = "confirmed", say("确认")
    DISPUTED = "disputed", say("有争议")


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How far a customer has come. ``agrees``: None until the source was asked and compared at the visit."""

    pre_registered: bool = False
    registered_whole: bool = False
    agrees: bool | None = None
    designer_signed: bool = False
    handed: bool = False
    returned: bool = False
    completed: bool = False
    entered: bool = False


@rule(
    "R-CUST-06",
    "有效客户依次：预登记填全姓名、性别、电话、小区，或自行来店；核对来源；"
    "设计师及店经理签字；交出、收回；客户经理签字；录入。",
)
def missing(path: Path) -> tuple[Step, ...]:
    """The steps that aren't done, in their order."""
    done = {
        Step.REGISTERED: path.registered_whole or not path.pre_registered, Step.COMPARED: path.agrees is not None,
        Step.DESIGNER: path.designer_signed, Step.HANDED: path.handed, Step.RETURNED: path.returned,
        Step.COMPLETED: path.completed, Step.ENTERED: path.entered,
    }  # fmt: skip
    return tuple(step for step in Step if not done[step])


@rule("R-CUST-06", "步骤齐全、来源无误、周对单确认的，才是有效客户。")
def is_valid(path: Path, said: str | None) -> bool:
    return not missing(path) and bool(path.agrees) and said == Said.CONFIRMED


@rule("R-CUST-06", "一张咨询登记表由几条来源界定共用的，其中一条有效即为有效。")
def of_form(checks: Iterable[bool | None]) -> bool | None:
    """Whether the form of several checks is of a valid customer; None while none of them was reconciled."""
    said = {one for one in checks if one is not None}
    return any(said) if said else None


@rule("R-CUST-06", "与预登记不一致的、有争议的，按自然客流计。")
def counted_source(claimed: str, agrees: bool | None, said: str | None) -> str:
    """The code of the source that the customer counts for."""
    return NATURAL if agrees is False or said == Said.DISPUTED else claimed


@rule("R-CUST-06", "周对单确认的，各步骤须齐全；有争议的须写明。")
def may_say(said: str, dispute: str, still_missing: Sequence[Step]) -> Verdict:
    """Refused "incomplete" naming what is missing or for no such word, "no_reason" for a dispute without one."""
    if said == Said.CONFIRMED and still_missing:
        steps = several(step.title for step in still_missing)
        return refuse("R-CUST-06", "incomplete", say("还不能确认，缺：{steps}", steps=steps))
    if said == Said.DISPUTED:
        return ALLOWED if dispute.strip() else refuse("R-CUST-06", "no_reason", say("请写明争议"))
    return ALLOWED if said == Said.CONFIRMED else refuse("R-CUST-06", "incomplete", say("请选择确认或有争议"))


@rule("R-CUST-06", "登记表交设计师后收回，客户经理才签字。")
def may_complete(path: Path) -> Verdict:
    """Whether the customer manager may sign the form as complete; refused "not_signed" while a step before is due."""
    before = [step for step in missing(path) if step in (Step.DESIGNER, Step.HANDED, Step.RETURNED)]
    if not before:
        return ALLOWED
    return refuse("R-CUST-06", "not_signed", say("签字之前还缺：{steps}", steps=several(one.title for one in before)))


@rule("R-CUST-06", "一位客户经理一周一份对单记录，签字后不再重新生成。")
def is_unwritten(signed: bool) -> Verdict:
    """Whether the week's sheet may be written up; refused "wrong_state" once there is one that was *signed*."""
    return refuse("R-CUST-06", "wrong_state", say("本周的对单记录已经签字")) if signed else ALLOWED


@rule("R-CUST-06", "周对单记录由市场部经理生成，双方签字。")
def may_write_up(roles: Set[Role]) -> Verdict:
    """Whether someone with *roles* writes the week's sheet; refused "role"."""
    if Role.MARKETING_MANAGER in roles:
        return ALLOWED
    return refuse("R-CUST-06", "role", say("对单记录由市场部经理生成"))
