"""Timeliness and completeness of archives by department and month."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Moment, Percentage, choice, field, link
from ...grants.scoring import archive_rates_read
from ...models import Register


class ArchiveRate(
    Register,
    title="档案及时率与完整率",
    key="month_on rated_department_id kind",
    list="month_on rated_department_id kind due_count in_time_count timeliness complete_count completeness",
    level=1,
    scope="department",
    grants=archive_rates_read,
    parties="month_on rated_department_id kind timeliness completeness",
):
    """One department's month: handed over in time of due, complete of handed over (R-FINE-05). 003 篇七 8."""

    operations_only = "R-FINE-05"
    __table_args__ = (
        between("timeliness", 0, 100),
        between("completeness", 0, 100),
    )

    month_on: Mapped[Day] = field("月份", also="日期", computed=True, filter=True, section="考核", place="003 篇七 8")
    rated_department_id: Mapped[int] = link(
        "部门", also="被考核部门", to="department", computed=True, filter=True, place="003 篇七 8"
    )
    kind: Mapped[Code | None] = choice(
        "档案类别", codes="archive_rate_kind", computed=True, filter=True, place="003 篇七"
    )
    due_count: Mapped[Count | None] = field("应交数", computed=True, place="003 篇七 8")
    handed_over_count: Mapped[Count | None] = field("实交数", computed=True, place="003 篇七 8")
    in_time_count: Mapped[Count | None] = field("按时移交数", computed=True, place="003 篇七 8")
    timeliness: Mapped[Percentage | None] = field(
        "及时率", also="档案及时率", computed=True, filter=True, place="003 篇七 8"
    )
    complete_count: Mapped[Count | None] = field("完整数", computed=True, place="003 篇七 8")
    missing_items: Mapped[Count | None] = field("缺项数", computed=True, place="+")
    completeness: Mapped[Percentage | None] = field(
        "完整率", also="档案完整率", computed=True, filter=True, place="003 篇七 8"
    )
    timeliness_rank: Mapped[Count | None] = field("及时率名次", computed=True, place="+")
    completeness_rank: Mapped[Count | None] = field("完整率名次", computed=True, place="+")
    computed_at: Mapped[Moment | None] = field("计算时间", computed=True, place="+")
    remark: Mapped[LongText | None] = field("备注", computed=True, section="其他", place="+")
