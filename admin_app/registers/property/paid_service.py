"""Services that residents pay for."""

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
    Phone,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.property import property_headed, property_parties, residents_served
from ...models import Register


class PaidService(
    Register,
    title="有偿服务收费登记表",
    key="served_at unit_id service",
    list="served_at number unit_id service fee paid_on worker_id satisfied",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_parties,
    parties="number unit_id customer_id name phone service content ordered_at served_at finished_at worker_id "
    "contractor_id standard quantity labour_fee material_fee fee price_agreed paid_on method receipt_number "
    "customer_signed satisfied customer_words received_by_id received_at",
):
    """One paid service: what, for whom, the fee and when it was paid. 002 3.15."""

    called = "number service unit_id"
    __table_args__ = (
        in_order("ordered_at", "served_at"),
        in_order("served_at", "finished_at"),
    )

    number: Mapped[Number] = field(
        "服务单号", also="编号", unique=True, series="FW", search=True, section="服务", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 3.15"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主", to="customer", filter=True, place="+")
    name: Mapped[ShortText | None] = field("客户姓名", also="姓名", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    service: Mapped[Code] = choice(
        "服务项目", also="项目", codes="property_service_kind", filter=True, place="002 3.15"
    )
    content: Mapped[LongText | None] = field("服务内容", also="内容", place="+")
    ordered_at: Mapped[Moment | None] = field("预约时间", filter=True, place="+")
    served_at: Mapped[Moment] = field("服务时间", also="日期 服务日期", filter=True, today=True, place="002 3.15")
    finished_at: Mapped[Moment | None] = field("完成时间", place="+")
    worker_id: Mapped[int | None] = person("服务人员", party=True, filter=True, place="+")
    contractor_id: Mapped[int | None] = link("服务单位", to="contractor", filter=True, place="+")
    standard: Mapped[ShortText | None] = field("收费标准", section="收费", place="+")
    quantity: Mapped[Figure | None] = field("数量", place="+")
    labour_fee: Mapped[Money | None] = field("人工费", place="+")
    material_fee: Mapped[Money | None] = field("材料费", place="+")
    fee: Mapped[Money] = field("收费金额", also="金额 费用", filter=True, place="002 3.15")
    price_agreed: Mapped[YesNo | None] = field("收费已事先告知", filter=True, place="+")
    paid_on: Mapped[Day | None] = field("收款日期", also="缴费日期", filter=True, place="002 3.15")
    method: Mapped[Code | None] = choice(
        "收款方式", also="付款方式", codes="property_payment_method", filter=True, place="+"
    )
    receipt_number: Mapped[ShortText | None] = field("收据号", also="票据号", search=True, place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, section="验收", place="+")
    satisfied: Mapped[YesNo | None] = field("客户满意", also="满意", filter=True, place="+")
    customer_words: Mapped[LongText | None] = field("客户意见", place="+")
    received_by_id: Mapped[int | None] = sign(
        "收款人签字", also="收款人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
