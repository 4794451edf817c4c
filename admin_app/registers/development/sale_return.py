"""Returned goods, taken from the sales of the month of the return."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, choice, field, link, person, sign
from ...grants.development import leadership_signs, own_results, results_known, results_led, results_read
from ...models import Register


class SaleReturn(
    Register,
    title="销货退回登记表",
    key="returned_on sale_id product",
    list="returned_on customer_id sale_id seller_id cause quantity amount order_month",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | results_known | leadership_signs,
    parties="returned_on customer_id sale_id seller_id cause product quantity amount order_month bonus_reclaimed",
):
    """One return; the bonus of an earlier month's order is claimed back (R-INCE-01). 001 激励 4, 6."""

    __table_args__ = (
        between("amount", 0),
        between("quantity", 0),
    )

    returned_on: Mapped[Day] = field(
        "退货日期", also="日期", filter=True, section="退货", today=True, place="001 激励 4"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="001 激励 4"
    )
    sale_id: Mapped[int | None] = link("原订单", also="售货清单号", to="sale", filter=True, place="001 激励 4")
    seller_id: Mapped[int] = person("销售员", also="开发人员", filter=True, party=True, place="001 激励 4")
    order_month: Mapped[Day | None] = field(
        "订货月份", also="原订货月份", filter=True, place="001 激励 6", help="填原订货月的1日"
    )
    cause: Mapped[Code] = choice("退货原因", also="原因", codes="return_cause", filter=True, place="001 激励 4")
    cause_detail: Mapped[LongText | None] = field("原因说明", place="001 激励 4", required_if="cause: other")
    product: Mapped[ShortText] = field("产品", also="产品名称", search=True, section="货物", place="001 激励 4")
    brand: Mapped[ShortText | None] = field("品牌", place="+")
    quantity: Mapped[Count] = field("退回数量", also="数量", filter=True, place="001 激励 4")
    amount: Mapped[Money] = field("退回金额", also="金额", filter=True, place="001 激励 4")
    bonus_reclaimed: Mapped[Money | None] = field(
        "应追回奖金", also="追回奖金", computed=True, section="处理", place="001 激励 6"
    )
    received_into: Mapped[ShortText | None] = field("退入仓库", place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "确认", signed_with="approve", roles="sales_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
