"""Checks of the front desk: its papers, walls and tidiness."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, ShortText, YesNo, child_rows, choice, field, person, sign
from ...grants import signed_above
from ...grants.visits import desk_checked
from ...models import Lines, Register


class FrontDeskCheckItem(Lines, of="front_desk_check"):
    """One of the twelve things to look at."""

    item: Mapped[Code] = choice("项目", codes="front_desk_item", place="000 ch3 准备资料")
    state: Mapped[Code] = choice("情况", codes="desk_item_state", default="ready", place="000 ch3 准备资料")
    copies: Mapped[Count | None] = field("份数", place="+")
    edition: Mapped[ShortText | None] = field("版本或日期", place="000 ch3 准备资料")
    note: Mapped[ShortText | None] = field("说明", place="+")


class FrontDeskCheck(
    Register,
    title="前台资料与环境检查表",
    key="checked_on",
    list="checked_on checked_by_id all_ready staffed consultations_month model_homes_count due_on rectified_on",
    level=1,
    scope="store owner",
    grants=desk_checked | signed_above,
    parties="checked_on checked_by_id all_ready staffed found",
):
    """One check of one store's desk, item by item. 000 ch3 准备资料."""

    called = "checked_on checked_by_id"
    due = "due_on until rectified_on by responsible_id"

    __table_args__ = (
        in_order("checked_on", "due_on"),
        in_order("checked_on", "rectified_on"),
    )

    checked_on: Mapped[Day] = field(
        "日期", also="检查日期", filter=True, section="检查", today=True, place="000 ch3 准备资料"
    )
    checked_by_id: Mapped[int] = person("检查人", party=True, filter=True, place="000 ch3 准备资料")
    shift: Mapped[Code | None] = choice("班次", codes="duty_shift", filter=True, place="+")
    staffed: Mapped[YesNo | None] = field("前台有人值守", filter=True, place="000 ch3 接待客户流程1")
    no_gathering: Mapped[YesNo | None] = field("前台区域无人逗留聊天", filter=True, place="000 ch3 接待客户流程1")
    in_uniform: Mapped[YesNo | None] = field("着装与胸卡合格", filter=True, place="002 轻舟 前台14")
    items: Mapped[list[FrontDeskCheckItem]] = child_rows("检查项目", FrontDeskCheckItem, place="000 ch3 准备资料")
    all_ready: Mapped[YesNo | None] = field("全部合格", filter=True, place="+")
    consultations_month: Mapped[Count | None] = field("本月咨询记录份数", place="000 ch3 准备资料1")
    model_homes_count: Mapped[Count | None] = field("周末可参观样板间数", filter=True, place="000 ch3 准备资料1")
    model_homes: Mapped[LongText | None] = field("样板间地址", place="000 ch3 准备资料1")
    reception_clean: Mapped[YesNo | None] = field(
        "接待桌与洽谈室整洁", filter=True, section="环境", place="002 轻舟 前台13"
    )
    plants_watered: Mapped[YesNo | None] = field("绿植已浇水", place="002 轻舟 前台13")
    water_ordered: Mapped[YesNo | None] = field("饮用水充足", place="002 轻舟 前台11")
    copier_ok: Mapped[YesNo | None] = field("复印机正常", filter=True, place="002 轻舟 前台12")
    found: Mapped[LongText | None] = field("发现的问题", also="问题", section="整改", place="+")
    due_on: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改日期", filter=True, place="+")
    responsible_id: Mapped[int | None] = person("整改人", party=True, filter=True, place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "店经理确认", signed_with="approve", roles="store_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
