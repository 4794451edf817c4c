"""Contracts by which the company buys materials for a customer."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Day, LongText, Money, Percentage, ShortText, YesNo, field, link, person, sign
from ...grants.construction import agents_write, works_designed, works_headed, works_of_own_customers, works_of_store
from ...models import Register


class AgencyContract(
    Register,
    title="主材代买合同",
    key="contract_number",
    list="signed_on contract_number site_id agent_id designer_id amount customer_copy finance_copy",
    level=2,
    scope="store department owner",
    grants=agents_write | works_of_own_customers | works_designed | works_of_store | works_headed,
    parties="contract_number site_id customer_id decoration_contract_id signed_on until_on agent_id designer_id services "
    "duties amount fee_rate deposit guide_explained customer_signed customer_signed_on agent_signed_by_id "
    "agent_signed_at customer_copy agent_copy finance_copy scan",
):
    """One contract in two copies and a third at the finance office (R-CONS-02). 002 轻舟 主材1-2."""

    __table_args__ = (in_order("signed_on", "until_on"),)

    contract_number: Mapped[ShortText] = field(
        "合同编号", also="编号 合同号", once=True, search=True, section="合同", place="002 轻舟 主材2"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 主材2"
    )
    customer_id: Mapped[int | None] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, place="002 轻舟 主材2"
    )
    decoration_contract_id: Mapped[int | None] = link(
        "装修合同", to="decoration_contract", filter=True, place="002 轻舟 主材2"
    )
    signed_on: Mapped[Day] = field("签订日期", also="日期", filter=True, today=True, place="002 轻舟 主材2")
    until_on: Mapped[Day | None] = field("有效期至", place="+")
    agent_id: Mapped[int | None] = person("主材代办员", also="代办员", party=True, filter=True, place="002 轻舟 主材2")
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 主材2")
    services: Mapped[LongText | None] = field("服务范围", section="内容", place="002 轻舟 主材1")
    duties: Mapped[LongText | None] = field("双方责任", also="责任", place="002 轻舟 主材1")
    amount: Mapped[Money | None] = field("合同金额", also="预计主材款", filter=True, place="+")
    fee_rate: Mapped[Percentage | None] = field("代办费率（%）", place="+")
    deposit: Mapped[Money | None] = field("预收款", also="定金", filter=True, place="+")
    guide_explained: Mapped[YesNo | None] = field("已介绍主材购买指南", filter=True, place="002 轻舟 主材1")
    customer_signed: Mapped[YesNo | None] = field(
        "客户已签字", also="客户签字", filter=True, section="签署与存档", place="002 轻舟 主材2"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="+")
    agent_signed_by_id: Mapped[int | None] = sign(
        "代办员签字", signed_with="edit", by="agent_id", place="002 轻舟 主材2"
    )
    customer_copy: Mapped[YesNo | None] = field("客户已执一份", also="客户存", filter=True, place="002 轻舟 主材2")
    agent_copy: Mapped[YesNo | None] = field("代办已存一份", also="代办存", filter=True, place="002 轻舟 主材2")
    finance_copy: Mapped[YesNo | None] = field("财务已备份", also="财务存", filter=True, place="002 轻舟 主材2")
    scan: Mapped[Attachment | None] = field("合同扫描件", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
