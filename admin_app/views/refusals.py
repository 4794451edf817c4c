"""A refusal on the page where it happened: every reason with its rule and code, noted in the trail (R-SIGN-06)."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from ..database import db
from ..guard import noting, trail
from ..texts import Text, say
from ..verdicts import Obstructed, Refused, Verdict
from .words import words

#: what whoever is refused can do next, where a sentence helps
_NEXT: dict[str, Text] = {
    "on_loan": say("归还入库后再借，可以先预约。"),
    "reserved": say("等预约人取走或到期，可以排队。"),
    "held": say("解除封存后再办。"),
    "listed": say("从销毁清单移出后再办。"),
    "overdue_elsewhere": say("先归还逾期的文件。"),
    "cooling_off": say("过了规定的间隔再借。"),
    "lapsed": say("请申请人重新申请。"),
    "level": say("请申请人修改后重新提交。"),
    "changed": say("核对下面的现有内容，再签。"),
    "own_request": say("请由其他有权的人办理。"),
    "full": say("等其手上有一单完成、退出或失效，或另选一位。"),
    "suspended": say("停单期满或解除后再派，或另选一位。"),
    "plans_unsigned": say("由店经理写明理由解除后再派，或另选一位。"),
    "no_signer": say("请总经理指定代理人。"),
}
#: and where a rule makes the same code mean something else
_NEXT_BY_RULE: dict[tuple[str, str], Text] = {
    ("R-CONF-05", "level"): say("在记录的详情页点“申请降密”，写明理由，批准后即降。"),
    ("R-CONF-05", "changed"): say("由申请人按现有内容重新申请。"),
    ("R-LOAN-08", "on_loan"): say("全部归还后再办理离职。"),
    ("R-CONF-02", "level"): say("填写第二接手人，或在下面给这些登记另选接手人。"),
}


def verdicts_of(refusal: Refused) -> tuple[Verdict, ...]:
    return refusal.verdicts if isinstance(refusal, Obstructed) else (refusal.verdict,)


def note_refusal(refusal: Refused) -> None:
    """Put what was refused into the trail; the transaction it stopped has been rolled back."""
    db.session.rollback()
    with noting(db.session):
        for verdict in verdicts_of(refusal):
            trail.note(db.session, "refused", rule=verdict.rule, code=verdict.code, path=request.path)


def boxes(refusal: Refused) -> list[dict[str, Any]]:
    """Every reason as parts/refusal.html shows it."""
    return [
        {"title": _("没有办成"), "reason": words(verdict.reason), "rule": verdict.rule, "code": verdict.code,
         "next": words(_NEXT_BY_RULE.get((verdict.rule, verdict.code)) or _NEXT.get(verdict.code))}
        for verdict in verdicts_of(refusal)
    ]  # fmt: skip
