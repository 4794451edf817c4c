"""Money received, in cash or by bill."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, Percentage, ShortText, choice, field, link, person, sign
from ...grants.development import own_results, results_known, results_led, results_read
from ...models import Register


class Receipt(
    Register,
    title="收款登记表",
    key="received_on receipt_number",
    list="received_on receipt_number customer_id seller_id method amount matures_on bill_result",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | results_known,
    parties="received_on receipt_number customer_id seller_id method amount matures_on bill_days bill_result",
):
    """One receipt; a bill's interest counts from 60 days after shipping (R-INCE-02). 001 激励 5, 15."""

    carried = "received_on seller_id method"

    __table_args__ = (between("amount", 0),)

    received_on: Mapped[Day] = field(
        "收款日期", also="日期", filter=True, section="收款", today=True, place="001 激励 5"
    )
    receipt_number: Mapped[ShortText] = field("收据号", also="票据编号 收款单号", search=True, place="+")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 付款人", to="customer", filter=True, belongs=True, place="001 激励 5"
    )
    seller_id: Mapped[int] = person("销售员", also="收款人 开发人员", filter=True, party=True, place="001 激励 5")
    sale_id: Mapped[int | None] = link("对应订单", also="售货清单号", to="sale", filter=True, place="001 激励 5")
    shipment_id: Mapped[int | None] = link("对应发货单", to="shipment", filter=True, late=True, place="+")
    plan_id: Mapped[int | None] = link("对应回笼计划", to="collection_plan", filter=True, late=True, place="003 篇二")
    method: Mapped[Code] = choice("收款方式", also="方式", codes="receipt_method", filter=True, place="001 激励 5")
    amount: Mapped[Money] = field("收款金额", also="实收款额 金额", filter=True, place="001 激励 5")
    for_month: Mapped[Day | None] = field("货款所属月份", filter=True, place="001 激励 5", help="填该月1日")
    bill_number: Mapped[ShortText | None] = field(
        "票据号", also="期票号", search=True, section="期票", place="001 激励 5"
    )
    bank: Mapped[ShortText | None] = field("付款银行", mask=True, place="001 激励 5")
    shipped_on: Mapped[Day | None] = field("发货日期", filter=True, place="001 激励 15")
    matures_on: Mapped[Day | None] = field("到期日", also="票据到期日", filter=True, place="001 激励 15")
    daily_rate: Mapped[Percentage | None] = field("日利率（%）", also="日利率", computed=True, place="001 激励 15")
    bill_days: Mapped[Count | None] = field("计息天数", computed=True, place="001 激励 15")
    bill_result: Mapped[Money | None] = field(
        "期票利息损益", also="期票损益", computed=True, filter=True, place="001 激励 5"
    )
    cashed_on: Mapped[Day | None] = field("兑付日期", filter=True, place="+")
    received_by_id: Mapped[int | None] = sign("经手", signed_with="edit", roles="sales sales_manager", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
