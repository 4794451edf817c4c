"""Colleagues' ratings of customer managers."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Day,
    Figure,
    LongText,
    ShortText,
    field,
    person,
)
from ...grants.scoring import colleagues_rate, scores_kept
from ...models import Register


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

    carried = "month_on rater_id rated_on"

    __table_args__ = (
        between("dispatch_form", 0, 5),
        between("reconcile", 0, 5),
        between("communicate", 0, 5),
        between("team", 0, 5),
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
    dispatch_form: Mapped[Figure] = field("派单规范", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    reconcile: Mapped[Figure] = field("主动对单", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    communicate: Mapped[Figure] = field("积极沟通", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    team: Mapped[Figure] = field("热情团结", filter=True, place="000 考核内容3", help="0 至 5 分，可打半分")
    total: Mapped[Figure | None] = field("合计", also="总分", computed=True, filter=True, place="000 考核内容3")
    comment: Mapped[LongText | None] = field("评语", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
