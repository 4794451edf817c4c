"""Whether a person may do something with a register or a record: the matrix's answer in words (R-ROLE-01, R-SIGN-05)."""

from ..permissions import Action, Facts, Person, RegisterPolicy, can
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-ROLE-01", "没有授予的权限一律没有；授权以角色、登记簿和操作为准，下一次请求即生效。")
def may_do(person: Person, action: Action, register: RegisterPolicy, facts: Facts | None = None) -> Verdict:
    """Whether *person* may do *action*, on the record when its *facts* are given; refused "no_right"."""
    if can(person, action, register, facts):
        return ALLOWED
    return refuse("R-ROLE-01", "no_right", say("您对这条记录没有“{action}”权限", action=action.label))


@rule("R-LIST-03", "作废和恢复须写明原因；记录不删除，可由有作废权限的人恢复。")
def may_void(voided: bool, reason: str) -> Verdict:
    """Whether a record in use may be voided with *reason*; refused "wrong_state" or "no_reason"."""
    if voided:
        return refuse("R-LIST-03", "wrong_state", say("这条记录已经作废"))
    if not reason.strip():
        return refuse("R-LIST-03", "no_reason", say("请写明作废原因"))
    return ALLOWED


@rule("R-LIST-03", "作废的记录先恢复，再修改。")
def is_in_use(voided: bool) -> Verdict:
    """Whether a record may change; refused "wrong_state" once it is void."""
    return refuse("R-LIST-03", "wrong_state", say("这条记录已作废，请先恢复")) if voided else ALLOWED


@rule("R-LIST-03", "只有已作废的记录才能恢复。")
def may_restore(voided: bool) -> Verdict:
    """Whether a record may be restored; refused "wrong_state"."""
    return ALLOWED if voided else refuse("R-LIST-03", "wrong_state", say("这条记录没有作废，无须恢复"))


@rule("R-CONF-05", "提高密级立即生效；降低密级须按规定提出和批准。")
def may_set_level(before: int, after: int) -> Verdict:
    """Whether a level may be written directly: raised or kept, never lowered; refused "level"."""
    if after >= before:
        return ALLOWED
    return refuse("R-CONF-05", "level", say("密级只能提高；要降低，请在记录的详情页申请降密"))
