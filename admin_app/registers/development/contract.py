"""Contracts with distributors and direct customers, with their settlement agreement."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
from ...grants.development import leadership_signs, own_results, results_known, results_led, results_read
from ...models import Register


class Contract(
    Register,
    title="合作合同",
    key="signed_on number",
    list="signed_on number customer_id kind amount valid_until settlement reviewed_by_id approved_by_id",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | results_known | leadership_signs,
    parties="signed_on number customer_id kind valid_from valid_until manager_id reviewed_by_id "
    "approved_by_id approved_at",
):
    """One contract; 客户开发主管 approves it before it binds, as credit asks (R-DEVE-01, R-CRED-01). 001 ch2, 003 篇二 1.1.2."""

    closes_with = "approved_by_id"
    awaited = "approved_by_id"
    __table_args__ = (
        in_order("valid_from", "valid_until"),
        between("amount", 0),
        between("credit_days", 0),
    )

    signed_on: Mapped[Day] = field(
        "签订日期", also="日期", filter=True, section="合同", today=True, place="003 篇二 1.1.2"
    )
    number: Mapped[ShortText] = field("合同编号", also="合同号 编号", search=True, place="003 篇二 1.1.2")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 乙方", to="customer", filter=True, belongs=True, place="003 篇二 1.1.2"
    )
    kind: Mapped[Code] = choice("合同类型", also="类型", codes="contract_kind", filter=True, place="003 篇二 1.1.2")
    manager_id: Mapped[int | None] = person(
        "经办人", also="开发专员", filter=True, party=True, place="001 ch2 开发专员7", handed_over=True
    )
    subject: Mapped[ShortText | None] = field("合同标的", also="标的", search=True, place="+")
    amount: Mapped[Money | None] = field("合同金额", filter=True, place="+")
    valid_from: Mapped[Day | None] = field("生效日期", filter=True, place="003 篇二 1.1.2")
    valid_until: Mapped[Day | None] = field("有效期至", also="到期日期", filter=True, place="003 篇二 1.1.2")
    terms: Mapped[LongText | None] = field("合作条款", also="条款", section="条款", place="001 ch2 开发专员7")
    price_terms: Mapped[LongText | None] = field("价格与优惠条款", place="+")
    delivery_terms: Mapped[LongText | None] = field("交货与验收条款", place="+")
    breach: Mapped[LongText | None] = field("违约责任", place="+")
    settlement: Mapped[YesNo | None] = field(
        "含结算协议", also="结算协议", filter=True, section="结算协议", place="003 篇二 1.1.2"
    )
    settlement_way: Mapped[Code | None] = choice("结算方式", codes="settlement_way", filter=True, place="+")
    credit_days: Mapped[Count | None] = field("账期（天）", also="账期", place="003 篇二 1.4.2")
    settlement_terms: Mapped[LongText | None] = field("结算协议内容", place="003 篇二 1.1.2")
    scan: Mapped[Attachment | None] = field("合同扫描件", place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager director", section="审批", place="001 ch2 开发主管7"
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles="sales_manager general_manager", place="001 ch2 开发主管7"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
