"""Contact plans: which customer is to be contacted when, and what came of it."""

from sqlalchemy.orm import Mapped

from ...fields import Code, Day, LongText, ShortText, choice, field, link, person
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
from ...grants.visits import service_visits
from ...models import Register


class ContactPlan(
    Register,
    title="客户联络管理表",
    key="planned_on customer_id method",
    list="planned_on customer_id method by_id state done_on next_on",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | service_visits
    | information_keeps
    | supervision,
    parties="planned_on customer_id method by_id content state next_on",
):
    """One planned contact and its result; the round goes over all customers (R-RELA-02). 001 ch3 七."""

    reaches = "done_on"
    ends_with = "state: done dropped"
    due = "planned_on for customer_id"

    customer_id: Mapped[int] = link(
        "客户", also="客户名称 客户姓名", to="customer", belongs=True, filter=True, section="计划", place="001 ch3 七"
    )
    planned_on: Mapped[Day] = field("计划日期", also="日期 联络日期", filter=True, place="001 ch3 七")
    method: Mapped[Code] = choice(
        "联络方式", also="方式", codes="follow_up_method", default="phone", filter=True, place="001 ch3 七"
    )
    by_id: Mapped[int | None] = person("联络人", party=True, filter=True, place="001 ch3 七", handed_over=True)
    contact_person_id: Mapped[int | None] = link("客户联系人", also="联系人", to="contact_person", place="+")
    topic: Mapped[ShortText] = field("联络主题", also="事由", search=True, place="+")
    content: Mapped[LongText | None] = field("联络内容", also="内容", place="001 ch3 七")
    state: Mapped[Code | None] = choice(
        "状态", codes="contact_state", default="planned", filter=True, section="结果", place="+"
    )
    done_on: Mapped[Day | None] = field("实际日期", also="实际联络日期", filter=True, place="+")
    result: Mapped[LongText | None] = field("结果", also="联络结果", place="001 ch3 七")
    customer_view: Mapped[LongText | None] = field("客户反映", also="意见", place="+")
    follow_up_id: Mapped[int | None] = link("追访记录", to="follow_up", place="+")
    next_on: Mapped[Day | None] = field("下次联络", also="下次 下次联络日期", filter=True, place="001 ch3 七")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
