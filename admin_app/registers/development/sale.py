"""Sales: orders of customers, a line per product."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, ShortText, child_rows, choice, field, link, person
from ...grants import information_keeps
from ...grants.development import own_results, results_led, results_read
from ...models import Lines, Register


class SaleLine(Lines, of="sale"):
    """A product of the order."""

    product: Mapped[ShortText] = field("产品", also="产品名称", place="001 ch7 三")
    brand: Mapped[ShortText | None] = field("品牌", place="001 ch7 三")
    spec: Mapped[ShortText | None] = field("规格", place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    quantity: Mapped[Count] = field("数量", place="001 ch7 三")
    price: Mapped[Money] = field("单价", place="001 ch7 三")
    amount: Mapped[Money] = field("金额", place="001 ch7 三")
    marginal_cost: Mapped[Money | None] = field("边际成本", place="001 激励 7")


class Sale(
    Register,
    title="客户销售信息表",
    key="ordered_on list_number",
    list="ordered_on list_number customer_id seller_id order_kind amount region trade delivered_on",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | information_keeps,
    parties="ordered_on list_number customer_id seller_id order_kind lines amount discount rebate commission "
    "delivered_on",
):
    """One order; net sales, mix and rankings are computed from the lines (R-INCE-01). 001 激励 4, ch7 三."""

    carried = "ordered_on seller_id order_kind region trade"

    __table_args__ = (
        between("amount", 0),
        between("discount", 0),
        between("rebate", 0),
        between("commission", 0),
        in_order("ordered_on", "delivered_on"),
    )

    ordered_on: Mapped[Day] = field(
        "订单日期", also="日期 订货日期", filter=True, section="订单", today=True, place="001 ch7 三"
    )
    list_number: Mapped[ShortText] = field("售货清单号", also="清单号 订单号", search=True, place="001 激励 4")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 客户姓名", to="customer", filter=True, belongs=True, place="001 ch7 三"
    )
    seller_id: Mapped[int] = person("销售员", also="销售人员 开发人员", filter=True, party=True, place="001 ch7 三")
    order_kind: Mapped[Code] = choice(
        "订货来源", also="来源 订货类别", codes="order_kind", filter=True, place="001 激励 4"
    )
    contract_id: Mapped[int | None] = link("合同", to="contract", filter=True, place="+")
    region: Mapped[ShortText | None] = field("区域", filter=True, search=True, place="001 ch7 三")
    trade: Mapped[ShortText | None] = field("业种", also="行业", filter=True, search=True, place="001 激励 12")
    group_name: Mapped[ShortText | None] = field("组别", filter=True, place="001 激励 21 2")
    lines: Mapped[list[SaleLine]] = child_rows("产品明细", SaleLine, section="产品", place="001 ch7 三")
    amount: Mapped[Money] = field("金额", also="订货金额 合计金额", filter=True, section="金额", place="001 ch7 三")
    discount: Mapped[Money | None] = field("折扣", also="折扣额", place="001 ch7 三")
    rebate: Mapped[Money | None] = field("优惠", also="优惠额 优惠款额", place="001 激励 4")
    commission: Mapped[Money | None] = field("佣金", also="佣金款额", place="001 激励 4")
    delivered_on: Mapped[Day | None] = field("送货日", also="送货日期", filter=True, section="送货", place="001 ch7 三")
    state: Mapped[Code | None] = choice(
        "订单状态", also="状态", codes="sale_state", filter=True, default="ordered", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
