"""Numbered copies of what may be copied: how many, by whom, where they end (R-CONF-07, R-CONF-12, R-ARCH-08)."""

from dataclasses import dataclass
from datetime import date

from ..permissions import Role
from ..texts import Titled, say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .combining import first_refusal
from .ladders import Step
from .signers import Staff, who_may_sign


class Ending(Titled):
    """What becomes of a copy in the end; ``archive_copy_state``."""

    RECALL = "returned", say("收回")
    SHRED = "destroyed", say("销毁")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A permit as the rules see it.

    ``rule``: whose it is; ``signed``: that every signature it needs stands; ``refused``: that it was decided against;
    ``permitted``, ``given``: numbers of copies; ``use_until``: its last day, None for no end.
    """

    rule: str
    signed: bool
    refused: bool
    permitted: int
    given: int
    use_until: date | None = None
    voided: bool = False


@rule("R-CONF-07 R-ARCH-08 R-ROLE-03 R-ROLE-04", "副本由规定的岗位或其代理人发出和收回；本人申请或持有的，由他人办理。")
def may_be_handed_out_by(person: int, by: Step, barred: frozenset[int], staff: Staff, of: Permit) -> Verdict:
    """Whether *person* hands out copies of the permit *of*, and takes them back: whose step *by* is, or who stands in.

    *barred*: the applicant and the holder. Refused "own_request", "role".
    """
    if person in barred:
        return refuse("R-ROLE-04", "own_request", say("本人申请或持有的副本由他人发出和收回"))
    if any(signer.person == person for signer in who_may_sign(by, None, barred, staff)):
        return ALLOWED
    who = several(role.title for role in Role if role in by.roles)
    return refuse(of.rule, "role", say("副本由{who}或其代理人发出和收回", who=who))


@rule("R-CONF-07 R-ARCH-08", "签字齐全以后才能发出副本；不批准的、作废的、过期的一份也不发。")
def is_in_force(permit: Permit, today: date) -> Verdict:
    """Whether copies may be made by *permit*; refused "not_signed", "wrong_state", "lapsed"."""
    if permit.voided or permit.refused:
        return refuse(permit.rule, "wrong_state", say("没有批准或已作废，不能发出副本"))
    if not permit.signed:
        return refuse(permit.rule, "not_signed", say("还没有签批完成，不能发出副本"))
    if permit.use_until is not None and permit.use_until < today:
        return refuse(permit.rule, "lapsed", say("使用期限已过（{day}）", day=permit.use_until))
    return ALLOWED


@rule("R-CONF-07 R-ARCH-08", "每份副本编号，发出的份数不超过批准的份数。")
def may_hand_out(permit: Permit, wanted: int, today: date) -> Verdict:
    """Whether *wanted* more copies may be handed out; refused as by ``is_in_force``, and "copies"."""
    return first_refusal(is_in_force(permit, today), leaves_so_many(permit, wanted))


@rule("R-CONF-07 R-ARCH-08", "发出的份数不超过批准的份数。")
def leaves_so_many(permit: Permit, wanted: int) -> Verdict:
    left = permit.permitted - permit.given
    if 1 <= wanted <= left:
        return ALLOWED
    reason = say(
        "批准 {all} 份，已发 {given} 份，还可发 {left} 份", all=permit.permitted, given=permit.given, left=left
    )
    return refuse(permit.rule, "copies", reason)


@rule("R-CONF-07 R-ARCH-08", "副本编号为“第几份/共几份”，依次编，编过不再用。")
def copy_numbers(given: int, wanted: int, permitted: int) -> tuple[str, ...]:
    """The numbers of the next *wanted* copies: "2/5" is the second of five."""
    return tuple(f"{number}/{permitted}" for number in range(given + 1, given + wanted + 1))


@rule("R-CONF-07 R-ARCH-08", "在外的副本逐份收回或销毁，收回、销毁的不再变动。")
def may_end(rule_id: str, is_out: bool) -> Verdict:
    """Whether a copy may be recalled or shredded; refused "wrong_state" for one that isn't out."""
    return ALLOWED if is_out else refuse(rule_id, "wrong_state", say("这份副本已收回或销毁"))


@rule("R-CONF-07 R-ARCH-08", "有副本在外的审批单，收回或销毁以后才能作废。")
def may_be_voided(rule_id: str, out: int) -> Verdict:
    """Whether a form may be voided of which *out* copies are in somebody's hands; refused "wrong_state"."""
    if not out:
        return ALLOWED
    return refuse(rule_id, "wrong_state", say("还有 {out} 份副本在外，收回或销毁以后才能作废", out=out))


@rule("R-CONF-07", "审批结果为不批准的，不能签字批准。")
def may_be_approved(rule_id: str, refused: bool) -> Verdict:
    """Whether a form may get an approving signature; refused "wrong_state" once it was decided against."""
    return refuse(rule_id, "wrong_state", say("审批结果为不批准，不能签字批准")) if refused else ALLOWED


@rule("R-CONF-12 R-CONF-07", "导出或打印重要资料，须有本人持有、内容相符的副本编号，一份只用一次。")
def may_leave_as(covers: bool, holds: bool, used: bool) -> Verdict:
    """Whether important material may leave as a copy: its permit *covers* all of it, the person *holds* it, it isn't *used*.

    Refused "no_permit", or "copies" for a copy that has been made already.
    """
    if not (covers and holds):
        return refuse("R-CONF-12", "no_permit", say("其中有重要资料，须有发给本人、内容相符的副本编号"))
    if used:
        return refuse("R-CONF-12", "copies", say("这份副本已经导出或打印过"))
    return ALLOWED
