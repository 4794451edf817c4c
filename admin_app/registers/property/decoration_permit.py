"""Residents' applications to decorate, their deposit and the inspection."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.property import property_approved, property_headed, residents_served
from ...models import Lines, Register


class DecorationPermitPatrol(Lines, of="decoration_permit"):
    """One look at the decoration while it goes on."""

    patrolled_on: Mapped[Day] = field("巡查日期", place="+")
    patroller_id: Mapped[int | None] = person("巡查人", place="+")
    found: Mapped[ShortText | None] = field("发现问题", place="+")
    handled: Mapped[ShortText | None] = field("处理", place="+")


class DecorationPermit(
    Register,
    title="二次装修申请表",
    key="unit_id applied_on",
    list="applied_on number unit_id applicant start_on finish_on deposit state approved_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_approved,
    parties="number unit_id applied_on start_on finish_on content state inspected_on result officer_id approved_by_id "
    "approved_at",
):
    """One decoration by a resident; the deposit balances when it is refunded (R-PROP-01). 002 3.3."""

    called = "number unit_id"
    ends_with = "state: refunded refused"

    __table_args__ = (
        in_order("start_on", "finish_on"),
        in_order("inspected_on", "refunded_on"),
        in_order("refund", "deposit"),
    )

    number: Mapped[Number] = field(
        "申请单号", also="编号", unique=True, series="EZ", search=True, section="申请", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 3.3"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主", to="customer", filter=True, place="+")
    applicant: Mapped[ShortText] = field("申请人", also="业主姓名", mask=True, search=True, place="002 3.3")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    applied_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="002 3.3")
    content: Mapped[LongText] = field("装修内容", also="装修项目", place="002 3.3")
    structure: Mapped[YesNo | None] = field("涉及结构或外立面", filter=True, place="+")
    fire: Mapped[YesNo | None] = field("涉及消防设施", filter=True, place="002 3.12")
    water: Mapped[YesNo | None] = field("涉及防水改造", filter=True, place="+")
    drawings: Mapped[Attachment | None] = field("装修图纸", place="+")
    builder: Mapped[ShortText | None] = field("装修公司", also="施工单位", search=True, section="施工", place="+")
    builder_contact: Mapped[ShortText | None] = field("施工负责人", mask=True, place="+")
    builder_phone: Mapped[Phone | None] = field("施工负责人电话", mask=True, place="+")
    workers: Mapped[Count | None] = field("施工人数", place="+")
    start_on: Mapped[Day | None] = field("计划开工日期", also="开工日期", filter=True, place="+")
    finish_on: Mapped[Day | None] = field("计划完工日期", also="完工日期", filter=True, place="+")
    deposit: Mapped[Money | None] = field("装修押金", also="押金", filter=True, section="押金与手续", place="002 3.3")
    deposit_paid_on: Mapped[Day | None] = field("押金缴纳日期", filter=True, place="+")
    receipt_number: Mapped[ShortText | None] = field("收据号", search=True, place="+")
    rubbish_fee: Mapped[Money | None] = field("垃圾清运费", place="+")
    rules_signed: Mapped[YesNo | None] = field("装修守则已签", also="规定已签", filter=True, place="002 3.3")
    cards: Mapped[Count | None] = field("施工出入证数", place="+")
    state: Mapped[Code] = choice("状态", codes="property_permit_state", default="applied", filter=True, place="+")
    officer_id: Mapped[int | None] = person("经办人", party=True, filter=True, place="+", handed_over=True)
    approved_by_id: Mapped[int | None] = sign(
        "批准", also="审批人", signed_with="approve", roles="service_manager general_manager", place="002 3.3"
    )
    opinion: Mapped[LongText | None] = field("审批意见", place="+", required_if="state: refused")
    patrols: Mapped[list[DecorationPermitPatrol]] = child_rows(
        "装修巡查", DecorationPermitPatrol, section="巡查与验收", place="+"
    )
    inspected_on: Mapped[Day | None] = field("验收日期", filter=True, place="002 3.3")
    result: Mapped[Code | None] = choice("验收结果", also="结果", codes="property_result", filter=True, place="002 3.3")
    violations: Mapped[LongText | None] = field("违规情况", place="+")
    deducted: Mapped[Money | None] = field("扣款金额", also="扣款", filter=True, place="+")
    refund: Mapped[Money | None] = field("退还押金", also="应退押金", filter=True, place="002 3.3")
    refunded_on: Mapped[Day | None] = field("退还日期", filter=True, place="002 3.3")
    inspected_by_id: Mapped[int | None] = sign(
        "验收人签字", also="验收人", signed_with="edit", roles="service_officer service_manager", place="002 3.3"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
