"""Survey reports: what was found, in the outline the manual asks for."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import LEADERSHIP, information_keeps, supervision
from ...grants.development import leadership_signs, own_surveys, surveys_led
from ...models import Lines, Register


class SurveyReportGroup(Lines, of="survey_report"):
    """How many of those asked fall into one group: by age, sex or income."""

    dimension: Mapped[Code] = choice("维度", codes="survey_dimension", place="001 ch2 三 五")
    label: Mapped[ShortText] = field("分组", place="001 ch2 三 五")
    people: Mapped[Count | None] = field("人数", place="001 ch2 三 五")
    share: Mapped[Percentage | None] = field("占比", place="001 ch2 三 五")


class SurveyReport(
    Register,
    title="调查分析报告表",
    key="dated title",
    list="dated title author_id department_name_id survey_from survey_until checked approved_by_id",
    level=2,
    scope="department owner",
    grants=own_surveys | surveys_led | information_keeps | supervision | leadership_signs,
    parties="dated title author_id needs answers findings advice checked approved_by_id approved_at",
):
    """One report; keeps its outline and says that its figures were checked (R-DEVE-01). 001 ch2 三 五, 第12条."""

    closes_with = "approved_by_id"
    awaited = "reviewed_by_id, approved_by_id"
    steps_by = "R-DEVE-01"
    __table_args__ = (
        in_order("survey_from", "survey_until"),
        between("asked", 0),
        between("answered", 0),
    )

    dated: Mapped[Day] = field(
        "报告日期", also="日期", filter=True, section="调查题目", today=True, place="001 ch2 第12条1"
    )
    title: Mapped[ShortText] = field("报告题目", also="题目 调查题目", search=True, place="001 ch2 第12条1")
    author_id: Mapped[int] = person("报告撰写人", also="撰写人", filter=True, party=True, place="001 ch2 第12条1")
    plan_id: Mapped[int | None] = link(
        "对应调查计划", also="调查计划", to="survey_plan", filter=True, once_closed=True, place="+"
    )
    department_name_id: Mapped[int | None] = link("实施部门", to="department", filter=True, place="001 ch2 三 五")
    client_id: Mapped[int | None] = link("委托部门", to="department", filter=True, place="001 ch2 第12条2")
    background: Mapped[LongText | None] = field(
        "客户调查背景", also="调查背景", section="调查背景与目的", place="001 ch2 三 五"
    )
    aim: Mapped[LongText | None] = field("客户调查目的", also="调查目的", place="001 ch2 三 五")
    motive: Mapped[LongText | None] = field("调查动机", place="001 ch2 第12条2")
    points: Mapped[LongText | None] = field("调查要点", place="001 ch2 第12条2")
    problem: Mapped[LongText | None] = field("要解决的问题", place="001 ch2 第12条2")
    method: Mapped[ShortText | None] = field(
        "客户调查方式", also="调查方式", section="调查方式与对象", place="001 ch2 三 五"
    )
    survey_from: Mapped[Day | None] = field(
        "调查开始日期", also="调查时间 客户调查时间", filter=True, place="001 ch2 三 五"
    )
    survey_until: Mapped[Day | None] = field("调查结束日期", filter=True, place="001 ch2 三 五")
    asked: Mapped[Count | None] = field("发放份数", place="+")
    answered: Mapped[Count | None] = field("有效回收份数", also="回收份数", place="+")
    groups: Mapped[list[SurveyReportGroup]] = child_rows("调查对象构成", SurveyReportGroup, place="001 ch2 三 五")
    age: Mapped[LongText | None] = field("年龄结构", place="001 ch2 三 五")
    sex: Mapped[LongText | None] = field("性别比例", place="001 ch2 三 五")
    income: Mapped[LongText | None] = field("收入水平", place="001 ch2 三 五")
    needs: Mapped[LongText | None] = field("客户需求分析", section="客户需求分析", place="001 ch2 三 五")
    results: Mapped[LongText | None] = field("调查结果统计", place="001 ch2 三 五")
    results_table: Mapped[Attachment | None] = field("统计表附件", also="附表", place="001 ch2 三 五")
    answers: Mapped[LongText | None] = field("对问题的解答", section="调查结论", place="001 ch2 第12条3")
    findings: Mapped[LongText | None] = field("重大问题与重大发现", place="001 ch2 第12条3")
    advice: Mapped[LongText | None] = field("相关建议", also="建议", place="001 ch2 第12条3")
    sources: Mapped[LongText | None] = field("资料来源", section="调查附录", place="001 ch2 第12条4")
    statistics: Mapped[LongText | None] = field("统计分析方法", place="001 ch2 第12条4")
    checked: Mapped[YesNo | None] = field("数字与统计资料已核查", also="已核查", filter=True, place="001 ch2 第11条3")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核",
        signed_with="approve",
        roles="sales_manager service_manager director",
        section="审批",
        place="001 ch2 调查主管3",
    )
    approved_by_id: Mapped[int | None] = sign("批准", signed_with="approve", roles=LEADERSHIP, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
