"""Weekly patrols of customer managers' work."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, ShortText, YesNo, child_rows, choice, field, person, sign
from ...grants.scoring import patrols_read, scores_kept, scores_of_store
from ...models import Lines, Register


class WeeklyPatrolItem(Lines, of="weekly_patrol"):
    """A finding, with the record that shows it."""

    part: Mapped[Code | None] = choice("考核项目", codes="score_part", place="000 考核内容")
    fault: Mapped[Code | None] = choice("问题类别", codes="score_fault", place="+")
    finding: Mapped[ShortText] = field("发现情况", place="000 考核说明1")
    register_title: Mapped[ShortText | None] = field("涉及台账", place="+")
    record_number: Mapped[ShortText | None] = field("涉及记录", place="+")
    untrue: Mapped[YesNo | None] = field("不真实", place="R-SCOR-01")


class WeeklyPatrol(
    Register,
    title="周巡访检查记录",
    key="patrolled_on person_id",
    list="patrolled_on person_id patroller_id week_on findings_count untrue_count rectify_by rectified_on checked",
    level=1,
    scope="store",
    grants=scores_kept | scores_of_store | patrols_read,
    parties="patrolled_on person_id patroller_id week_on registers_ok followups_ok outings_ok findings "
    "demands rectify_by rectified_on",
):
    """One visit to one manager in a week; a week without one shows as missing (R-SCOR-07). 000 考核说明1."""

    due = "rectify_by until rectified_on by person_id"

    __table_args__ = (
        in_order("patrolled_on", "rectify_by"),
        in_order("patrolled_on", "rectified_on"),
        between("findings_count", 0),
        between("untrue_count", 0),
    )

    patrolled_on: Mapped[Day] = field(
        "巡访日期", also="日期 检查日期", filter=True, section="巡访", today=True, place="000 考核说明1"
    )
    week_on: Mapped[Day | None] = field("所属周", also="周次", filter=True, place="+", help="填该周周一")
    person_id: Mapped[int] = person("客户经理", also="被检查人", filter=True, party=True, place="000 考核说明1")
    patroller_id: Mapped[int] = person("巡访人", also="检查人 专项总监", filter=True, party=True, place="000 考核说明1")
    place_visited: Mapped[ShortText | None] = field("地点", also="店面", search=True, place="+")
    registers_ok: Mapped[YesNo | None] = field(
        "表格填报完整规范", also="信息管理", filter=True, section="检查内容", place="000 考核内容1"
    )
    timely_ok: Mapped[YesNo | None] = field("填报及时真实", filter=True, place="000 考核内容1")
    followups_ok: Mapped[YesNo | None] = field("追访到位", also="顾客追访", filter=True, place="000 考核内容2")
    dispatch_ok: Mapped[YesNo | None] = field("派单规范", filter=True, place="000 考核内容3")
    outings_ok: Mapped[YesNo | None] = field("外出登记完整准确", also="外出登记", filter=True, place="000 考核内容4")
    desk_ok: Mapped[YesNo | None] = field("前台在岗、环境整洁", also="前台环境", filter=True, place="000 ch3")
    items: Mapped[list[WeeklyPatrolItem]] = child_rows("检查明细", WeeklyPatrolItem, place="000 考核说明1")
    findings: Mapped[LongText | None] = field(
        "检查情况", also="发现问题 详细记录", section="结果", place="000 考核说明1"
    )
    findings_count: Mapped[Count | None] = field("问题数", filter=True, place="+")
    untrue_count: Mapped[Count | None] = field("不真实记录数", filter=True, place="R-SCOR-01")
    demands: Mapped[LongText | None] = field("整改要求", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="+")
    checked: Mapped[YesNo | None] = field("复查合格", filter=True, place="+")
    signed_by_id: Mapped[int | None] = sign("巡访人签字", signed_with="edit", by="patroller_id", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
