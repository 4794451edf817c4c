"""Decoration contracts with their stages of payment."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Area,
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.development import named_builders, signings_checked, signings_kept
from ...models import Lines, Register


class DecorationContractStage(Lines, of="decoration_contract"):
    """A stage of payment."""

    stage: Mapped[ShortText] = field("阶段", also="期次", place="002 轻舟 主材2")
    share: Mapped[Percentage | None] = field("比例", place="+")
    amount: Mapped[Money] = field("金额", place="002 轻舟 主材2")
    due_on: Mapped[Day | None] = field("应付日期", place="+")
    condition: Mapped[ShortText | None] = field("付款条件", place="+")


class DecorationContract(
    Register,
    title="装修合同登记表",
    key="signed_on number",
    list="signed_on number customer_id designer_id amount starts_on finishes_on agency_signed state",
    level=2,
    scope="store owner",
    grants=signings_kept | signings_checked | named_builders,
    parties="signed_on number customer_id designer_id project_manager_id address_estate_id amount stages "
    "starts_on finishes_on state",
):
    """One contract of works; a site opens from it and payments follow its stages (R-CONS-01, R-CONS-03). 002 轻舟 主材2."""

    ends_with = "state: settled terminated"

    __table_args__ = (
        in_order("starts_on", "finishes_on"),
        between("amount", 0),
        between("discount", 0),
        between("days", 0),
    )

    signed_on: Mapped[Day] = field(
        "签订日期", also="日期 签单日期", filter=True, section="合同", today=True, place="002 轻舟 主材2"
    )
    number: Mapped[ShortText] = field("合同编号", also="合同号 编号", search=True, place="002 轻舟 主材2")
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, belongs=True, place="002 轻舟 主材2"
    )
    designer_id: Mapped[int] = person("设计师", filter=True, party=True, place="002 轻舟 主材2", handed_over=True)
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长", filter=True, party=True, place="+", handed_over=True
    )
    agreement_id: Mapped[int | None] = link("设计协议", to="design_agreement", filter=True, place="+")
    home_id: Mapped[int | None] = link("房屋", to="property_home", place="+")
    address_estate_id: Mapped[int | None] = link("小区", also="小区名称", to="estate", filter=True, place="+")
    address: Mapped[ShortText | None] = field("工程地址", also="地址", mask=True, place="+")
    works: Mapped[ShortText | None] = field("工程范围", also="承包方式", search=True, place="+")
    area: Mapped[Area | None] = field("施工面积（㎡）", also="面积", place="+")
    amount: Mapped[Money] = field("合同金额", also="合同总价", filter=True, section="金额", place="002 轻舟 主材2")
    discount: Mapped[Money | None] = field("优惠金额", place="+")
    payment_way: Mapped[ShortText | None] = field("付款办法", place="+")
    stages: Mapped[list[DecorationContractStage]] = child_rows(
        "付款阶段", DecorationContractStage, place="002 轻舟 主材2"
    )
    starts_on: Mapped[Day | None] = field(
        "计划开工日期", also="开工日期", filter=True, section="工期", place="002 轻舟 主材2"
    )
    finishes_on: Mapped[Day | None] = field(
        "计划完工日期", also="完工日期 竣工日期", filter=True, place="002 轻舟 主材2"
    )
    days: Mapped[Count | None] = field("工期（天）", also="工期", place="+")
    delay_terms: Mapped[LongText | None] = field("延期责任", place="002 轻舟 设计师9")
    agency_signed: Mapped[YesNo | None] = field(
        "已签代买合同", also="代买合同", filter=True, section="签署", place="002 轻舟 主材2"
    )
    documents_signed: Mapped[YesNo | None] = field("图纸报价已签字", filter=True, place="002 轻舟 设计师3")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", filter=True, place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="store_manager director general_manager", place="+"
    )
    state: Mapped[Code] = choice("状态", codes="decoration_contract_state", filter=True, default="signed", place="+")
    ended_on: Mapped[Day | None] = field("终止日期", filter=True, place="+", only_if="state: terminated")
    scan: Mapped[Attachment | None] = field("合同扫描件", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
