"""Surveys of customer satisfaction."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Phone,
    ShortText,
    YesNo,
    below,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.complaints import (
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_reviewed,
    opinions_gathered,
)
from ...models import Lines, Register


class SatisfactionAnswer(Lines, of="satisfaction_survey"):
    """A question, the department it concerns, and its score."""

    question: Mapped[ShortText] = field("项目", place="003 篇三 5.1.2 c")
    department_id: Mapped[int | None] = link("相关部门", to="department", place="+")
    score: Mapped[Count] = field("得分", place="003 篇三 5.1.2 c")
    full_score: Mapped[Count | None] = field("满分", default=10, place="+")
    opinion: Mapped[ShortText | None] = field("意见", place="+")


class SatisfactionSurvey(
    Register,
    title="顾客满意度调查表",
    key="answered_on name survey_title",
    list="answered_on survey_title name kind method score under_target asker_id measures_due_on",
    level=1,
    scope="store department",
    grants=complaints_kept | opinions_gathered | complaints_led | complaints_reviewed | complaints_decided,
    parties="answered_on survey_title kind method score target under_target asker_id",
):
    """One customer's answers; under target they open measures (R-COMP-04). 003 篇三 5.2."""

    carried = "answered_on survey_title year kind method asker_id"

    due = "measures_due_on until measures_done_on by measures_by_id"

    __table_args__ = (
        between("score", 0, 100),
        between("target", 0, 100),
        between("year", 0),
    )

    answered_on: Mapped[Day] = field(
        "调查日期", also="日期 填表日期", filter=True, section="调查", today=True, place="003 篇三 5.1.2 c"
    )
    survey_title: Mapped[ShortText] = field("调查名称", also="名称", filter=True, search=True, place="+")
    year: Mapped[Count | None] = field("年度", filter=True, place="003 篇三 5.1.2 c", help="每年至少一次")
    kind: Mapped[Code | None] = choice("调查类别", codes="survey_kind", filter=True, place="+")
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, belongs=True, place="+")
    name: Mapped[ShortText | None] = field("顾客姓名", also="客户姓名 姓名", search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    method: Mapped[Code | None] = choice(
        "调查方式", also="方式", codes="survey_method", filter=True, place="003 篇三 5.1.2 c"
    )
    asker_id: Mapped[int | None] = person("调查人", filter=True, party=True, place="+")
    answers: Mapped[list[SatisfactionAnswer]] = child_rows(
        "评分项目", SatisfactionAnswer, section="评分", place="003 篇三 5.1.2 c"
    )
    score: Mapped[Count | None] = field(
        "总分", also="满意度得分 得分", filter=True, place="003 篇三 5.1.2 c", help="0 至 100 分"
    )
    overall: Mapped[Code | None] = choice("总体评价", also="满意程度", codes="satisfaction", filter=True, place="+")
    best: Mapped[LongText | None] = field("最满意之处", place="+")
    worst: Mapped[LongText | None] = field("最不满意之处", place="+")
    advice: Mapped[LongText | None] = field("意见与建议", also="意见 建议", place="003 篇三 5.1.2 c")
    recommend: Mapped[YesNo | None] = field("愿意推荐", filter=True, place="+")
    target: Mapped[Count | None] = field("目标分", also="公司要求", section="目标与改进", place="003 篇三 d")
    under_target: Mapped[YesNo | None] = field(
        "低于目标", reckoned=below("score", "target"), filter=True, place="003 篇三 d"
    )
    measures: Mapped[LongText | None] = field("纠正预防措施", also="改进措施", place="003 篇三 d")
    measures_by_id: Mapped[int | None] = person("改进责任人", filter=True, party=True, place="+")
    measures_due_on: Mapped[Day | None] = field("改进期限", filter=True, place="+")
    measures_done_on: Mapped[Day | None] = field("改进完成日期", filter=True, place="+")
    checked_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
