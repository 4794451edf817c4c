"""Monthly reports on key accounts."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Count, Day, LongText, Money, Percentage, field, link, person, sign
from ...grants.key_accounts import accounts_led, accounts_read, own_accounts
from ...models import Register


class KeyAccountMonth(
    Register,
    title="大客户月报表",
    key="month_on customer_id",
    list="month_on customer_id reporter_id orders_amount receipts_amount receivable visits reviewed_by_id",
    level=2,
    scope="department owner",
    grants=own_accounts | accounts_led | accounts_read,
    parties="month_on customer_id reporter_id orders_amount receipts_amount events plan reviewed_by_id reviewed_at",
):
    """One account's month: orders, receipts, events and the plan for the next. 001 ch4 四."""

    __table_args__ = (
        between("orders_amount", 0),
        between("receipts_amount", 0),
        between("receivable", 0),
        between("target_rate", 0),
        between("orders_count", 0),
        between("visits", 0),
        between("complaints", 0),
    )

    month_on: Mapped[Day] = field(
        "月份", also="日期", filter=True, section="月报", place="001 ch4 四", help="填该月1日"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 大客户名称", to="customer", filter=True, belongs=True, place="001 ch4 四"
    )
    key_account_id: Mapped[int | None] = link("大客户档案", to="key_account", filter=True, place="+")
    reporter_id: Mapped[int] = person("填报人", also="大客户专员", filter=True, party=True, place="001 ch4 四")
    reported_on: Mapped[Day | None] = field("填报日期", filter=True, place="+")
    orders_count: Mapped[Count | None] = field("订单数", also="订货次数", section="订货与回款", place="001 ch4 四")
    orders_amount: Mapped[Money | None] = field("订货金额", also="本月订货额", filter=True, place="001 ch4 四")
    orders_before: Mapped[Money | None] = field("上月订货金额", place="+")
    receipts_amount: Mapped[Money | None] = field("回款金额", also="本月回款额", filter=True, place="001 ch4 四")
    receivable: Mapped[Money | None] = field("应收余额", also="应收货款", filter=True, place="001 ch4 四")
    overdue: Mapped[Money | None] = field("逾期金额", place="+")
    target: Mapped[Money | None] = field("本月目标", place="+")
    target_rate: Mapped[Percentage | None] = field("目标完成率", also="完成率", place="+")
    visits: Mapped[Count | None] = field("拜访次数", section="服务与事件", place="+")
    complaints: Mapped[Count | None] = field("投诉件数", place="+")
    events: Mapped[LongText | None] = field("重要事件", also="事件 本月大事", place="001 ch4 四")
    rival_moves: Mapped[LongText | None] = field("竞争动态", place="+")
    needs: Mapped[LongText | None] = field("客户需求与意见", also="客户意见", place="+")
    plan: Mapped[LongText | None] = field("下月计划", also="计划", section="计划", place="001 ch4 四")
    plan_amount: Mapped[Money | None] = field("下月预计订货", place="+")
    help_wanted: Mapped[LongText | None] = field("需要的支持", place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审阅", signed_with="approve", roles="sales_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
