"""Who rates a customer manager, and how often (R-SCOR-01, R-ROLE-04)."""

from ..permissions import Person, Role
from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: who enters what colleagues wrote on paper
_ENTER_SLIPS = frozenset({Role.DIRECTOR, Role.GENERAL_MANAGER})


@rule("R-ROLE-04", "任何人不录入、修改或作废对本人的评分。")
def is_of_another(person: int, rated: int) -> Verdict:
    """Whether *person* may write a rating of *rated*, both employee ids; refused "own_request"."""
    if person != rated:
        return ALLOWED
    return refuse("R-ROLE-04", "own_request", say("不能录入、修改或作废对本人的评分"))


@rule("R-SCOR-01", "评分由评分人本人填写；纸质评分由专项总监或总经理录入。")
def is_in_own_name(person: Person, rater: int) -> Verdict:
    """Whether *person* may write a rating as that of *rater*, an employee id; refused "role"."""
    if person.id == rater or person.roles & _ENTER_SLIPS:
        return ALLOWED
    return refuse("R-SCOR-01", "role", say("只能以本人名义评分；纸质评分由专项总监或总经理录入"))


@rule("R-SCOR-01", "同一评分人对同一人每月评分一次。")
def is_the_only_one(others: int) -> Verdict:
    """*others*: how many more ratings in use that rater gave that person in that month; refused "taken"."""
    if not others:
        return ALLOWED
    return refuse("R-SCOR-01", "taken", say("评分人本月已给此人评过分，每月只评一次"))
