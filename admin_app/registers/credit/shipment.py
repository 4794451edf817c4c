"""Invoices and shipments against the credit limit."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, child_rows, choice, field, link, person, sign
from ...grants.credit import own_shipments, shipments_led, shipments_read
from ...models import Lines, Register


class ShipmentGoods(Lines, of="shipment"):
    """Goods of the shipment."""

    product: Mapped[ShortText] = field("品名", place="+")
    spec: Mapped[ShortText | None] = field("规格", place="+")
    quantity: Mapped[Count] = field("数量", place="+")
    amount: Mapped[Money | None] = field("金额", place="+")


class Shipment(
    Register,
    title="开票发货登记表",
    key="shipped_on invoice_number",
    list="shipped_on invoice_number customer_id kind amount limit_amount used_amount signed_by_id due_on paid_amount",
    level=2,
    scope="department owner",
    grants=own_shipments | shipments_led | shipments_read,
    parties="shipped_on invoice_number customer_id kind amount limit_amount used_amount seller_id clerk_id "
    "signed_by_id signed_at due_on paid_amount",
):
    """One invoiced shipment; its kind decides who signs and who bears a loss (R-CRED-02). 003 篇二 2."""

    filled_after_judging = "invoice_number carrier warehouse_id clerk_id delivered_by_id remark"

    __table_args__ = (
        between("amount", 0),
        between("paid_amount", 0),
    )

    shipped_on: Mapped[Day] = field(
        "开票发货日期", also="日期 发货日期", filter=True, section="开票", today=True, place="003 篇二 2"
    )
    invoice_number: Mapped[ShortText] = field("发票号", also="开票编号 发货单号", search=True, place="003 篇二 2")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="003 篇二 2"
    )
    sale_id: Mapped[int | None] = link("对应订单", also="售货清单号", to="sale", filter=True, late=True, place="+")
    seller_id: Mapped[int | None] = person("销售员", also="开发专员", filter=True, party=True, place="+")
    amount: Mapped[Money] = field("发货金额", also="金额 货款", filter=True, place="003 篇二 2")
    goods: Mapped[list[ShipmentGoods]] = child_rows("货物明细", ShipmentGoods, place="+")
    hand_written: Mapped[YesNo | None] = field("手工票或未开票", also="手工票", filter=True, place="003 篇二 3.2")
    kind: Mapped[Code] = choice(
        "发货类别", also="类别", codes="shipment_kind", filter=True, section="授信检查", place="003 篇二 2"
    )
    credit_line_id: Mapped[int | None] = link("授信", to="credit_line", place="+")
    limit_amount: Mapped[Money | None] = field(
        "当日授信额", also="授信额", computed=True, filter=True, place="003 篇二 1.3"
    )
    used_amount: Mapped[Money | None] = field("已用额", computed=True, place="003 篇二 2")
    over_amount: Mapped[Money | None] = field("超额金额", computed=True, filter=True, place="R-CRED-01")
    third_ok: Mapped[YesNo | None] = field(
        "小于授信额三分之一", also="三分之一检查", computed=True, filter=True, place="003 篇二 2.2.1"
    )
    signed_by_id: Mapped[int | None] = sign(
        "签发人",
        signed_with="approve",
        roles="sales_manager service_manager director general_manager",
        place="003 篇二 2.2.1",
    )
    prepaid: Mapped[YesNo | None] = field(
        "先汇款", also="付款先行", filter=True, section="付款", place="003 篇二 2.2.3"
    )
    prepaid_amount: Mapped[Money | None] = field("汇款金额", place="003 篇二 2.2.3", only_if="prepaid")
    prepaid_on: Mapped[Day | None] = field("汇款日期", place="003 篇二 2.2.3", only_if="prepaid")
    needs_plan: Mapped[YesNo | None] = field("须有回笼计划", computed=True, filter=True, place="003 篇二 1.4.1")
    due_on: Mapped[Day | None] = field(
        "到期日", also="到期", filter=True, place="003 篇二 4.1", help="末次超额发货为当月底"
    )
    paid_amount: Mapped[Money | None] = field("已收金额", also="已回款", computed=True, filter=True, place="+")
    paid_on: Mapped[Day | None] = field("结清日期", computed=True, filter=True, place="+")
    carrier: Mapped[ShortText | None] = field("物流单位", also="承运", section="送货", place="+")
    warehouse_id: Mapped[int | None] = person("库管", filter=True, party=True, place="003 篇二 3.2")
    delivered_by_id: Mapped[int | None] = sign(
        "送货签收经办", signed_with="edit", roles="sales sales_manager", by="clerk_id", place="+"
    )
    clerk_id: Mapped[int | None] = person("物流专员", filter=True, party=True, place="003 篇二 3.2")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
