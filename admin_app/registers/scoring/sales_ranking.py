"""Rankings of customer development by results."""

from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    Percentage,
    ShortText,
    YesNo,
    choice,
    field,
    person,
    sign,
)
from ...grants.scoring import rankings_kept
from ...models import Register


class SalesRanking(
    Register,
    title="客户开发业绩排名表",
    key="month_on period person_id",
    list="month_on period rank_no person_id net_sales achievement receipts published grade",
    level=2,
    scope="department",
    grants=rankings_kept,
    parties="month_on period rank_no person_id net_sales target achievement receipts grade published",
):
    """One person's place in a month or year; the first three are published at 内部 (R-INCE-03). 001 激励 16."""

    operations_only = "R-INCE-03"

    month_on: Mapped[Day] = field("月份", also="日期", computed=True, filter=True, section="排名", place="001 激励 16")
    period: Mapped[Code] = choice(
        "期间", codes="target_period", computed=True, filter=True, default="month", place="001 激励 16"
    )
    person_id: Mapped[int] = person(
        "人员", also="姓名 开发人员", computed=True, filter=True, party=True, place="001 激励 16"
    )
    rank_no: Mapped[Count] = field("名次", also="排名", computed=True, filter=True, place="001 激励 16")
    group_name: Mapped[ShortText | None] = field("组别", computed=True, filter=True, place="001 激励 21 2")
    grade: Mapped[ShortText | None] = field("绩效等级", also="等级", computed=True, filter=True, place="001 激励 16")
    net_sales: Mapped[Money | None] = field(
        "实销额", also="销售净额", computed=True, filter=True, section="业绩", place="001 激励 4"
    )
    target: Mapped[Money | None] = field("销售目标", computed=True, place="001 激励 13")
    achievement: Mapped[Percentage | None] = field(
        "目标完成率", also="完成率", computed=True, filter=True, place="001 激励 14"
    )
    receipts: Mapped[Money | None] = field("收款额", also="实收款", computed=True, filter=True, place="001 激励 5")
    receipts_growth: Mapped[Percentage | None] = field("收款增长率", computed=True, place="001 激励 14")
    new_customers: Mapped[Count | None] = field("新客户数", computed=True, place="001 激励 4")
    gross: Mapped[Money | None] = field("销售毛利", computed=True, place="001 激励 7")
    visits: Mapped[Count | None] = field("拜访客户数", computed=True, place="001 激励 3")
    published: Mapped[YesNo | None] = field(
        "已公布", also="公布前三名", computed=True, filter=True, section="公布", place="001 激励 16"
    )
    published_on: Mapped[Day | None] = field("公布日期", computed=True, filter=True, place="001 激励 16")
    computed_at: Mapped[Moment | None] = field("计算时间", computed=True, place="+")
    approved_by_id: Mapped[int | None] = sign("审核", place="+")
    remark: Mapped[LongText | None] = field("备注", computed=True, section="其他", place="+")
