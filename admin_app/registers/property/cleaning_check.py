"""Checks of cleaning and green areas."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
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
from ...grants.property import property_headed, property_parties, residents_served
from ...models import Lines, Register


class CleaningCheckItem(Lines, of="cleaning_check"):
    """One item of the check."""

    name: Mapped[ShortText] = field("检查项目", also="项目", place="+")
    standard: Mapped[ShortText | None] = field("标准", place="+")
    score: Mapped[Count | None] = field("得分", place="+")
    problem: Mapped[ShortText | None] = field("问题", place="+")


class CleaningCheck(
    Register,
    title="清洁绿化检查表",
    key="checked_on area_name kind",
    list="checked_on area_name kind score result responsible_id rectify_by rectified_on checked_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_parties,
    parties="checked_on checked_at kind estate_id area_name contractor_id responsible_id items score result problems "
    "photo rectification rectify_by rectified_on rechecked_on checked_by_id checked_at responsible_signed",
):
    """One area checked, scored and, where it falls short, put right by a date. 002 3.7-3.8."""

    carried = "checked_on kind estate_id"

    due = "rectify_by until rectified_on by responsible_id"

    __table_args__ = (
        between("score", 0, 100),
        in_order("checked_on", "rectify_by"),
        in_order("checked_on", "rectified_on"),
    )

    checked_on: Mapped[Day] = field("检查日期", also="日期", filter=True, section="检查", today=True, place="002 3.7")
    checked_at: Mapped[ShortText | None] = field("检查时间", place="+")
    kind: Mapped[Code] = choice("类别", codes="property_upkeep_kind", default="cleaning", filter=True, place="002 3.7")
    estate_id: Mapped[int | None] = link("小区", also="项目名称", to="estate", filter=True, place="+")
    area_name: Mapped[ShortText] = field("检查区域", also="区域", filter=True, search=True, place="002 3.7")
    contractor_id: Mapped[int | None] = link("承包单位", to="contractor", filter=True, place="+")
    responsible_id: Mapped[int | None] = person("责任人", also="责任人员", party=True, filter=True, place="+")
    items: Mapped[list[CleaningCheckItem]] = child_rows("检查项目", CleaningCheckItem, place="002 3.7")
    score: Mapped[Count | None] = field("总分", also="得分 评分", filter=True, place="002 3.7")
    result: Mapped[Code | None] = choice("检查结果", also="结果", codes="property_result", filter=True, place="+")
    problems: Mapped[LongText | None] = field("问题", also="存在问题", place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    rectification: Mapped[LongText | None] = field("整改要求", section="整改", place="002 3.7")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 3.7")
    rectified_on: Mapped[Day | None] = field("整改完成日期", also="整改日期", filter=True, place="002 3.7")
    rechecked_on: Mapped[Day | None] = field("复查日期", filter=True, place="+")
    checked_by_id: Mapped[int | None] = sign(
        "检查人签字", also="检查人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    responsible_signed: Mapped[YesNo | None] = field("责任人已确认", also="责任人签字", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
