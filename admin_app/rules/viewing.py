"""Who may look on as somebody else, and until when (R-ROLE-01)."""

from collections.abc import Set
from datetime import datetime, timedelta

from ..permissions import Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .combining import first_refusal
from .moments import instant
from .powers import may_administer

#: it is for looking something up, not for working
LONGEST = timedelta(minutes=30)


@rule(
    "R-ROLE-01", "系统管理员可以以他人的身份查看，只看两人都有权看的内容；不能办理，最长三十分钟，开始和结束都有记录。"
)
def may_view_as(roles: Set[Role], viewer: int, person: int, signs_in: bool) -> Verdict:
    """Whether someone with *roles* may look on as *person*; refused "role", "oneself", "wrong_state".

    *signs_in*: whether the person has an account that is not disabled.
    """
    return first_refusal(may_administer(roles), is_somebody_else(viewer, person), may_sign_in(signs_in))


@rule("R-ROLE-01", "只能以他人的身份查看。")
def is_somebody_else(viewer: int, person: int) -> Verdict:
    if viewer != person:
        return ALLOWED
    return refuse("R-ROLE-01", "oneself", say("只能以他人的身份查看"))


@rule("R-ROLE-01", "不能以没有账号、账号已停用或已离职的人的身份查看。")
def may_sign_in(signs_in: bool) -> Verdict:
    if signs_in:
        return ALLOWED
    return refuse("R-ROLE-01", "wrong_state", say("此人不能登录，不能以其身份查看"))


def is_over(began: datetime, now: datetime) -> bool:
    """Whether the time is up; a clock that was set back ends it, too."""
    return not timedelta(0) <= instant(now) - instant(began) <= LONGEST
