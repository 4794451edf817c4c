"""Follow-ups: every contact after the first visit."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from ...fields import Code, Count, Day, LongText, Moment, YesNo, choice, field, link, person
from ...grants import (
    desk_imports,
    desk_keeps,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...models import Register


class FollowUp(
    Register,
    title="客户追访记录",
    key="customer_id happened_at",
    list="happened_at customer_id method completed by_id grade next_on",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | information_keeps
    | supervision,
    parties="happened_at customer_id method completed by_id content grade next_on",
):
    """A call or visit to a customer; completed ones count, one a day per customer (R-FOLL-01). 000 考核2."""

    contacted = "happened_at if completed"
    reaches = "happened_at"
    due = "next_on renewed happened_at for customer_id"

    carried = "happened_at method by_id"

    # whether one came after another, that agreed on a day (R-FOLL-01)
    __table_args__ = (Index("ix_follow_up_customer_id_happened_at", "customer_id", "happened_at"),)

    customer_id: Mapped[int] = link(
        "客户",
        also="客户姓名 顾客姓名 姓名 客户名称",
        to="customer",
        belongs=True,
        filter=True,
        section="追访",
        place="000 考核2",
    )
    happened_at: Mapped[Moment] = field("追访时间", also="日期 追访日期", filter=True, today=True, place="000 考核2")
    method: Mapped[Code] = choice(
        "追访方式", also="方式", codes="follow_up_method", default="phone", filter=True, place="000 考核2"
    )
    by_id: Mapped[int | None] = person("追访人", party=True, filter=True, place="000 考核2")
    completed: Mapped[YesNo] = field(
        "联系上",
        also="是否联系上 完成",
        default=True,
        filter=True,
        place="000 考核2",
        help="没有联系上的不计入追访次数",
    )
    minutes: Mapped[Count | None] = field("时长（分钟）", place="+")
    grade: Mapped[Code | None] = choice(
        "当时级别", also="客户级别 等级 级别", codes="grade", filter=True, section="内容", place="000 客户分级"
    )
    content: Mapped[LongText] = field("追访内容", also="内容 沟通内容", place="000 考核2")
    feedback: Mapped[LongText | None] = field("客户反馈", also="反馈", place="000 考核2")
    next_on: Mapped[Day | None] = field("下次追访日期", also="下次追访", filter=True, place="003 篇一 12")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
