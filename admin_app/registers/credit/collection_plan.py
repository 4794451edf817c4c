"""Plans for collecting what customers owe."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
from ...grants.credit import own_shipments, shipments_led, shipments_read
from ...models import Register


class CollectionPlan(
    Register,
    title="货款回笼计划",
    key="planned_on customer_id shipment_id",
    list="planned_on customer_id shipment_id amount collected outstanding collector_id state",
    level=2,
    scope="department owner",
    grants=own_shipments | shipments_led | shipments_read,
    parties="planned_on customer_id shipment_id amount collected outstanding collector_id state",
):
    """One amount due on a day; overdue ones stand on the desk of whoever collects (R-CRED-02). 003 篇二 1.4.1, 2.2.3."""

    ends_with = "state: done"
    due = "planned_on"

    __table_args__ = (
        between("amount", 0),
        between("collected", 0),
        in_order("made_on", "planned_on"),
    )

    planned_on: Mapped[Day] = field(
        "计划回款日", also="计划日 计划日期 日期", filter=True, section="计划", place="003 篇二 2.2.3"
    )
    made_on: Mapped[Day | None] = field("制定日期", filter=True, place="+")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="003 篇二 2.2.3"
    )
    shipment_id: Mapped[int | None] = link("发货单", also="发票号", to="shipment", filter=True, place="003 篇二 2.2.3")
    reason: Mapped[Code | None] = choice(
        "计划原因", also="原因", codes="collection_reason", filter=True, place="003 篇二 1.4.1"
    )
    amount: Mapped[Money] = field("计划金额", also="应回金额 金额", filter=True, place="003 篇二 2.2.3")
    promised_by: Mapped[ShortText | None] = field("客户承诺人", also="承诺人", search=True, place="+")
    customer_agreed: Mapped[YesNo | None] = field("客户已确认", filter=True, place="003 篇二 1.4.1")
    collector_id: Mapped[int] = person(
        "回款责任人", also="责任人", filter=True, party=True, place="+", handed_over=True
    )
    collected: Mapped[Money | None] = field(
        "已回金额", also="已回", filter=True, section="回笼", place="003 篇二 2.2.3"
    )
    collected_on: Mapped[Day | None] = field("回款日期", filter=True, place="+")
    outstanding: Mapped[Money | None] = field(
        "未回金额", also="未回", computed=True, filter=True, place="003 篇二 2.2.3"
    )
    state: Mapped[Code] = choice(
        "状态", codes="collection_state", computed=True, filter=True, default="open", place="+"
    )
    overdue_days: Mapped[Count | None] = field("逾期天数", computed=True, place="+")
    measures: Mapped[LongText | None] = field("催收措施", place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "确认", signed_with="approve", roles="sales_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
