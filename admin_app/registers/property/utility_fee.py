"""Water, power, shares and overtime air-conditioning, a unit and month at a time."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Day,
    Figure,
    LongText,
    Moment,
    Money,
    Number,
    ShortText,
    choice,
    consumed,
    field,
    link,
    person,
    sign,
)
from ...grants.property import property_headed, residents_served
from ...models import Register


class UtilityFee(
    Register,
    title="水电与空调加时费登记表",
    key="unit_id kind read_on",
    list="read_on number unit_id kind reading_from reading_to amount due_on paid_on",
    level=1,
    scope="department",
    grants=residents_served | property_headed,
    parties="number unit_id kind period read_on reading_from reading_to used amount due_on paid_on",
):
    """One fee of one unit, from its meter or its hours. 002 物业 1.1."""

    called = "number kind unit_id read_on"
    carried = "kind period period_from period_until read_on price due_on reader_id"

    __table_args__ = (
        in_order("period_from", "period_until"),
        in_order("read_on", "due_on"),
    )

    number: Mapped[Number] = field(
        "账单号", also="编号", unique=True, series="SD", search=True, section="费用", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 物业 1.1"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主", to="customer", filter=True, place="+")
    payer: Mapped[ShortText | None] = field("缴费人", also="户名", mask=True, search=True, place="+")
    kind: Mapped[Code] = choice("费用类别", also="类别", codes="property_fee_kind", filter=True, place="002 物业 1.1")
    period: Mapped[ShortText | None] = field("计费月份", also="月份", filter=True, search=True, place="+")
    period_from: Mapped[Day | None] = field("计费期起", filter=True, place="+")
    period_until: Mapped[Day | None] = field("计费期止", filter=True, place="+")
    meter: Mapped[ShortText | None] = field("表号", search=True, section="抄表", place="+")
    read_on: Mapped[Day] = field("抄表日期", also="日期", filter=True, today=True, place="002 物业 1.1")
    reading_from: Mapped[Figure | None] = field("上期读数", also="起数", place="002 物业 1.1")
    reading_to: Mapped[Figure | None] = field("本期读数", also="止数", place="002 物业 1.1")
    multiplier: Mapped[Figure | None] = field("倍率", place="+")
    used: Mapped[Figure | None] = field(
        "用量", reckoned=consumed("reading_from", "reading_to", "multiplier"), filter=True, place="+"
    )
    price: Mapped[Money | None] = field("单价", place="+")
    share_basis: Mapped[ShortText | None] = field("分摊方式", also="分摊办法", place="002 物业 1.1")
    share: Mapped[Money | None] = field("公摊金额", also="分摊金额", filter=True, place="002 物业 1.1")
    overtime_on: Mapped[Day | None] = field(
        "加时日期", filter=True, section="空调加时", place="002 物业 1.1", only_if="kind: aircon"
    )
    overtime_from: Mapped[Moment | None] = field("加时开始时间", place="+")
    overtime_until: Mapped[Moment | None] = field("加时结束时间", place="+")
    overtime_hours: Mapped[Figure | None] = field("加时小时数", also="加时", place="002 物业 1.1")
    hour_price: Mapped[Money | None] = field("每小时费用", place="+")
    applied_by: Mapped[ShortText | None] = field("加时申请人", mask=True, place="+")
    amount: Mapped[Money] = field("应缴金额", also="金额 费用", filter=True, section="收缴", place="002 物业 1.1")
    due_on: Mapped[Day | None] = field("缴费期限", filter=True, place="+")
    late_fee: Mapped[Money | None] = field("滞纳金", place="+")
    paid: Mapped[Money | None] = field("实缴金额", filter=True, place="+")
    paid_on: Mapped[Day | None] = field("缴费日期", filter=True, place="+")
    method: Mapped[Code | None] = choice(
        "缴费方式", also="付款方式", codes="property_payment_method", filter=True, place="+"
    )
    receipt_number: Mapped[ShortText | None] = field("收据号", also="票据号", search=True, place="+")
    reader_id: Mapped[int | None] = person("抄表人", party=True, filter=True, place="+")
    received_by_id: Mapped[int | None] = sign(
        "收费人签字", also="收费人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
