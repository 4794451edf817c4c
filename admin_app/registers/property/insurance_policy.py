"""Insurance of the property and its claims."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    person,
    sign,
)
from ...grants.property import property_approved, property_headed, residents_served
from ...models import Lines, Register


class InsurancePolicyClaim(Lines, of="insurance_policy"):
    """One claim on the policy."""

    happened_on: Mapped[Day] = field("出险日期", place="+")
    reported_on: Mapped[Day | None] = field("报案日期", place="+")
    report_number: Mapped[ShortText | None] = field("报案号", place="+")
    cause: Mapped[ShortText] = field("出险原因", place="+")
    loss: Mapped[Money | None] = field("损失金额", place="+")
    paid: Mapped[Money | None] = field("赔付金额", place="+")
    paid_on: Mapped[Day | None] = field("赔付日期", place="+")
    state: Mapped[Code | None] = choice("状态", codes="property_claim_state", place="+")


class InsurancePolicy(
    Register,
    title="物业保险登记表",
    key="policy_number",
    list="valid_until policy_number insurer kind insured_amount premium valid_from claimed officer_id",
    level=2,
    scope="department",
    grants=residents_served | property_headed | property_approved,
    parties="policy_number insurer kind valid_from valid_until officer_id",
):
    """One policy with its period and claims. 002 3.14."""

    __table_args__ = (in_order("valid_from", "valid_until"),)

    policy_number: Mapped[ShortText] = field(
        "保单号", also="保单编号", once=True, search=True, section="保单", place="002 3.14"
    )
    insurer: Mapped[ShortText] = field("保险公司", also="承保公司", filter=True, search=True, place="002 3.14")
    kind: Mapped[Code] = choice("险种", codes="property_insurance_kind", filter=True, place="002 3.14")
    insured: Mapped[ShortText | None] = field("被保险人", search=True, place="+")
    subject: Mapped[ShortText | None] = field("保险标的", search=True, place="+")
    insured_amount: Mapped[Money | None] = field("保险金额", also="保额", filter=True, place="+")
    deductible: Mapped[Money | None] = field("免赔额", place="+")
    premium: Mapped[Money | None] = field("保费", filter=True, place="+")
    paid_on: Mapped[Day | None] = field("缴费日期", filter=True, place="+")
    invoice_number: Mapped[ShortText | None] = field("发票号", search=True, place="+")
    valid_from: Mapped[Day | None] = field("保险期起", also="生效日期", filter=True, place="002 3.14")
    valid_until: Mapped[Day] = field("保险期止", also="到期日期", filter=True, place="002 3.14")
    renewal_on: Mapped[Day | None] = field("续保提醒日期", filter=True, place="+")
    contact: Mapped[ShortText | None] = field("保险公司联系人", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="报案电话", mask=True, place="+")
    officer_id: Mapped[int | None] = person(
        "经办人", also="负责人", party=True, filter=True, place="+", handed_over=True
    )
    policy_scan: Mapped[Attachment | None] = field("保单扫描件", place="+")
    claims: Mapped[list[InsurancePolicyClaim]] = child_rows(
        "理赔记录", InsurancePolicyClaim, section="理赔", place="002 3.14"
    )
    claimed: Mapped[Count | None] = field("出险次数", filter=True, place="+")
    claimed_amount: Mapped[Money | None] = field("累计赔付", filter=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
