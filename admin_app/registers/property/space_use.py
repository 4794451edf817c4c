"""Uses of shared space and promotion events."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Area,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.property import property_approved, property_headed, residents_served
from ...models import Register


class SpaceUse(
    Register,
    title="公共场地使用与推广活动申请表",
    key="applied_on applicant place_name",
    list="applied_on number kind applicant place_name use_from use_until fee approved_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_approved,
    parties="number kind place_name use_from use_until purpose officer_id approved_by_id approved_at",
):
    """One use of shared space, approved before it begins. 002 3.17-3.18."""

    __table_args__ = (in_order("use_from", "use_until"),)

    number: Mapped[Number] = field(
        "申请单号", also="编号", unique=True, series="CD", search=True, section="申请", place="+"
    )
    applied_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="002 3.18")
    kind: Mapped[Code] = choice(
        "申请类别", also="类别", codes="property_space_kind", default="space", filter=True, place="002 3.17"
    )
    applicant: Mapped[ShortText] = field("申请人", also="申请单位", filter=True, search=True, place="002 3.18")
    customer_id: Mapped[int | None] = link("客户", also="对应客户", to="customer", filter=True, place="+")
    contact: Mapped[ShortText | None] = field("联系人", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    purpose: Mapped[LongText] = field("用途", also="活动内容", place="002 3.18")
    place_name: Mapped[ShortText] = field(
        "使用场地", also="场地 地点", filter=True, search=True, section="场地与时间", place="002 3.18"
    )
    area: Mapped[Area | None] = field("使用面积（㎡）", also="面积", place="+")
    use_from: Mapped[Moment] = field("使用开始时间", also="开始时间 使用时间起", filter=True, place="002 3.18")
    use_until: Mapped[Moment | None] = field("使用结束时间", also="结束时间 使用时间止", filter=True, place="002 3.18")
    people: Mapped[Count | None] = field("预计人数", place="+")
    power_needed: Mapped[YesNo | None] = field("需要用电", place="+")
    equipment: Mapped[ShortText | None] = field("搭建与设备", place="+")
    safety_plan: Mapped[LongText | None] = field("安全措施", place="002 3.11")
    fee: Mapped[Money | None] = field("场地费", also="费用", filter=True, section="费用", place="002 3.18")
    deposit: Mapped[Money | None] = field("场地押金", also="押金", filter=True, place="+")
    paid_on: Mapped[Day | None] = field("缴费日期", filter=True, place="+")
    receipt_number: Mapped[ShortText | None] = field("收据号", search=True, place="+")
    decision: Mapped[Code | None] = choice(
        "审批结果", also="结果", codes="property_decision", filter=True, section="审批与现场", place="+"
    )
    opinion: Mapped[LongText | None] = field("审批意见", place="+", required_if="decision: agreed_with_terms refused")
    officer_id: Mapped[int | None] = person("经办人", also="现场负责人", party=True, filter=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准", also="审批人", signed_with="approve", roles="service_manager general_manager", place="002 3.18"
    )
    restored: Mapped[YesNo | None] = field("场地已恢复", filter=True, place="+")
    damage: Mapped[LongText | None] = field("损坏情况", place="+")
    deducted: Mapped[Money | None] = field("扣款金额", also="扣款", place="+")
    refunded_on: Mapped[Day | None] = field("押金退还日期", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
