"""Monthly summaries of rewards, fines and scores for group HR."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Moment,
    Money,
    ShortText,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.scoring import results_to_hr, scores_run
from ...models import Lines, Register


class HrReportScore(Lines, of="hr_report"):
    """One person's approved score."""

    person_id: Mapped[int] = person("人员", place="000 考核说明2")
    sheet_id: Mapped[int | None] = link("考核表", to="score_sheet", place="R-SCOR-03")
    total: Mapped[Figure | None] = field("得分", place="000 考核说明2")
    full_marks: Mapped[Count | None] = field("满分", place="R-SCOR-01")
    rank_no: Mapped[Count | None] = field("名次", place="+")


class HrReportClause(Lines, of="hr_report"):
    """A clause with its count and sum."""

    kind: Mapped[Code] = choice("奖或惩", codes="reward_or_penalty", place="000 奖惩办法2")
    clause: Mapped[ShortText] = field("条款", place="000 奖惩办法2")
    people: Mapped[Count | None] = field("人次", place="000 奖惩办法2")
    amount: Mapped[Money | None] = field("金额", place="000 奖惩办法2")


class HrReport(
    Register,
    title="奖惩与考核月度汇总表",
    key="month_on version_no",
    list="month_on version_no people_count rewards_amount penalties_amount mean_score sent_on received_at",
    level=3,
    scope="department",
    grants=scores_run | results_to_hr,
    parties="month_on people_count rewards_amount penalties_amount sent_on received_at",
):
    """One month's summary, made of approved rows; clause, count and sum only where 机密 (R-SCOR-03, R-SCOR-06). 000 奖惩办法2."""

    operations_only = "R-SCOR-03"
    closes_with = "approved_by_id"
    __table_args__ = (in_order("computed_at", "received_at"),)

    month_on: Mapped[Day] = field(
        "月份", also="汇总月份 日期", computed=True, filter=True, section="汇总", place="000 奖惩办法2"
    )
    version_no: Mapped[Count] = field("次数", computed=True, default=1, place="+")
    people_count: Mapped[Count | None] = field("考核人数", computed=True, filter=True, place="000 考核说明2")
    mean_score: Mapped[Figure | None] = field("平均分", computed=True, filter=True, place="+")
    scores: Mapped[list[HrReportScore]] = child_rows("考核结果", HrReportScore, place="000 考核说明2")
    rewards_count: Mapped[Count | None] = field("奖励次数", computed=True, place="000 奖惩办法2")
    rewards_amount: Mapped[Money | None] = field(
        "奖励金额", also="奖励合计", computed=True, filter=True, place="000 奖惩办法2"
    )
    penalties_count: Mapped[Count | None] = field("惩罚次数", computed=True, place="000 奖惩办法2")
    penalties_amount: Mapped[Money | None] = field(
        "惩罚金额", also="惩罚合计", computed=True, filter=True, place="000 奖惩办法2"
    )
    recovered_amount: Mapped[Money | None] = field("追回损失合计", computed=True, place="000 惩罚7")
    clauses: Mapped[list[HrReportClause]] = child_rows("条款汇总", HrReportClause, place="000 奖惩办法2")
    computed_at: Mapped[Moment | None] = field("汇总时间", computed=True, section="上报", place="R-SCOR-03")
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles="director general_manager", place="000 奖惩办法2"
    )
    due_on: Mapped[Day | None] = field("上报期限", computed=True, filter=True, place="R-SCOR-03")
    sent_on: Mapped[Day | None] = field("上报日期", computed=True, filter=True, place="000 奖惩办法2")
    received_at: Mapped[Moment | None] = field(
        "人力资源接收时间", also="接收时间", computed=True, filter=True, place="+"
    )
    received_by_id: Mapped[int | None] = person("接收人", computed=True, place="+")
    remark: Mapped[LongText | None] = field("备注", computed=True, section="其他", place="+")
