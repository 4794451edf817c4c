"""Credit given to customers, and what makes them eligible."""

from sqlalchemy.orm import Mapped

from ...checks import in_order, needs
from ...fields import (
    Attachment,
    Code,
    Day,
    IdentityNumber,
    LongText,
    Moment,
    Money,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import LEADERSHIP
from ...grants.credit import credit_followed, credit_kept
from ...models import Register


class CreditLine(
    Register,
    title="客户授信",
    key="valid_from customer_id",
    list="valid_from customer_id contract_kind eligible limit_amount used_amount over_since valid_until state",
    level=3,
    scope="department owner",
    grants=credit_kept | credit_followed,
    parties="valid_from customer_id contract_kind eligible valid_until state manager_id approved_by_id approved_at",
):
    """One customer's credit; the limit is what was invoiced in the 30 days before, daily (R-CRED-01). 003 篇二 1."""

    ends_with = "state: ended"

    __table_args__ = (
        in_order("valid_from", "valid_until"),
        needs("identity_copy", "file_complete"),
    )

    valid_from: Mapped[Day] = field(
        "授信开始日期", also="日期 开始日期", filter=True, section="客户", place="003 篇二 1.1"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="003 篇二 1.1"
    )
    manager_id: Mapped[int | None] = person(
        "经办人", also="开发专员", filter=True, party=True, place="+", handed_over=True
    )
    survey_id: Mapped[int | None] = link("信用调查", to="credit_survey", filter=True, place="+")
    file_complete: Mapped[YesNo | None] = field(
        "已建立客户档案", also="档案齐", filter=True, section="授信资格", place="003 篇二 1.1.1"
    )
    archive_file_id: Mapped[int | None] = link("客户档案", to="archive_file", place="003 篇二 1.1.1")
    identity_copy: Mapped[YesNo | None] = field(
        "有开户人身份证复印件", also="身份证复印件", filter=True, place="003 篇二 1.1.1"
    )
    account_holder: Mapped[ShortText | None] = field("开户人", search=True, place="003 篇二 1.1.1")
    account_identity: Mapped[IdentityNumber | None] = field("开户人身份证号", mask=True, place="003 篇二 1.1.1")
    contract_id: Mapped[int | None] = link("业务合同", also="合同", to="contract", filter=True, place="003 篇二 1.1.2")
    contract_kind: Mapped[Code | None] = choice("合同类型", codes="contract_kind", filter=True, place="003 篇二 1.1.2")
    settlement: Mapped[YesNo | None] = field("含结算协议", also="结算协议", filter=True, place="003 篇二 1.1.2")
    cleared: Mapped[YesNo | None] = field("上年度货款清零", also="货款清零", filter=True, place="003 篇二 1.1.3")
    cleared_on: Mapped[Day | None] = field("清零日期", place="+")
    cleared_proof: Mapped[Attachment | None] = field("清零凭证", place="+")
    eligible: Mapped[YesNo | None] = field("符合授信资格", computed=True, filter=True, place="R-CRED-01")
    limit_amount: Mapped[Money | None] = field(
        "当前授信额",
        also="授信额",
        computed=True,
        filter=True,
        section="授信额",
        place="003 篇二 1.2",
        help="开票发货日前三十天货款，每日重算",
    )
    used_amount: Mapped[Money | None] = field("已用额", computed=True, filter=True, place="R-CRED-01")
    free_amount: Mapped[Money | None] = field("可用额", computed=True, place="R-CRED-01")
    computed_at: Mapped[Moment | None] = field("计算时间", computed=True, place="003 篇二 1.3")
    over_since: Mapped[Day | None] = field("超额开始日期", computed=True, filter=True, place="R-CRED-01")
    first_used: Mapped[YesNo | None] = field("首次超额已用", computed=True, place="R-CRED-02")
    last_used: Mapped[YesNo | None] = field("末次超额已用", computed=True, place="R-CRED-02")
    special: Mapped[YesNo | None] = field("例外授信", filter=True, section="例外与有效期", place="003 篇二 1.4")
    special_terms: Mapped[LongText | None] = field("例外授信条件", place="003 篇二 1.4.2")
    valid_until: Mapped[Day | None] = field("有效期至", filter=True, place="003 篇二 1.1")
    state: Mapped[Code] = choice("状态", codes="credit_line_state", filter=True, default="valid", place="+")
    stopped_reason: Mapped[ShortText | None] = field(
        "停止授信原因", place="+", only_if="state: suspended ended", required_if="state: suspended ended"
    )
    approved_by_id: Mapped[int | None] = sign("批准", signed_with="approve", roles=LEADERSHIP, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
