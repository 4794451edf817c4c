"""Quarterly analyses of complaints."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Percentage,
    ShortText,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.complaints import analyses_read, complaints_decided, complaints_kept, complaints_led
from ...models import Lines, Register


class ComplaintAnalysisCount(Lines, of="complaint_analysis"):
    """A count by kind, cause or department."""

    dimension: Mapped[Code] = choice("分类方式", codes="complaint_dimension", place="003 篇十三 6")
    label: Mapped[ShortText] = field("分类项目", place="003 篇十三 6")
    count: Mapped[Count] = field("件数", place="003 篇十三 6")
    share: Mapped[Percentage | None] = field("占比", place="+")
    hours: Mapped[ShortText | None] = field("平均用时", place="+")


class ComplaintAnalysisMeasure(Lines, of="complaint_analysis"):
    """A corrective or preventive measure, and who answers for it."""

    kind: Mapped[Code] = choice("措施类别", codes="measure_kind", place="003 篇十三 6")
    measure: Mapped[ShortText] = field("措施内容", place="003 篇十三 6")
    department_id: Mapped[int | None] = link("责任部门", to="department", place="003 篇十三 6")
    person_id: Mapped[int | None] = person("责任人", place="+")
    due_on: Mapped[Day | None] = field("完成期限", place="+")


class ComplaintAnalysis(
    Register,
    title="客户投诉分析表",
    key="from_on",
    list="from_on quarter total_count grave_count closed_count mean_hours meeting_on approved_by_id",
    level=2,
    scope="department",
    grants=complaints_kept | analyses_read | complaints_led | complaints_decided,
    parties="from_on until_on quarter total_count meeting_on approved_by_id approved_at",
):
    """One quarter: counts by kind, cause and department, and the measures (R-COMP-04). 003 篇十三 5-6, 001 ch6 三 五."""

    called = "from_on quarter"
    closes_with = "approved_by_id"
    __table_args__ = (
        in_order("from_on", "until_on"),
        between("satisfied_rate", 0, 100),
        between("mean_hours", 0),
        between("total_count", 0),
        between("grave_count", 0),
        between("closed_count", 0),
        between("late_count", 0),
    )

    from_on: Mapped[Day] = field("季度开始日期", also="日期", filter=True, section="期间", place="003 篇十三 6")
    until_on: Mapped[Day | None] = field("季度结束日期", place="003 篇十三 6")
    quarter: Mapped[ShortText] = field("季度", search=True, place="003 篇十三 6")
    written_by_id: Mapped[int | None] = sign(
        "编制人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    total_count: Mapped[Count | None] = field(
        "投诉总件数", also="总件数 件数", filter=True, section="件数与用时", place="003 篇十三 6"
    )
    grave_count: Mapped[Count | None] = field("重大投诉件数", filter=True, place="+")
    closed_count: Mapped[Count | None] = field("已结案件数", place="003 篇十三 6")
    late_count: Mapped[Count | None] = field("超期件数", place="+")
    mean_hours: Mapped[Figure | None] = field(
        "平均处理用时（小时）", also="处理用时 平均用时", filter=True, place="003 篇十三 6"
    )
    satisfied_rate: Mapped[Percentage | None] = field("处理满意率", also="满意率", filter=True, place="+")
    counts: Mapped[list[ComplaintAnalysisCount]] = child_rows("分类件数", ComplaintAnalysisCount, place="003 篇十三 6")
    analysis: Mapped[LongText | None] = field("原因分析", section="分析与措施", place="003 篇十三 6")
    measures: Mapped[list[ComplaintAnalysisMeasure]] = child_rows(
        "纠正和预防措施", ComplaintAnalysisMeasure, place="003 篇十三 6"
    )
    corrective: Mapped[LongText | None] = field("纠正措施", place="003 篇十三 6")
    preventive: Mapped[LongText | None] = field("预防措施", place="003 篇十三 6")
    meeting_on: Mapped[Day | None] = field("例会日期", filter=True, section="例会与审批", place="003 篇十三 5")
    meeting_id: Mapped[int | None] = link("会议记录", to="meeting", late=True, place="+")
    meeting_notes: Mapped[LongText | None] = field("会议纪要", place="+")
    reported_on: Mapped[Day | None] = field("上报日期", filter=True, place="003 篇十三 6")
    approved_by_id: Mapped[int | None] = sign(
        "总经理审批", signed_with="approve", roles="general_manager", place="003 篇十三 6"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
