"""Rebates and commissions granted on sales."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Day, LongText, Money, Percentage, ShortText, choice, field, link, person, sign
from ...grants.development import leadership_signs, own_results, results_known, results_led, results_read
from ...models import Register


class SaleDiscount(
    Register,
    title="销货优惠与佣金登记表",
    key="granted_on sale_id kind",
    list="granted_on customer_id sale_id seller_id kind amount approved_by_id",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | results_known | leadership_signs,
    parties="granted_on customer_id sale_id seller_id kind amount reason approved_by_id approved_at paid_at",
):
    """One rebate or commission; rebates lessen net sales (R-INCE-01). 001 激励 4."""

    __table_args__ = (
        between("amount", 0),
        between("rate", 0, 100),
    )

    granted_on: Mapped[Day] = field(
        "日期", also="登记日期", filter=True, section="优惠与佣金", today=True, place="001 激励 4"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="001 激励 4"
    )
    sale_id: Mapped[int | None] = link("对应订单", also="售货清单号", to="sale", filter=True, place="001 激励 4")
    seller_id: Mapped[int] = person("销售员", also="开发人员", filter=True, party=True, place="001 激励 4")
    kind: Mapped[Code] = choice("类别", also="类型", codes="sale_discount_kind", filter=True, place="001 激励 4")
    rate: Mapped[Percentage | None] = field("比例", place="+")
    amount: Mapped[Money] = field("金额", also="优惠款额 佣金款额", filter=True, place="001 激励 4")
    reason: Mapped[ShortText] = field("事由", also="原因", search=True, place="001 激励 4")
    payee: Mapped[ShortText | None] = field("收款方", mask=True, search=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准",
        signed_with="approve",
        roles="sales_manager service_manager director general_manager",
        section="审批",
        place="+",
    )
    paid_by_id: Mapped[int | None] = sign("支付经手", signed_with="edit", roles="sales_manager", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
