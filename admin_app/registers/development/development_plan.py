"""Development plans: which customers to win, how, and what to expect."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    child_rows,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import LEADERSHIP, information_keeps, supervision
from ...grants.development import leadership_signs, own_surveys, surveys_led
from ...models import Lines, Register


class DevelopmentPlanProspect(Lines, of="development_plan"):
    """A customer to be won, with the strategy made for this one."""

    customer_id: Mapped[int | None] = link("客户", to="customer", place="001 ch2 开发专员4")
    name: Mapped[ShortText | None] = field("潜在客户名称", place="001 ch2 开发专员2")
    strategy: Mapped[ShortText | None] = field("开发策略", place="001 ch2 开发专员4")
    forecast: Mapped[ShortText | None] = field("合作前景预测", place="001 ch2 开发专员5")
    person_id: Mapped[int | None] = person("责任人", place="+")


class DevelopmentPlan(
    Register,
    title="客户开发计划",
    key="from_on title",
    list="from_on until_on title leader_id range_kind customers_expected sales_expected approved_by_id",
    level=2,
    scope="department owner",
    grants=own_surveys | surveys_led | information_keeps | supervision | leadership_signs,
    parties="from_on until_on title leader_id target_range strategy customers_expected approved_by_id approved_at",
):
    """One plan of a period; the forecast stands against the sales later (R-DEVE-01). 001 ch2 开发主管."""

    closes_with = "approved_by_id"
    awaited = "reviewed_by_id, approved_by_id"
    __table_args__ = (
        in_order("from_on", "until_on"),
        between("sales_expected", 0),
        between("budget", 0),
        between("customers_expected", 0),
    )

    from_on: Mapped[Day] = field(
        "开始日期", also="计划日期 日期", filter=True, section="计划", place="001 ch2 开发主管2"
    )
    until_on: Mapped[Day | None] = field("结束日期", filter=True, place="001 ch2 开发主管2")
    title: Mapped[ShortText] = field("计划名称", also="名称", search=True, place="001 ch2 开发主管2")
    leader_id: Mapped[int] = person("负责人", also="计划负责人", filter=True, party=True, place="001 ch2 开发主管2")
    range_kind: Mapped[Code | None] = choice(
        "开发范围类别", codes="development_range", filter=True, section="目标范围", place="001 ch2 开发主管4"
    )
    target_range: Mapped[LongText | None] = field("目标客户范围", also="开发范围 客户范围", place="001 ch2 开发主管4")
    regions: Mapped[ShortText | None] = field("目标区域", search=True, place="+")
    prospects: Mapped[list[DevelopmentPlanProspect]] = child_rows(
        "拟开发客户", DevelopmentPlanProspect, place="001 ch2 开发专员4"
    )
    strategy: Mapped[LongText | None] = field("开发策略", section="策略与渠道", place="001 ch2 开发主管3")
    channels: Mapped[Codes | None] = choices("开发渠道", codes="source", filter=True, place="001 ch2 开发主管3")
    measures: Mapped[LongText | None] = field("具体措施", place="001 ch2 开发主管4")
    customers_expected: Mapped[Count | None] = field(
        "预计新增客户数", also="预计客户数", filter=True, section="预测", place="001 ch2 开发专员5"
    )
    sales_expected: Mapped[Money | None] = field("预计销售额", filter=True, place="001 ch2 开发专员5")
    budget: Mapped[Money | None] = field("开发费用预算", also="费用预算", place="+")
    forecast: Mapped[LongText | None] = field("前景预测", place="001 ch2 开发专员5")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="sales_manager service_manager director", section="审批", place="+"
    )
    approved_by_id: Mapped[int | None] = sign("批准", signed_with="approve", roles=LEADERSHIP, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
