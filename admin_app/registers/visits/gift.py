"""Gifts: what was given to which customer, on what occasion, by whom."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
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


class Gift(
    Register,
    title="客户礼品赠送登记表",
    key="given_on customer_id item",
    list="given_on customer_id occasion item quantity amount given_by_id approved_by_id",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | service_visits
    | budgets_approved
    | information_keeps
    | supervision,
    parties="given_on customer_id occasion item quantity given_by_id approved_by_id",
):
    """One gift to one customer; the budget is approved before (R-VISI-01). 001 第13条, 003 篇一14."""

    awaited = "approved_by_id if budget of heads"
    steps_by = "R-VISI-01"
    filled_after_judging = "amount unit_price delivery received_by received visit_report_id greeting_id reaction remark"
    reaches = "given_on"
    carried = "given_on occasion item given_by_id"

    __table_args__ = (
        between("quantity", 1),
        between("unit_price", 0),
        between("amount", 0),
        between("budget", 0),
    )

    customer_id: Mapped[int] = link(
        "客户", also="客户名称 客户姓名", to="customer", belongs=True, filter=True, section="礼品", place="001 第13条"
    )
    given_on: Mapped[Day] = field("赠送日期", also="日期", filter=True, today=True, place="001 第13条")
    occasion: Mapped[Code] = choice(
        "赠送事由", also="事由 场合", codes="gift_occasion", filter=True, place="001 第13条"
    )
    item: Mapped[ShortText] = field("礼品名称", also="礼品 品名", search=True, place="001 第13条")
    quantity: Mapped[Count] = field("数量", default=1, filter=True, place="+")
    unit_price: Mapped[Money | None] = field("单价（元）", also="单价", place="+")
    amount: Mapped[Money | None] = field(
        "金额（元）",
        also="价值 金额",
        after="approved_by_id",
        filter=True,
        place="001 第13条",
        help="批准以后才填",
    )
    given_by_id: Mapped[int | None] = person(
        "赠送人", also="经办人", party=True, filter=True, section="经办", place="001 第13条"
    )
    delivery: Mapped[ShortText | None] = field("送达方式", place="+")
    received_by: Mapped[ShortText | None] = field("签收人", search=True, place="+")
    received: Mapped[YesNo | None] = field("客户已签收", filter=True, place="+")
    applied_by_id: Mapped[int | None] = person("申请人", party=True, filter=True, place="+")
    budget: Mapped[Money | None] = field("批准金额（元）", also="预算", filter=True, place="R-VISI-01")
    approved_by_id: Mapped[int | None] = sign(
        "批准人",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="R-VISI-01",
    )
    visit_report_id: Mapped[int | None] = link("拜访记录", to="visit_report", place="001 拜访12")
    greeting_id: Mapped[int | None] = link("问候登记", to="greeting", place="003 篇十四 战术9")
    reaction: Mapped[LongText | None] = field("客户反应", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
