"""Monthly scores of customer managers."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...declaration import slip
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Moment,
    ShortText,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.scoring import results_to_hr, scores_of_store, scores_own, scores_run
from ...models import Register


class ScoreSheet(
    Register,
    title="客户经理月度考核表",
    key="month_on person_id version_no",
    list="month_on person_id information follow_up internal_service outings total rank_no state",
    level=2,
    scope="store department",
    grants=scores_run | scores_own | scores_of_store | results_to_hr,
    parties="month_on person_id version_no information follow_up internal_service outings total full_marks "
    "rank_no computed_at reviewed_by_id reviewed_at objection objected_at objection_answer "
    "accepted_at approved_by_id approved_at state",
):
    """One manager's month: four parts, 100 points, locked once approved (R-SCOR-01..04). 000 四."""

    on_paper = slip("客户经理月度评分表")
    operations_only = "R-SCOR-03"
    closes_with = "approved_by_id"
    __table_args__ = (
        between("information", 0, 30),
        between("follow_up", 0, 30),
        between("internal_service", 0, 20),
        between("outings", 0, 20),
        between("total", 0, 100),
    )

    month_on: Mapped[Day] = field(
        "月份", also="考核月份 日期", computed=True, filter=True, section="考核", place="000 考核内容"
    )
    person_id: Mapped[int] = person(
        "客户经理", also="姓名 被考核人", computed=True, filter=True, party=True, place="000 考核内容"
    )
    version_no: Mapped[Count] = field("次数", computed=True, default=1, place="R-SCOR-03")
    replaces_id: Mapped[int | None] = link(
        "更正的考核表", to="score_sheet", computed=True, late=True, place="R-SCOR-03"
    )
    information: Mapped[Figure | None] = field(
        "信息管理（30分）", also="信息管理", computed=True, filter=True, section="得分", place="000 考核内容1"
    )
    follow_up: Mapped[Figure | None] = field(
        "顾客追访频次（30分）", also="追访频次", computed=True, filter=True, place="000 考核内容2"
    )
    internal_service: Mapped[Figure | None] = field(
        "内部服务满意率（20分）", also="内部服务", computed=True, filter=True, place="000 考核内容3"
    )
    outings: Mapped[Figure | None] = field(
        "外出登记管理（20分）", also="外出登记 日常考勤", computed=True, filter=True, place="000 考核内容4"
    )
    total: Mapped[Figure | None] = field("合计", also="总分 得分", computed=True, filter=True, place="000 考核内容")
    full_marks: Mapped[Count | None] = field("满分", computed=True, place="R-SCOR-01")
    rank_no: Mapped[Count | None] = field("名次", computed=True, filter=True, place="+")
    ratings_count: Mapped[Count | None] = field("评分人数", computed=True, place="000 考核内容3")
    evidence: Mapped[LongText | None] = field("依据摘要", computed=True, section="依据", place="R-SCOR-02")
    evidence_digest: Mapped[ShortText | None] = field("依据摘要码", computed=True, place="R-SCOR-03")
    computed_at: Mapped[Moment | None] = field("计算时间", computed=True, filter=True, place="R-SCOR-04")
    reviewed_by_id: Mapped[int | None] = sign("专项总监审核", section="审核与异议", place="000 考核说明1")
    waived: Mapped[ShortText | None] = field("调整说明", computed=True, place="R-SCOR-03")
    objected_at: Mapped[Moment | None] = field("异议时间", computed=True, filter=True, place="R-SCOR-03")
    objection: Mapped[LongText | None] = field("异议", computed=True, place="R-SCOR-03")
    objection_answer: Mapped[LongText | None] = field("异议答复", computed=True, place="R-SCOR-03")
    accepted_at: Mapped[Moment | None] = field("本人认可时间", also="确认时间", computed=True, place="R-SCOR-03")
    approved_by_id: Mapped[int | None] = sign("批准", place="000 考核内容")
    state: Mapped[Code] = choice(
        "状态", codes="score_state", computed=True, filter=True, default="computed", place="R-SCOR-03"
    )
    remark: Mapped[LongText | None] = field("备注", computed=True, section="其他", place="+")
