"""Warranties: three years from acceptance, with the visits that fall due."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Number,
    ShortText,
    YesNo,
    after,
    child_rows,
    choice,
    field,
    link,
    person,
)
from ...grants.construction import (
    repairs_kept,
    repairs_watched,
    works_designed,
    works_looked_up,
    works_of_store,
    works_run,
)
from ...models import Lines, Register


class WarrantyVisit(Lines, of="warranty"):
    """One maintenance visit."""

    stage: Mapped[Code | None] = choice("阶段", codes="maintenance_stage", place="+")
    due_on: Mapped[Day | None] = field("到期日期", place="+")
    visited_on: Mapped[Day] = field("上门日期", place="+")
    visitor_id: Mapped[int | None] = person("上门人员", place="+")
    found: Mapped[ShortText | None] = field("发现问题", place="+")
    done: Mapped[ShortText | None] = field("处理情况", place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", place="+")


class Warranty(
    Register,
    title="保修档案",
    key="site_id accepted_on",
    list="accepted_on number site_id moved_in_on visit3_on visit6_on until_on officer_id state",
    level=1,
    scope="store department owner",
    grants=repairs_kept | repairs_watched | works_run | works_looked_up | works_designed | works_of_store,
    parties="number site_id project_manager_id designer_id customer_id accepted_on moved_in_on until_on state scope_text "
    "card_number card_handed callback_from callback_until called_on visit3_on visit3_done_on visit6_on "
    "visit6_done_on officer_id visits repairs",
):
    """One finished site under warranty; callbacks and maintenance visits fall due by it (R-SERV-01, R-SERV-02). 002 轻舟 6."""

    called = "number site_id"
    ends_with = "state: expired cancelled"

    __table_args__ = (
        in_order("accepted_on", "moved_in_on"),
        in_order("accepted_on", "until_on"),
    )

    number: Mapped[Number] = field(
        "保修编号", also="编号", unique=True, series="BX", search=True, section="保修", place="+"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 6"
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 6"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 6")
    customer_id: Mapped[int | None] = link("客户", also="客户姓名 客户名称", to="customer", filter=True, place="+")
    accepted_on: Mapped[Day] = field(
        "竣工验收日期", also="验收日期 竣工日期", filter=True, today=True, place="002 轻舟 6"
    )
    moved_in_on: Mapped[Day | None] = field("入住日期", filter=True, place="002 轻舟 6", help="首次回访时询问")
    until_on: Mapped[Day | None] = field(
        "保修到期",
        also="保修截止日期 到期日期",
        reckoned=after("accepted_on", months=36),
        filter=True,
        place="002 轻舟 6",
        help="三年",
    )
    state: Mapped[Code] = choice("状态", codes="warranty_state", default="running", filter=True, place="+")
    scope_text: Mapped[LongText | None] = field("保修范围", place="002 附录二")
    card_number: Mapped[ShortText | None] = field("保修单号", also="保修卡号", search=True, place="+")
    card_handed: Mapped[YesNo | None] = field("保修单已交客户", also="保修手续已办", filter=True, place="002 轻舟 八检")
    callback_from: Mapped[Day | None] = field(
        "竣工回访最早日期",
        also="回访起",
        reckoned=after("accepted_on", days=15),
        section="回访与上门",
        place="002 轻舟 6",
        help="验收后15天",
    )
    callback_until: Mapped[Day | None] = field(
        "竣工回访最晚日期",
        also="回访止",
        reckoned=after("accepted_on", days=30),
        filter=True,
        place="002 轻舟 6",
        help="验收后30天",
    )
    called_on: Mapped[Day | None] = field("竣工回访日期", filter=True, place="002 轻舟 6")
    visit3_on: Mapped[Day | None] = field(
        "三个月上门应到日期",
        also="三个月上门",
        reckoned=after("moved_in_on", months=3),
        filter=True,
        place="002 轻舟 6",
    )
    visit3_done_on: Mapped[Day | None] = field("三个月上门完成日期", filter=True, place="002 轻舟 6")
    visit6_on: Mapped[Day | None] = field(
        "六个月上门应到日期",
        also="六个月上门",
        reckoned=after("moved_in_on", months=6),
        filter=True,
        place="002 轻舟 6",
    )
    visit6_done_on: Mapped[Day | None] = field("六个月上门完成日期", filter=True, place="002 轻舟 6")
    officer_id: Mapped[int | None] = person(
        "负责人", also="维修负责人", party=True, filter=True, place="002 回访 二4", handed_over=True
    )
    visits: Mapped[list[WarrantyVisit]] = child_rows("上门记录", WarrantyVisit, place="002 轻舟 6")
    repairs: Mapped[Count | None] = field("报修次数", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
