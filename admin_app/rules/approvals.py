"""Signing a step of a request: the right person, in order, for exactly what they saw (R-ROLE-03/04/05)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .combining import first_refusal
from .ladders import Step
from .moments import instant
from .signers import Staff, who_may_sign

#: so many requests at most are approved on one page; more isn't read any more, only clicked
MOST_TOGETHER = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which step, and the digest of what they signed."""

    step: str
    person: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request on its way up its ladder; persons are employee ids.

    ``applicant``: who entered it. ``about``: those it concerns besides. ``unfit``: who can't judge it, since
    they don't see what it is about. ``department_id``: the applicant's department. ``digest``: of its contents as they are now.
    """

    applicant: int
    department_id: int | None
    ladder: tuple[Step, ...]
    digest: str
    about: frozenset[int] = frozenset()
    unfit: frozenset[int] = frozenset()
    signatures: tuple[Signature, ...] = ()

    @property
    def concerned(self) -> frozenset[int]:
        return self.about | {self.applicant}

    @property
    def standing(self) -> tuple[Signature, ...]:
        """The signatures that count: those for the contents as they are now."""
        return tuple(signed for signed in self.signatures if signed.digest == self.digest)

    @property
    def barred(self) -> frozenset[int]:
        """Who can't sign the next step, whatever their roles."""
        return self.concerned | self.unfit | {signed.person for signed in self.standing}


@rule("R-ROLE-05 R-LOAN-02", "按顺序逐级签批；签字后内容变更的，原签字全部失效。")
def next_step(request: Request) -> Step | None:
    """The step that waits for a signature; None when the request is granted."""
    signed = {signature.step for signature in request.standing}
    return next((step for step in request.ladder if step.name not in signed), None)


@rule("R-ROLE-04", "任何人不得审批本人的申请或与本人有关的事项。")
def not_own_request(person: int, request: Request) -> Verdict:
    if person not in request.concerned:
        return ALLOWED
    return refuse("R-ROLE-04", "own_request", say("不能审批本人的申请或与本人有关的事项"))


@rule("R-ROLE-04", "需要两级审批的，由两个人分别签字。")
def has_not_signed(person: int, request: Request) -> Verdict:
    if all(signed.person != person for signed in request.standing):
        return ALLOWED
    return refuse("R-ROLE-04", "same_person", say("您已签过另一步骤，须由他人签字"))


@rule("R-LOAN-02", "上一步骤签批后，才轮到下一步骤；每一步骤只签一次。")
def is_next(step: Step, request: Request) -> Verdict:
    """Refused ("not_signed") while an earlier step waits, ("wrong_state") once this one is signed."""
    waiting = next_step(request)
    if waiting == step:
        return ALLOWED
    if waiting is None or any(signed.step == step.name for signed in request.standing):
        return refuse("R-LOAN-02", "wrong_state", say("此步骤已签批"))
    return refuse("R-LOAN-02", "not_signed", say("请等待上一步骤：{step}", step=waiting.title))


@rule("R-ROLE-03 R-ROLE-04", "每一步骤只由有权的人签；没有可以签字的人时不予办理。")
def signs_this_step(step: Step, person: int, request: Request, staff: Staff) -> Verdict:
    """Refused ("no_signer") when nobody at all is left for the step, ("not_signer") when it is others'."""
    signers = who_may_sign(step, request.department_id, request.barred, staff)
    if not signers:
        return refuse("R-ROLE-04", "no_signer", say("没有可以签字的人，请总经理指定代理人"))
    if all(signer.person != person for signer in signers):
        return refuse("R-ROLE-03", "not_signer", say("此步骤不由您签字"))
    return ALLOWED


@rule("R-ROLE-05", "签批的内容须与页面上看到的一致。")
def is_what_was_seen(seen: str, digest: str) -> Verdict:
    """*seen*: the digest of the contents as the signer's page showed them, *digest* what it is; refused "changed"."""
    if seen == digest:
        return ALLOWED
    return refuse("R-ROLE-05", "changed", say("内容已变更，请重新查看后再签"))


@rule("R-ROLE-05", "距上次验证密码超过十分钟（公司可缩短）的，签批前须再次输入密码。")
def password_is_fresh(checked_at: datetime | None, now: datetime, good_for: timedelta) -> Verdict:
    """Refused ("password_due") when the last check is longer ago than *good_for*, or was never made."""
    if checked_at is not None and instant(now) - instant(checked_at) <= good_for:
        return ALLOWED
    return refuse("R-ROLE-05", "password_due", say("请再次输入密码"))


@rule("R-ROLE-03 R-ROLE-04 R-ROLE-05", "由有权的人，按顺序，就其所见内容，验证密码后签批。")
def may_sign(
    step: Step,
    person: int,
    request: Request,
    staff: Staff,
    *,
    seen: str,
    password_checked_at: datetime | None,
    password_good_for: timedelta,
    now: datetime,
) -> Verdict:
    """Whether *person* may sign *step* now; the password is asked for only when nothing else fails."""
    return first_refusal(
        not_own_request(person, request),
        is_next(step, request),
        has_not_signed(person, request),
        signs_this_step(step, person, request, staff),
        is_what_was_seen(seen, request.digest),
        password_is_fresh(password_checked_at, now, password_good_for),
    )


@rule("R-ROLE-05 R-LOAN-02", "一并同意的，须是同一类申请，一次不超过三十张。")
def may_be_approved_together(kinds: Collection[str], number: int) -> Verdict:
    """Whether *number* requests of *kinds* are few and alike enough to be read on one page before they are signed.

    Refused: incomplete (none), inconsistent (of two kinds), out_of_range.
    """
    if not number:
        return refuse("R-ROLE-05", "incomplete", say("请先勾选要一并同意的申请"))
    if len(set(kinds)) > 1:
        return refuse("R-LOAN-02", "inconsistent", say("借阅和查阅请分开签批"))
    if number > MOST_TOGETHER:
        return refuse("R-ROLE-05", "out_of_range", say("一次最多 {n} 张，请分批签批", n=MOST_TOGETHER))
    return ALLOWED


@rule("R-LOAN-01 R-CONF-05 R-ROLE-02", "不予批准的，须写明理由。")
def has_reason(rule_id: str, reason: str) -> Verdict:
    """A step is refused by whoever may sign it, and with a reason; *rule_id*: the rule of what is asked for."""
    return ALLOWED if reason.strip() else refuse(rule_id, "no_reason", say("请写明不批准的理由"))


@rule("R-LOAN-02", "借出之前，申请人可以撤回申请。")
def may_withdraw(person: int, request: Request) -> Verdict:
    """Only the applicant withdraws; whether the state still allows it is the business of ``states``."""
    if person == request.applicant:
        return ALLOWED
    return refuse("R-LOAN-02", "not_applicant", say("只有申请人可以撤回"))
