"""Whether a customer is given credit, condition by condition, each with its evidence (R-CRED-01). 003 篇二 1.1."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


class Ground(StrEnum):
    """What credit rests on."""

    FILE = "file"
    CONTRACT = "contract"
    CLEARED = "cleared"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The contract that a line names: approved or not, with its settlement agreement, from when to when."""

    approved: bool
    settlement: bool
    begins: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is on record for a line of credit. *earlier*: what is left unpaid, in yuan, of invoices of earlier years.

    *in_force*: it is valid on the day, neither suspended nor ended.
    """

    file: bool = False
    identity_copy: bool = False
    contract: Contract | None = None
    cleared: bool = False
    earlier: Decimal = Decimal(0)
    approved: bool = False
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One ground with what is known of it: evidence where it holds, what lacks where it doesn't."""

    ground: Ground
    verdict: Verdict
    told: Text


@rule("R-CRED-01", "授信资格：客户档案含开户人身份证复印件，合同含结算协议，上年度货款清零；各有凭据，并经批准。")
def conditions(evidence: Evidence, day: date) -> tuple[Condition, ...]:
    """Each condition of credit on *day*; refused "incomplete" where its evidence lacks."""
    asked = (
        (Ground.FILE, _file(evidence), say("档案和身份证复印件齐全")),
        (Ground.CONTRACT, _contract(evidence.contract, day), say("合同已批准，在有效期内，含结算协议")),
        (Ground.CLEARED, _cleared(evidence), say("上年度货款已清零")),
        (Ground.APPROVED, _approved(evidence), say("授信已批准，在有效期内")),
    )
    return tuple(
        Condition(ground, ALLOWED, holds) if lack is None else Condition(ground, refuse("R-CRED-01", "incomplete", lack), lack)
        for ground, lack, holds in asked
    )  # fmt: skip


def is_eligible(found: tuple[Condition, ...]) -> bool:
    return all(one.verdict for one in found)


def _file(evidence: Evidence) -> Text | None:
    if not evidence.file:
        return say("没有建立客户档案")
    return None if evidence.identity_copy else say("没有开户人身份证复印件")


def _contract(contract: Contract | None, day: date) -> Text | None:
    if contract is None:
        return say("没有填写业务合同")
    if not contract.approved:
        return say("合同还没有批准")
    if not contract.holds_on(day):
        return say("合同不在有效期内")
    return None if contract.settlement else say("合同不含结算协议")


def _cleared(evidence: Evidence) -> Text | None:
    if evidence.earlier > 0:
        return say("往年货款还有 {amount} 元未收", amount=f"{evidence.earlier:,.2f}")
    return None if evidence.cleared else say("没有上年度货款清零的凭据")


def _approved(evidence: Evidence) -> Text | None:
    if not evidence.approved:
        return say("授信还没有批准")
    return None if evidence.in_force else say("授信已暂停、终止或不在有效期内")
