"""What a refusal or a shared number may reveal of records one may not see, all of it (R-CONF-15).

Whatever isn't listed isn't said. A sentence gives away exactly the values named in ``reveals``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ..texts import Text, say
from .book import rule


class Fact(StrEnum):
    """The facts that may get out, one each."""

    NUMBER_ISSUED = "number_issued"
    VEHICLE_HAS_FILE = "vehicle_has_file"
    ITEM_UNAVAILABLE = "item_unavailable"
    DESIGNER_FULL = "designer_full"
    CUSTOMER_REGISTERED = "customer_registered"
    CUSTOMER_CLAIMED = "customer_claimed"
    DESIGNER_REGISTERED = "designer_registered"
    FORM_EXISTS = "form_exists"
    MORE_THAN_SUCCESSOR_MAY = "more_than_successor_may"
    UNDER_COMPLAINT = "under_complaint"
    NO_DEPOSIT = "no_deposit"
    HAS_DEPOSIT = "has_deposit"
    CUSTOMER_WITHDREW = "customer_withdrew"
    ENTRY_EXISTS = "entry_exists"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One fact: the sentence that tells it, the values it gives away, the rule that needs it told.

    ``auditor_only`` facts are told to nobody else.
    """

    sentence: Text
    rule: str
    reveals: frozenset[str] = frozenset()
    auditor_only: bool = False


DISCLOSURES: Mapping[Fact, Disclosure] = MappingProxyType(
    {
        Fact.NUMBER_ISSUED: Disclosure(say("编号 {number} 已使用"), "R-ARCH-01", frozenset({"number"})),
        Fact.VEHICLE_HAS_FILE: Disclosure(say("该车辆已建档，一车一档"), "R-ARCH-03"),
        Fact.ITEM_UNAVAILABLE: Disclosure(say("该件现在不可借"), "R-LOAN-06"),
        Fact.DESIGNER_FULL: Disclosure(say("该设计师名额已满"), "R-DISP-03"),
        Fact.CUSTOMER_REGISTERED: Disclosure(
            say("该客户已登记，客户经理为{manager}"), "R-CUST-03", frozenset({"manager"})
        ),
        Fact.CUSTOMER_CLAIMED: Disclosure(say("{manager}后来登记了同一客户"), "R-CUST-03", frozenset({"manager"})),
        Fact.DESIGNER_REGISTERED: Disclosure(say("该员工已有设计师档案，一人一份"), "R-DISP-03"),
        Fact.FORM_EXISTS: Disclosure(say("已有一份，一人一份"), "R-CONF-15"),
        Fact.MORE_THAN_SUCCESSOR_MAY: Disclosure(say("有的记录接手人密级不够或无权查看，请另选接手人"), "R-CUST-09"),
        Fact.UNDER_COMPLAINT: Disclosure(say("客户有未了结的投诉"), "R-ARCH-07"),
        Fact.NO_DEPOSIT: Disclosure(say("A 级须有设计协议和定金收据，客户还没有"), "R-CUST-02"),
        Fact.HAS_DEPOSIT: Disclosure(say("客户已交设计定金，是 A 级"), "R-CUST-02"),
        # said beneath all screens, by ``guard.withdrawn``
        Fact.CUSTOMER_WITHDREW: Disclosure(
            say("客户已撤回同意，从撤回当日起不再联系；只能补登撤回以前的联系，其他情况请写在客户的备注里"), "R-PRIV-01"
        ),
        Fact.ENTRY_EXISTS: Disclosure(say("有一条记录，内容不显示"), "R-AUDT-01", auditor_only=True),
    }
)

#: what the refusal of a value that stands once in a whole register tells of a record one may not see, key by key;
#: names are no such keys: of those only the ones that everybody sees must differ (``once``)
TOLD_BY_KEY: Mapping[tuple[str, str], Fact] = MappingProxyType(
    {
        ("customer", "number"): Fact.NUMBER_ISSUED,
        ("employee", "number"): Fact.NUMBER_ISSUED,
        ("archive_file", "number"): Fact.NUMBER_ISSUED,
        ("archive_item", "number"): Fact.NUMBER_ISSUED,
        ("archive_loan", "number"): Fact.NUMBER_ISSUED,
        ("access_request", "number"): Fact.NUMBER_ISSUED,
        ("archive_place", "code"): Fact.NUMBER_ISSUED,
        ("archive_type", "prefix"): Fact.NUMBER_ISSUED,
        ("archive_file", "vin"): Fact.VEHICLE_HAS_FILE,
        ("archive_loan", "item_id"): Fact.ITEM_UNAVAILABLE,
        ("access_request", "item_id"): Fact.ITEM_UNAVAILABLE,
        ("designer", "employee_id"): Fact.DESIGNER_REGISTERED,
        ("foreman", "employee_id"): Fact.FORM_EXISTS,
        ("customer_profile", "customer_id"): Fact.FORM_EXISTS,
    }
)


@rule("R-CONF-15", "拒绝理由和公用编号只能透露本表列出的事实，其余一律不说。")
def disclose(fact: Fact, **values: Any) -> Text:
    """The sentence for *fact* with the values it gives away; ValueError for one too many or too few."""
    known = DISCLOSURES[fact]
    if values.keys() != known.reveals:
        raise ValueError(f"{fact} reveals {sorted(known.reveals)}, not {sorted(values)}")
    return Text(known.sentence.message, values)
