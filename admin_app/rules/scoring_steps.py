"""From computed to locked: which step a score sheet takes, and who takes it (R-SCOR-03, R-ROLE-03, R-ROLE-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..permissions import Level, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .approvals import is_what_was_seen, password_is_fresh
from .book import rule
from .combining import first_refusal
from .ladders import Step
from .moments import instant
from .signers import Staff, who_may_sign
from .working_days import Calendar, deadline

REVIEW = Step("review", say("专项总监审核"), frozenset({Role.DIRECTOR}), Level.CONFIDENTIAL)
APPROVE = Step(
    "approve", say("批准"), frozenset({Role.DIRECTOR, Role.GENERAL_MANAGER}), Level.CONFIDENTIAL
)  # fmt: skip


class State(StrEnum):
    """The states of a sheet, codes of score_state; an approved one is locked, and so is one that a ledger calls corrected."""

    COMPUTED = "computed"
    REVIEWED = "reviewed"
    OBJECTED = "objected"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    CORRECTED = "corrected"


LOCKED = frozenset({State.APPROVED, State.CORRECTED})


class Verb(StrEnum):
    """What is done to a sheet."""

    COMPUTE = "compute"
    ADJUST = "adjust"
    REVIEW = "review"
    ACCEPT = "accept"
    OBJECT = "object"
    APPROVE = "approve"
    CORRECT = "correct"


_FROM: dict[Verb, frozenset[State]] = {
    Verb.COMPUTE: frozenset(State) - LOCKED,
    Verb.ADJUST: frozenset({State.COMPUTED, State.REVIEWED, State.OBJECTED}),
    Verb.REVIEW: frozenset({State.COMPUTED, State.OBJECTED}),
    Verb.ACCEPT: frozenset({State.REVIEWED}),
    Verb.OBJECT: frozenset({State.REVIEWED}),
    Verb.APPROVE: frozenset({State.ACCEPTED}),
    Verb.CORRECT: frozenset({State.APPROVED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as the rules see it; persons are employee ids.

    ``reviewer``: who signed the review that stands. ``answer_by``: until when the person may object, None before the
    review. ``adjusters``: who waived or added by hand.
    """

    state: State
    person: int
    department_id: int | None
    reviewer: int | None = None
    answer_by: datetime | None = None
    objected: bool = False
    adjusters: frozenset[int] = frozenset()


@rule("R-SCOR-03", "更正只针对本人当月最新的考核表。")
def is_newest(newest: bool) -> Verdict:
    """Whether a sheet is the one that stands for its person and month; refused "wrong_state"."""
    if newest:
        return ALLOWED
    return refuse("R-SCOR-03", "wrong_state", say("已另立更正表，请在最新一版上办理"))


@rule("R-SCOR-03", "审核后本人在两个工作日内提出异议；期限内不表示的，视为认可。")
def answer_by(reviewed_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Until when the person may object to what was reviewed."""
    return deadline(reviewed_at, days, calendar)


@rule("R-SCOR-03", "期限内不表示的，视为认可。")
def standing_at(sheet: Sheet, now: datetime) -> State:
    """The state of *sheet* at *now*: reviewed and not objected to in time is accepted, by the clock."""
    if sheet.state is State.REVIEWED and sheet.answer_by is not None and instant(now) > instant(sheet.answer_by):
        return State.ACCEPTED
    return sheet.state


@rule("R-SCOR-03", "考核表依次经计算、审核、本人认可或异议、批准；批准后锁定，任何人不能再改，更正须另立新表。")
def may_take(verb: Verb, sheet: Sheet, now: datetime) -> Verdict:
    """Whether the state of *sheet* at *now* allows *verb*; refused "locked" or "wrong_state"."""
    state = standing_at(sheet, now)
    if state in _FROM[verb]:
        return ALLOWED
    if state in LOCKED:
        return refuse("R-SCOR-03", "locked", say("考核表已批准锁定，不能再改；确有错误的，另立更正表"))
    return refuse("R-SCOR-03", "wrong_state", _WANTED[verb])


_WANTED = {
    Verb.COMPUTE: say("考核表已批准锁定"),
    Verb.ADJUST: say("本人已认可，不能再调整扣分"),
    Verb.REVIEW: say("考核表已审核，等本人认可"),
    Verb.ACCEPT: say("考核表尚未审核，或已经认可"),
    Verb.OBJECT: say("只有审核之后、认可之前可以提出异议"),
    Verb.APPROVE: say("须先经审核并由本人认可"),
    Verb.CORRECT: say("尚未批准的考核表直接重新计算，不用更正"),
}


def barred(step: Step, sheet: Sheet) -> frozenset[int]:
    """Who can't sign *step* whatever their roles: whom it is about, and for the approval who reviewed or adjusted."""
    if step is REVIEW:
        return frozenset({sheet.person})
    return frozenset({sheet.person, *sheet.adjusters} | ({sheet.reviewer} if sheet.reviewer is not None else set()))


@rule(
    "R-SCOR-03 R-ROLE-03 R-ROLE-04",
    "由专项总监审核，由另一位总监或总经理批准；任何人不审批本人的考核，也不批准自己审核的。",
)
def signs(step: Step, person: int, sheet: Sheet, staff: Staff) -> Verdict:
    """Whether *person* signs *step*; refused "own_request", "same_person", "no_signer" or "not_signer"."""
    if person == sheet.person:
        return refuse("R-ROLE-04", "own_request", say("不能审核或批准本人的考核"))
    if person in barred(step, sheet):
        return refuse("R-ROLE-04", "same_person", say("您已审核或调整过这张考核表，须由他人批准"))
    signers = who_may_sign(step, sheet.department_id, barred(step, sheet), staff)
    if not signers:
        return refuse("R-ROLE-04", "no_signer", say("没有可以签字的人，请总经理指定代理人"))
    if all(signer.person != person for signer in signers):
        return refuse("R-SCOR-03", "not_signer", _WHO[step.name])
    return ALLOWED


_WHO = {
    "review": say("考核表由专项总监审核和调整"),
    "approve": say("考核表由另一位专项总监或总经理批准"),
}


@rule("R-SCOR-03 R-ROLE-05", "审核、批准的内容须与所见一致，并按规定验证密码。")
def may_sign(
    verb: Verb,
    person: int,
    sheet: Sheet,
    staff: Staff,
    *,
    seen: str,
    digest: str,
    password_checked_at: datetime | None,
    password_good_for: timedelta,
    now: datetime,
) -> Verdict:
    """Whether *person* may review or approve *sheet* now; *seen*, *digest*: of what their page showed, and of what it is."""
    return first_refusal(
        signs(REVIEW if verb is Verb.REVIEW else APPROVE, person, sheet, staff),
        may_take(verb, sheet, now),
        is_what_was_seen(seen, digest),
        password_is_fresh(password_checked_at, now, password_good_for),
    )


@rule("R-SCOR-03", "专项总监审核时可以免扣或增加扣分，须写明原因。")
def may_adjust(person: int, sheet: Sheet, staff: Staff, reason: str, now: datetime) -> Verdict:
    """Whether *person* may waive a deduction or add one; refused also "no_reason"."""
    return first_refusal(signs(REVIEW, person, sheet, staff), may_take(Verb.ADJUST, sheet, now), gives_reason(reason))


@rule("R-SCOR-03", "由本人认可；不表示的到期视为认可。")
def may_accept(person: int, sheet: Sheet, now: datetime) -> Verdict:
    return first_refusal(is_the_persons(person, sheet), may_take(Verb.ACCEPT, sheet, now))


@rule("R-SCOR-03", "本人可在两个工作日内提出一次异议，须写明理由。")
def may_object(person: int, sheet: Sheet, reason: str, now: datetime) -> Verdict:
    """Refused also "no_reason"; after the time is over the state says so."""
    return first_refusal(
        is_the_persons(person, sheet), may_take(Verb.OBJECT, sheet, now), has_not_objected(sheet), gives_reason(reason)
    )


@rule("R-SCOR-03", "只有被考核人本人可以认可或提出异议。")
def is_the_persons(person: int, sheet: Sheet) -> Verdict:
    if person == sheet.person:
        return ALLOWED
    return refuse("R-SCOR-03", "not_signer", say("只有被考核人本人可以认可或提出异议"))


@rule("R-SCOR-03", "异议只能提一次。")
def has_not_objected(sheet: Sheet) -> Verdict:
    if not sheet.objected:
        return ALLOWED
    return refuse("R-SCOR-03", "wrong_state", say("已提出过异议，只能提一次"))


@rule("R-SCOR-03", "调整、异议和更正须写明原因。")
def gives_reason(reason: str) -> Verdict:
    return ALLOWED if reason.strip() else refuse("R-SCOR-03", "no_reason", say("请写明原因"))


@rule("R-SCOR-01", "月份结束后才能计算考核。")
def is_over(month_ends: datetime, now: datetime) -> Verdict:
    """Until then contacts can still be made and blank fields filled in."""
    if instant(now) >= instant(month_ends):
        return ALLOWED
    return refuse("R-SCOR-01", "wrong_state", say("本月尚未结束，月末之后才能计算"))


@rule("R-SCOR-03", "当月考核表全部批准锁定后，才能批准月度汇总；批准即上报人力资源。")
def may_send_summary(unlocked: int) -> Verdict:
    """Whether a month's summary may be approved, with so many of its newest sheets not locked; refused "wrong_state"."""
    if not unlocked:
        return ALLOWED
    return refuse("R-SCOR-03", "wrong_state", say("还有 {n} 张考核表没有批准锁定，全部批准后再上报", n=unlocked))
