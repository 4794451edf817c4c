"""Visit reports: whom one met, what they need and object to, what follows."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Moment,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    HEADS_AND_ABOVE,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.visits import budgets_approved, service_visits
from ...models import Register


class VisitReport(
    Register,
    title="客户拜访管理表",
    key="visited_at customer_id",
    list="visited_at customer_id host_name host_post decides attitude owner_id next_visit_on",
    level=2,
    scope="store department owner",
    grants=own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | service_visits
    | budgets_approved
    | information_keeps
    | supervision,
    parties="visited_at customer_id decides owner_id next_step next_visit_on",
):
    """One visit made (R-VISI-01); the next one is booked on the spot (R-RELA-02). 001 拜访8-14."""

    contacted = "visited_at"
    reaches = "visited_at"
    due = "next_visit_on renewed visited_at for customer_id"
    completes = "visit_plan_id state: done"

    __table_args__ = (
        in_order("visited_at", "ended_at"),
        between("training_minutes", 0, 600),
        # who was visited last, and whether they were since it was booked (R-RELA-02)
        Index("ix_visit_report_customer_id_visited_at", "customer_id", "visited_at"),
    )

    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, section="拜访", place="001 拜访8"
    )
    visit_plan_id: Mapped[int | None] = link("拜访计划", to="visit_plan", place="001 拜访4")
    visited_at: Mapped[Moment] = field("拜访时间", also="日期 拜访日期", filter=True, today=True, place="001 拜访8")
    ended_at: Mapped[Moment | None] = field("结束时间", place="+")
    owner_id: Mapped[int | None] = person("拜访人", also="客户经理", filter=True, place="001 拜访8")
    way: Mapped[Code | None] = choice("拜访途径", codes="visit_way", place="001 拜访8.4")
    host_name: Mapped[ShortText] = field("接待者姓名", also="接待人 接待者", search=True, place="001 拜访8.1")
    host_post: Mapped[ShortText | None] = field("职务", also="接待者职务", search=True, place="001 拜访8.1")
    contact_person_id: Mapped[int | None] = link("联系人档案", to="contact_person", place="+")
    decides: Mapped[YesNo | None] = field("对今后合作有决策权", also="决策权", filter=True, place="001 拜访8.2")
    head_seen: Mapped[YesNo | None] = field("负责人已见", also="已见负责人", filter=True, place="001 拜访9")
    needs: Mapped[LongText | None] = field(
        "目前的需求", also="客户需求 需求", section="需求与意见", place="001 拜访8.3"
    )
    problems: Mapped[LongText | None] = field("存在的问题", also="问题", place="001 拜访8.3")
    attitude: Mapped[Code | None] = choice("对产品的态度", codes="product_attitude", filter=True, place="001 拜访10")
    requests: Mapped[LongText | None] = field("对企业的要求和建议", also="要求和建议 建议", place="001 拜访10")
    objections: Mapped[LongText | None] = field("异议", place="001 拜访12")
    objections_met: Mapped[LongText | None] = field("异议处理", place="001 拜访12")
    gift: Mapped[ShortText | None] = field("赠送礼品", place="001 拜访12")
    prospects: Mapped[LongText | None] = field(
        "准客户与潜在客户资料", also="准客户资料 潜在客户资料", section="收集的信息", place="001 拜访11.1"
    )
    rival_service: Mapped[LongText | None] = field("竞争对手服务方式", place="001 拜访11.2")
    rival_flow: Mapped[LongText | None] = field("竞争对手服务流程", place="001 拜访11.2")
    rival_staff: Mapped[LongText | None] = field("竞争对手服务人员素质", place="001 拜访11.2")
    credit_change: Mapped[Code | None] = choice("信用异动", codes="credit_change", filter=True, place="001 拜访11.4")
    credit_cause: Mapped[LongText | None] = field(
        "异动原因",
        also="信用异动原因",
        place="001 拜访11.4",
        only_if="credit_change: better worse",
        required_if="credit_change: better worse",
    )
    guidance: Mapped[LongText | None] = field("现场指导", section="帮助客户", place="001 拜访11.3")
    training_minutes: Mapped[Count | None] = field(
        "培训时长（分钟）", also="培训时长", filter=True, place="001 拜访14.1 ?每次一至两小时"
    )
    introduced: Mapped[Codes | None] = choices(
        "介绍的信息", codes="visit_introduction", filter=True, place="001 拜访13"
    )
    advice: Mapped[LongText | None] = field("提出的解决办法", place="001 拜访14")
    result: Mapped[LongText | None] = field("拜访结果", also="结果", section="后续", place="+")
    next_step: Mapped[LongText | None] = field("下一步", also="后续工作", place="001 拜访8")
    next_visit_on: Mapped[Day | None] = field("下次拜访预约", also="下次拜访", filter=True, place="003 篇一12")
    next_appointment_id: Mapped[int | None] = link("预约登记", to="appointment", place="003 篇一12")
    head_view: Mapped[LongText | None] = field("上级意见", place="+")
    read_by_id: Mapped[int | None] = sign(
        "上级审阅",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
