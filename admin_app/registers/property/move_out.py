"""Moving out: meter readings, fees and the deposit returned."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
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
    sign,
)
from ...grants.property import property_approved, property_headed, residents_served
from ...models import Lines, Register


class MoveOutItem(Lines, of="move_out"):
    """One thing checked before leaving."""

    name: Mapped[ShortText] = field("检查项目", also="项目", place="+")
    state: Mapped[ShortText | None] = field("状况", place="+")
    compensation: Mapped[Money | None] = field("赔偿金额", place="+")


class MoveOut(
    Register,
    title="客户迁出登记表",
    key="unit_id moved_on",
    list="moved_on number unit_id customer_id cause arrears deposit refund refunded_on",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_approved,
    parties="number unit_id applied_on moved_on cause keys approved_by_id approved_at",
):
    """One household or firm moving out; its deposit balances (R-PROP-01). 002 3.16."""

    called = "number unit_id"
    __table_args__ = (
        in_order("applied_on", "moved_on"),
        in_order("moved_on", "refunded_on"),
        in_order("refund", "deposit"),
    )

    number: Mapped[Number] = field(
        "迁出单号", also="编号", unique=True, series="QC", search=True, section="迁出", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 3.16"
    )
    customer_id: Mapped[int | None] = link("客户", also="客户姓名 业主", to="customer", filter=True, place="+")
    occupancy_id: Mapped[int | None] = link("入住登记", to="occupancy", filter=True, place="+")
    name: Mapped[ShortText | None] = field("迁出人", also="姓名", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    applied_on: Mapped[Day | None] = field("申请日期", filter=True, place="+")
    moved_on: Mapped[Day] = field("迁出日期", also="日期 搬离日期", filter=True, today=True, place="002 3.16")
    cause: Mapped[Code] = choice("迁出原因", also="原因", codes="property_move_cause", filter=True, place="+")
    forward_address: Mapped[ShortText | None] = field("新地址", also="迁往地址", mask=True, place="+")
    pass_number: Mapped[ShortText | None] = field("放行条号", search=True, place="+")
    water_from: Mapped[Figure | None] = field("水表起数", section="检查", place="+")
    water_to: Mapped[Figure | None] = field("水表止数", also="水表读数", place="002 3.16")
    power_from: Mapped[Figure | None] = field("电表起数", place="+")
    power_to: Mapped[Figure | None] = field("电表止数", also="电表读数", place="002 3.16")
    gas_to: Mapped[Figure | None] = field("气表读数", place="002 3.16")
    keys: Mapped[Count | None] = field("收回钥匙数", also="钥匙", filter=True, place="+")
    cards: Mapped[Count | None] = field("收回门禁卡数", place="+")
    items: Mapped[list[MoveOutItem]] = child_rows("房屋与物品检查", MoveOutItem, place="+")
    restored: Mapped[YesNo | None] = field("房屋已恢复原状", filter=True, place="+")
    arrears: Mapped[Money | None] = field("应缴费用", also="欠费", filter=True, section="结算", place="+")
    compensation: Mapped[Money | None] = field("赔偿金额", also="赔偿", filter=True, place="+")
    deposit: Mapped[Money | None] = field("合同押金", also="押金", filter=True, place="002 3.16")
    refund: Mapped[Money | None] = field("退还押金", also="应退金额", filter=True, place="002 3.16")
    refunded_on: Mapped[Day | None] = field("退还日期", filter=True, place="002 3.16")
    receipt_number: Mapped[ShortText | None] = field("退款凭证号", also="收据号", search=True, place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="+")
    handled_by_id: Mapped[int | None] = sign(
        "经办人签字", also="经办人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准", also="审批人", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
