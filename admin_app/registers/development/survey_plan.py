"""Survey plans: whom to ask what, when, by whom and for how much."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    YesNo,
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


class SurveyPlanAim(Lines, of="survey_plan"):
    """One aim; the order of the lines is their priority."""

    aim: Mapped[LongText] = field("目标", place="001 ch2 第7条1")
    question: Mapped[ShortText | None] = field("要回答的问题", place="001 ch2 第6条3")


class SurveyPlanCustomer(Lines, of="survey_plan"):
    """A customer to be asked, key or other."""

    kind: Mapped[Code] = choice("对象类别", codes="survey_object", default="key", place="001 ch2 三 一")
    customer_id: Mapped[int] = link("客户", to="customer", place="001 ch2 三 一")
    remark: Mapped[ShortText | None] = field("说明", place="+")


class SurveyPlanStep(Lines, of="survey_plan"):
    """A step of the schedule."""

    step: Mapped[ShortText] = field("步骤", place="001 ch2 三 一")
    from_on: Mapped[Day | None] = field("开始日期", place="001 ch2 三 一")
    until_on: Mapped[Day | None] = field("结束日期", place="001 ch2 三 一")
    person_id: Mapped[int | None] = person("责任人", place="+")


class SurveyPlanMember(Lines, of="survey_plan"):
    """Somebody who goes out to ask."""

    employee_id: Mapped[int] = person("人员", place="001 ch2 三 一")
    task: Mapped[ShortText | None] = field("分工", place="+")


class SurveyPlanCost(Lines, of="survey_plan"):
    """A line of the budget."""

    item: Mapped[ShortText] = field("费用项目", place="001 ch2 第7条4")
    amount: Mapped[Money] = field("金额", place="001 ch2 第7条4")


class SurveyPlan(
    Register,
    title="客户调查计划表",
    key="planned_on title",
    list="planned_on title yearly leader_id budget due_on reviewed_by_id approved_by_id",
    level=1,
    scope="department owner",
    grants=own_surveys | surveys_led | information_keeps | supervision | leadership_signs,
    parties="planned_on title yearly contents content steps method leader_id surveyors due_on reviewed_by_id approved_by_id "
    "approved_at",
):
    """One plan, or the year's; approved before work begins (R-DEVE-01). 001 ch2 第7条."""

    closes_with = "approved_by_id"
    steps_by = "R-DEVE-01"
    awaited = "reviewed_by_id, approved_by_id"
    __table_args__ = (
        between("budget", 0),
        between("year", 0),
    )

    planned_on: Mapped[Day] = field(
        "编制日期", also="日期 计划日期", filter=True, section="计划", today=True, place="001 ch2 第7条"
    )
    title: Mapped[ShortText] = field("计划名称", also="调查名称 名称", search=True, place="+")
    yearly: Mapped[YesNo | None] = field(
        "年度计划", also="是否年度", filter=True, default=False, place="001 ch2 调查主管1"
    )
    year: Mapped[Count | None] = field("年度", filter=True, place="001 ch2 调查主管1")
    client_department_id: Mapped[int | None] = link("委托部门", to="department", filter=True, place="001 ch2 第12条2")
    aims: Mapped[list[SurveyPlanAim]] = child_rows(
        "调查目标", SurveyPlanAim, section="调查目标", place="001 ch2 第7条1"
    )
    scope_agreed: Mapped[LongText | None] = field("商定的调查范围与要点", also="调查范围", place="001 ch2 第6条")
    expected: Mapped[LongText | None] = field("预期目标", place="001 ch2 第6条1")
    targets: Mapped[list[SurveyPlanCustomer]] = child_rows(
        "调查对象", SurveyPlanCustomer, section="调查对象", place="001 ch2 三 一"
    )
    targets_note: Mapped[LongText | None] = field("其他对象说明", also="其他客户说明", place="+")
    contents: Mapped[Codes | None] = choices(
        "调查内容", codes="survey_content", filter=True, section="调查内容", place="001 ch2 第5条"
    )
    content: Mapped[LongText | None] = field("调查内容与调查项目说明", also="调查项目说明", place="001 ch2 三 一")
    steps: Mapped[list[SurveyPlanStep]] = child_rows(
        "调查实施进度安排", SurveyPlanStep, section="进度与方法", place="001 ch2 三 一"
    )
    method: Mapped[LongText | None] = field("调查方法", also="方法", place="001 ch2 三 一")
    sources: Mapped[LongText | None] = field("资料及其来源", place="001 ch2 第7条2")
    due_on: Mapped[Day | None] = field("调查报告提交日期", also="报告提交日期", filter=True, place="001 ch2 第6条1")
    leader_id: Mapped[int] = person(
        "调查负责人", also="负责人", filter=True, party=True, section="人员", place="001 ch2 三 一"
    )
    surveyors: Mapped[list[SurveyPlanMember]] = child_rows("调查人员", SurveyPlanMember, place="001 ch2 三 一")
    part_timers: Mapped[LongText | None] = field("兼职调查员", place="001 ch2 调查专员7")
    agency: Mapped[ShortText | None] = field("委托调研机构", search=True, place="001 ch2 调查主管4")
    staff_needs: Mapped[LongText | None] = field(
        "调查人员所需知识、经验与能力", also="人员要求", place="001 ch2 第7条3"
    )
    training: Mapped[LongText | None] = field("培训计划", place="001 ch2 第7条3")
    budget: Mapped[Money | None] = field(
        "调查费用预算", also="费用预算 预算", filter=True, section="费用", place="001 ch2 三 一"
    )
    costs: Mapped[list[SurveyPlanCost]] = child_rows("费用明细", SurveyPlanCost, place="001 ch2 第7条4")
    cost_control: Mapped[LongText | None] = field("成本控制措施", place="001 ch2 第7条4")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核",
        signed_with="approve",
        roles="sales_manager service_manager director",
        section="审批",
        place="001 ch2 审核人员",
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles=LEADERSHIP, after="reviewed_by_id", place="001 ch2 调查主管1"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="001 ch2 三 一")
