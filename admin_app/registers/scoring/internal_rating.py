"""Colleagues' ratings of customer managers."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import Area, Day, LongText, ShortText, field, person
from ...grants.scoring import colleagues_rate, scores_kept
from ...models import Register
from ...texts import say


class InternalRating(
    Register,
    title="内部服务满意评分",
    key="month_on rated_id rater_id",
    list="month_on rated_id rater_id dispatch_form reconcile communicate team total",
    level=2,
    scope="store department",
    grants=scores_kept | colleagues_rate,
    parties="month_on rated_id dispatch_form reconcile communicate team total",
):
    """One colleague rates one manager's month, four criteria of 0 to 5 in half points (R-SCOR-01). 000 考核内容3."""

    __table_args__ = (
        CheckConstraint(
            "dispatch_form >= 0 AND dispatch_form <= 500",
            name="dispatch_form_range",
            info={"sentence": say("应在 {low} 至 {high} 之间", low=0, high=5)},
        ),
        CheckConstraint(
            "reconcile >= 0 AND reconcile <= 500",
            name="reconcile_range",
            info={"sentence": say("应在 {low} 至 {high} 之间", low=0, high=5)},
        ),
        CheckConstraint(
            "communicate >= 0 AND communicate <= 500",
            name="communicate_range",
            info={"sentence": say("应在 {low} 至 {high} 之间", low=0, high=5)},
        ),
        CheckConstraint(
            "team >= 0 AND team <= 500",
            name="team_range",
            info={"sentence": say("应在 {low} 至 {high} 之间", low=0, high=5)},
        ),
        CheckConstraint("rated_id <> rater_id", name="rated_by_another"),
    )

    month_on: Mapped[Day] = field(
        "月份", also="日期", filter=True, section="评分", place="000 考核内容3", help="填该月1日"
    )
    rated_id: Mapped[int] = person(
        "被评客户经理", also="客户经理 被评人", filter=True, party=True, place="000 考核内容3"
    )
    rater_id: Mapped[int] = person("评分人", also="同事", filter=True, place="000 考核内容3")
    rater_role: Mapped[ShortText | None] = field("评分人岗位", also="岗位", place="+")
    rated_on: Mapped[Day | None] = field("评分日期", filter=True, place="+")
    dispatch_form: Mapped[Area] = field("派单规范", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    reconcile: Mapped[Area] = field("主动对单", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    communicate: Mapped[Area] = field("积极沟通", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    team: Mapped[Area] = field("热情团结", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    total: Mapped[Area | None] = field("合计", also="总分", computed=True, filter=True, place="000 考核内容3")
    comment: Mapped[LongText | None] = field("评语", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
