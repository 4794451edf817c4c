"""Greetings: birthdays and holidays, when due and how they were kept."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Code,
    Codes,
    Day,
    LongText,
    Moment,
    Money,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    HEADS_AND_ABOVE,
    desk_imports,
    desk_keeps,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.visits import budgets_approved, service_visits
from ...models import Register


class Greeting(
    Register,
    title="客户生日与节日问候登记",
    key="due_on customer_id occasion",
    list="due_on customer_id occasion person_greeted methods by_id state done_at amount",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | budgets_approved
    | service_visits
    | information_keeps
    | supervision,
    parties="due_on customer_id occasion methods by_id state",
):
    """One greeting to one customer or their family, due by itself (R-RELA-02). 003 篇十四 战术4, 9."""

    carried = "due_on occasion by_id"

    reaches = "done_at"
    ends_with = "state: done skipped"
    due = "due_on for customer_id"

    __table_args__ = (between("amount", 0),)

    customer_id: Mapped[int] = link(
        "客户",
        also="客户姓名 客户名称",
        to="customer",
        belongs=True,
        filter=True,
        section="问候",
        place="003 篇十四 战术4",
    )
    occasion: Mapped[Code] = choice(
        "问候事由", also="节日 事由", codes="greeting_occasion", filter=True, place="003 篇十四 战术4"
    )
    due_on: Mapped[Day] = field("应问候日期", also="日期", filter=True, place="003 篇十四 战术4")
    person_greeted: Mapped[ShortText | None] = field("问候对象", mask=True, place="003 篇十四 战术4")
    important: Mapped[YesNo | None] = field("重要客户", filter=True, place="003 篇十四 战术9.1")
    methods: Mapped[Codes | None] = choices(
        "问候方式", also="方式", codes="greeting_method", filter=True, place="003 篇十四 战术9.1"
    )
    text: Mapped[LongText | None] = field("问候内容", also="内容", place="003 篇十四 战术9.2")
    state: Mapped[Code | None] = choice(
        "状态", codes="greeting_state", default="due", filter=True, section="完成", place="+"
    )
    done_at: Mapped[Moment | None] = field("问候时间", also="完成时间", filter=True, place="003 篇十四 战术4")
    by_id: Mapped[int | None] = person(
        "问候人", also="经办人", party=True, filter=True, place="003 篇十四 战术4", handed_over=True
    )
    amount: Mapped[Money | None] = field("费用（元）", also="费用", filter=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "费用批准",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    reaction: Mapped[LongText | None] = field("客户反应", also="反馈", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
