"""Orders invoiced and taken off before delivery."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Count, Day, LongText, Money, ShortText, YesNo, field, link, person, sign
from ...grants.development import leadership_signs, own_results, results_known, results_led, results_read
from ...models import Register


class SaleCancellation(
    Register,
    title="销货作废登记表",
    key="cancelled_on sale_id",
    list="cancelled_on customer_id sale_id seller_id quantity amount reason",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | results_known | leadership_signs,
    parties="cancelled_on customer_id sale_id seller_id quantity amount reason",
):
    """One cancellation of a listed, undelivered order; it lessens net sales (R-INCE-01). 001 激励 4."""

    __table_args__ = (
        between("amount", 0),
        in_order("listed_on", "cancelled_on"),
        between("quantity", 0),
    )

    cancelled_on: Mapped[Day] = field(
        "作废日期", also="日期 取消日期", filter=True, section="作废", today=True, place="001 激励 4"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="001 激励 4"
    )
    sale_id: Mapped[int] = link("原订单", also="售货清单号", to="sale", filter=True, place="001 激励 4")
    seller_id: Mapped[int] = person("销售员", also="开发人员", filter=True, party=True, place="001 激励 4")
    listed_on: Mapped[Day | None] = field("开单日期", also="清单日期", filter=True, place="001 激励 4")
    listed: Mapped[YesNo | None] = field("已开售货清单", filter=True, default=True, place="001 激励 4")
    undelivered: Mapped[YesNo | None] = field("未送货", filter=True, default=True, place="001 激励 4")
    product: Mapped[ShortText | None] = field("产品", search=True, place="+")
    quantity: Mapped[Count | None] = field("作废数量", also="数量", place="001 激励 4")
    amount: Mapped[Money] = field("作废金额", also="金额", filter=True, place="001 激励 4")
    reason: Mapped[ShortText] = field("取消原因", also="原因", search=True, place="001 激励 4")
    invoice_voided: Mapped[YesNo | None] = field("发票已作废", filter=True, place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "确认", signed_with="approve", roles="sales_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
