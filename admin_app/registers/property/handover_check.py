"""The check of a unit when it is handed over."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    Figure,
    LongText,
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


class HandoverCheckItem(Lines, of="handover_check"):
    """One item of the check."""

    part: Mapped[Code | None] = choice("类别", codes="property_item_group", place="+")
    name: Mapped[ShortText] = field("验收项目", also="项目", place="+")
    standard: Mapped[ShortText | None] = field("标准", place="+")
    result: Mapped[Code | None] = choice("结果", codes="property_result", place="+")
    defect: Mapped[ShortText | None] = field("缺陷", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", place="+")
    rectified_on: Mapped[Day | None] = field("整改日期", place="+")


class HandoverCheck(
    Register,
    title="物业验收表",
    key="unit_id checked_on",
    list="checked_on unit_id customer_id result defects rectify_by rechecked_on customer_signed",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_approved,
    parties="unit_id customer_id checked_on kind items water_reading power_reading gas_reading result defects problems "
    "rectifier rectify_by rechecked_on recheck_result photo customer_signed customer_signed_on checked_by_id "
    "checked_at reviewed_by_id reviewed_at",
):
    """One unit checked item by item, with what must be mended. 002 3.1."""

    on_paper = slip(also="客户")

    __table_args__ = (
        in_order("checked_on", "rectify_by"),
        in_order("checked_on", "rechecked_on"),
    )

    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, section="验收", place="002 3.1"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主姓名 客户姓名", to="customer", filter=True, place="+")
    checked_on: Mapped[Day] = field("验收日期", also="日期", filter=True, today=True, place="002 3.1")
    kind: Mapped[ShortText | None] = field("验收类别", filter=True, search=True, place="+")
    items: Mapped[list[HandoverCheckItem]] = child_rows("验收项目", HandoverCheckItem, place="002 3.1")
    water_reading: Mapped[Figure | None] = field("水表读数", place="+")
    power_reading: Mapped[Figure | None] = field("电表读数", place="+")
    gas_reading: Mapped[Figure | None] = field("气表读数", place="+")
    result: Mapped[Code | None] = choice(
        "验收结果", also="结果", codes="property_result", filter=True, section="结果", place="002 3.1"
    )
    defects: Mapped[Count | None] = field("缺陷数", filter=True, place="+")
    problems: Mapped[LongText | None] = field("存在问题", also="缺陷", place="002 3.1")
    rectifier: Mapped[ShortText | None] = field("整改单位", search=True, place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 3.1")
    rechecked_on: Mapped[Day | None] = field("复验日期", filter=True, place="+")
    recheck_result: Mapped[Code | None] = choice("复验结果", codes="property_result", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, section="签字", place="+")
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="+")
    checked_by_id: Mapped[int | None] = sign(
        "验收人签字", also="验收人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "主管签字", also="审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
