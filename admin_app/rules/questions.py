"""Questions before a signature: who asks, who answers (R-LOAN-02). Pure."""

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-LOAN-02", "轮到签批的人可以先追问申请人；追问和回答不改变申请、已有的签字和期限。")
def may_ask(may_sign: Verdict, question: str) -> Verdict:
    """Whether somebody may ask who, signing now, would be told *may_sign*. Refused as for signing, or "no_reason"."""
    if not may_sign:
        return may_sign
    return ALLOWED if question.strip() else refuse("R-LOAN-02", "no_reason", say("请写明要问什么"))


@rule("R-LOAN-02", "追问由申请人回答，一问一答，答后不改。")
def may_answer(person: int, applicant: int, is_answered: bool, answer: str) -> Verdict:
    """Whether *person* may give that *answer*. Refused "not_applicant", "wrong_state", "no_reason"."""
    if person != applicant:
        return refuse("R-LOAN-02", "not_applicant", say("只有申请人可以回答"))
    if is_answered:
        return refuse("R-LOAN-02", "wrong_state", say("这一问已经答过，不能再改"))
    return ALLOWED if answer.strip() else refuse("R-LOAN-02", "no_reason", say("请写明回答"))
