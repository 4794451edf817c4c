"""Repairs that customers report after completion."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    after,
    child_rows,
    choice,
    field,
    link,
    person,
)
from ...grants.construction import repairs_kept, repairs_watched, works_looked_up, works_of_store, works_run
from ...models import Lines, Register


class RepairTicketVisit(Lines, of="repair_ticket"):
    """One visit to the repair, until the customer is satisfied."""

    visited_at: Mapped[Moment] = field("上门时间", place="+")
    worker_id: Mapped[int | None] = person("维修人员", place="+")
    work: Mapped[ShortText | None] = field("维修内容", place="+")
    materials: Mapped[ShortText | None] = field("用料", place="+")
    result: Mapped[ShortText | None] = field("结果", place="+")
    satisfied: Mapped[YesNo | None] = field("客户满意", place="+")


class RepairTicket(
    Register,
    title="报修登记表",
    key="reported_at reporter",
    list="reported_at number site_id urgency fault answered_at assigned_to_id solved_at state",
    level=1,
    scope="store department owner",
    grants=repairs_kept | repairs_watched | works_run | works_looked_up | works_of_store,
    parties="number site_id customer_id warranty_id project_manager_id reported_at reporter phone address channel "
    "content part urgency fault advice in_warranty answer_due_at answered_at answered_by_id agreed_at "
    "assigned_to_id sent_at visit_due_at visited_at solve_due_at solved_at result fee visits state called_at "
    "satisfied customer_words complaint_id handed_over_on",
):
    """One repair: answered in half an hour, visited in 48, finished when the customer is satisfied (R-SERV-01..03). 002 回访."""

    called = "number part site_id"
    ends_with = "state: closed"
    due = "solve_due_at"

    __table_args__ = (
        in_order("reported_at", "answered_at"),
        in_order("reported_at", "visited_at"),
        in_order("reported_at", "solved_at"),
    )

    number: Mapped[Number] = field(
        "报修单号", also="编号", unique=True, series="BR", search=True, section="报修", place="+"
    )
    site_id: Mapped[int | None] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 回访 二4"
    )
    customer_id: Mapped[int | None] = link("客户", also="客户姓名 客户名称", to="customer", filter=True, place="+")
    warranty_id: Mapped[int | None] = link("保修档案", to="warranty", filter=True, place="+")
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长", inherited=True, party=True, filter=True, place="002 轻舟 项目经理8"
    )
    reported_at: Mapped[Moment] = field("报修时间", also="日期 报修日期", filter=True, today=True, place="002 回访 二4")
    reporter: Mapped[ShortText] = field("报修人", also="姓名", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    address: Mapped[ShortText | None] = field("地址", also="维修地址", mask=True, place="+")
    channel: Mapped[Code | None] = choice("报修方式", also="来源", codes="repair_channel", filter=True, place="+")
    content: Mapped[LongText] = field("报修内容", also="内容 维修要求", place="002 回访 二4")
    part: Mapped[Code | None] = choice("报修部位类别", also="项目类别", codes="site_work_kind", filter=True, place="+")
    urgency: Mapped[Code] = choice(
        "类别", also="紧急程度", codes="repair_urgency", default="general", filter=True, place="002 轻舟 6"
    )
    fault: Mapped[Code | None] = choice(
        "责任判定",
        also="我方他方责任 责任",
        codes="repair_fault",
        filter=True,
        section="责任与回复",
        place="002 回访 素质7",
    )
    advice: Mapped[LongText | None] = field(
        "他方责任的建议",
        place="002 回访 素质7",
        help="不是我方责任的，只给建议，不作承诺",
        only_if="fault: others",
        required_if="fault: others",
    )
    in_warranty: Mapped[YesNo | None] = field("保修期内", filter=True, place="+")
    answer_due_at: Mapped[Moment | None] = field(
        "应回复时间", reckoned=after("reported_at", minutes=30), filter=True, place="002 回访 二4", help="半小时内"
    )
    answered_at: Mapped[Moment | None] = field("回复时间", filter=True, place="002 回访 二4")
    answered_by_id: Mapped[int | None] = person("回复人", place="+")
    agreed_at: Mapped[Moment | None] = field("约定时间", also="约定上门时间", filter=True, place="002 轻舟 6")
    assigned_to_id: Mapped[int | None] = person(
        "派工人员",
        also="派人 维修人员",
        party=True,
        filter=True,
        section="维修",
        place="002 回访 二4",
        handed_over=True,
    )
    sent_at: Mapped[Moment | None] = field("派出时间", also="派工时间", filter=True, place="002 回访 二4")
    visit_due_at: Mapped[Moment | None] = field(
        "应上门时间", reckoned=after("reported_at", hours=48), filter=True, place="002 回访 二4", help="48小时内"
    )
    visited_at: Mapped[Moment | None] = field("首次上门时间", also="上门时间", filter=True, place="002 回访 二4")
    solve_due_at: Mapped[Moment | None] = field("应解决时间", filter=True, place="002 回访 二4")
    solved_at: Mapped[Moment | None] = field("解决时间", also="完成时间", filter=True, place="002 回访 二4")
    result: Mapped[LongText | None] = field("处理结果", also="维修结果", place="002 回访 二4")
    fee: Mapped[Money | None] = field("收费金额", place="+")
    visits: Mapped[list[RepairTicketVisit]] = child_rows("上门记录", RepairTicketVisit, place="002 回访 二4")
    state: Mapped[Code] = choice(
        "状态", codes="repair_state", default="reported", filter=True, section="回访", place="+"
    )
    called_at: Mapped[Moment | None] = field("再访时间", also="回访时间", filter=True, place="002 回访 素质5")
    satisfied: Mapped[YesNo | None] = field("客户满意", also="满意", filter=True, place="002 回访 素质5")
    customer_words: Mapped[LongText | None] = field("客户意见", place="+")
    complaint_id: Mapped[int | None] = link(
        "转投诉单",
        to="complaint",
        filter=True,
        late=True,
        place="002 轻舟 6",
        help="未按约定时间、态度不好或质量不达标的",
    )
    handed_over_on: Mapped[Day | None] = field("维修表转交日期", place="002 回访 二4")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
