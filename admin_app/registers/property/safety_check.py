"""Checks of safety and fire protection."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.property import property_approved, property_headed, property_parties, residents_served
from ...models import Lines, Register


class SafetyCheckItem(Lines, of="safety_check"):
    """One item checked."""

    name: Mapped[ShortText] = field("检查项目", also="项目", place="+")
    result: Mapped[Code | None] = choice("结果", codes="property_result", place="+")
    hazard: Mapped[ShortText | None] = field("隐患", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", place="+")
    rectified_on: Mapped[Day | None] = field("整改日期", place="+")


class SafetyCheck(
    Register,
    title="安全防火检查表",
    key="checked_on area_name kind",
    list="checked_on area_name kind hazard responsible_id rectify_by rectified_on rechecked_on checked_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_parties | property_approved,
    parties="checked_on checked_at kind estate_id area_name items extinguishers passages_clear alarms_work "
    "guards_present hazard hazards responsible_id unit_id measure rectify_by rectified_on rechecked_on "
    "recheck_result photo checked_by_id checked_at reviewed_by_id reviewed_at",
):
    """One area checked for hazards, each with a date by which it is removed. 002 3.11-3.12."""

    carried = "checked_on kind"

    due = "rectify_by until rectified_on by responsible_id"

    __table_args__ = (
        in_order("checked_on", "rectify_by"),
        in_order("checked_on", "rectified_on"),
        in_order("rectified_on", "rechecked_on"),
    )

    checked_on: Mapped[Day] = field("检查日期", also="日期", filter=True, section="检查", today=True, place="002 3.11")
    checked_at: Mapped[ShortText | None] = field("检查时间", place="+")
    kind: Mapped[Code] = choice("类别", codes="property_safety_kind", default="both", filter=True, place="002 3.11")
    estate_id: Mapped[int | None] = link("小区", also="项目名称", to="estate", filter=True, place="+")
    area_name: Mapped[ShortText] = field("检查区域", also="区域 检查部位", filter=True, search=True, place="002 3.11")
    items: Mapped[list[SafetyCheckItem]] = child_rows("检查项目", SafetyCheckItem, place="002 3.11")
    extinguishers: Mapped[Count | None] = field("灭火器数量", place="002 3.12")
    passages_clear: Mapped[YesNo | None] = field("疏散通道畅通", filter=True, place="002 3.12")
    alarms_work: Mapped[YesNo | None] = field("报警设施正常", filter=True, place="002 3.12")
    guards_present: Mapped[YesNo | None] = field("值班在岗", filter=True, place="+")
    hazard: Mapped[Code] = choice(
        "隐患等级", codes="property_hazard_level", default="none", filter=True, section="隐患与整改", place="002 3.11"
    )
    hazards: Mapped[LongText | None] = field(
        "隐患情况",
        also="隐患 问题",
        place="002 3.11",
        only_if="hazard: slight grave",
        required_if="hazard: slight grave",
    )
    responsible_id: Mapped[int | None] = person("责任人", party=True, filter=True, place="+")
    unit_id: Mapped[int | None] = link("涉及单元", to="property_unit", filter=True, place="+")
    measure: Mapped[LongText | None] = field("整改措施", also="整改要求", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 3.11")
    rectified_on: Mapped[Day | None] = field("整改完成日期", also="整改日期", filter=True, place="002 3.11")
    rechecked_on: Mapped[Day | None] = field("复查日期", filter=True, place="+")
    recheck_result: Mapped[Code | None] = choice("复查结果", codes="property_result", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    checked_by_id: Mapped[int | None] = sign(
        "检查人签字", also="检查人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "主管签字", also="审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
