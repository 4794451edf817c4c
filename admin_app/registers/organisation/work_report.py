"""Work reports: what somebody did in a week or month and plans for the next."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    person,
    sign,
)
from ...grants import HEADS_AND_ABOVE
from ...grants.organisation import heads_keep, leadership_keeps, own_written, reports_for_hr
from ...models import Lines, Register


class WorkReportFigure(Lines, of="work_report"):
    """One figure of the period beside its plan."""

    name: Mapped[ShortText] = field("指标", place="+")
    planned: Mapped[Count | None] = field("计划", place="+")
    actual: Mapped[Count | None] = field("实际", place="+")


class WorkReport(
    Register,
    title="周报与月度总结计划",
    key="until_on period owner_id",
    list="until_on owner_id period from_on done_rate submitted_at reviewed_by_id",
    level=1,
    scope="store department owner",
    grants=own_written | heads_keep | leadership_keeps | reports_for_hr,
    parties="until_on from_on period done plan verdict",
):
    """One person's weekly report or monthly summary and plan; a missing one shows (R-WORK-01). 004 概览7."""

    __table_args__ = (
        in_order("from_on", "until_on"),
        between("done_rate", 0, 100),
    )

    owner_id: Mapped[int | None] = person(
        "报告人", also="姓名 员工", filter=True, section="期间", place="004 概览7", handed_over=False
    )
    period: Mapped[Code] = choice(
        "报告类别", also="类别 周期", codes="report_period", default="week", filter=True, place="004 概览7"
    )
    from_on: Mapped[Day] = field("期间起", also="开始日期", filter=True, place="004 概览7")
    until_on: Mapped[Day] = field("期间止", also="日期 结束日期", filter=True, place="004 概览7")
    submitted_at: Mapped[Moment | None] = field("提交时间", also="上交时间", filter=True, place="+")
    done: Mapped[LongText] = field("完成情况", also="工作总结 本期工作 本周工作", section="总结", place="004 概览7")
    figures: Mapped[list[WorkReportFigure]] = child_rows("主要指标", WorkReportFigure, place="+")
    done_rate: Mapped[Percentage | None] = field("计划完成率", also="完成率", filter=True, place="+")
    problems: Mapped[LongText | None] = field("存在问题", also="问题", place="+")
    suggestions: Mapped[LongText | None] = field("意见与建议", also="建议", place="000 工作权利4")
    plan: Mapped[LongText] = field("下期计划", also="工作计划 下周计划 计划", section="计划", place="004 概览7")
    support: Mapped[LongText | None] = field("需要的支持", also="需协调事项", place="+")
    verdict: Mapped[LongText | None] = field("审阅意见", also="上级意见", section="审阅", place="+")
    counts_in_score: Mapped[YesNo | None] = field("计入绩效考核", filter=True, place="004 概览7")
    reviewed_by_id: Mapped[int | None] = sign(
        "审阅人",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="004 概览7",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
