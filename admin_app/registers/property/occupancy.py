"""Moving in: hand-over, keys, contract and deposit."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    IdentityNumber,
    LongText,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    sign,
)
from ...grants.property import property_headed, residents_served
from ...models import Lines, Register


class OccupancyPaper(Lines, of="occupancy"):
    """One paper handed over or taken in."""

    name: Mapped[ShortText] = field("资料名称", place="+")
    copies: Mapped[Count | None] = field("份数", place="+")
    received: Mapped[YesNo | None] = field("已收或已发", place="+")


class Occupancy(
    Register,
    title="入住登记表",
    key="unit_id occupied_on",
    list="occupied_on number unit_id customer_id holder deposit keys handed_over_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed,
    parties="number unit_id customer_id holder residents occupied_on contract_number contract_signed_on contract_from "
    "contract_until deposit_paid_on receipt_number prepaid handover_id keys cards water_reading power_reading "
    "gas_reading papers rules_explained fees_explained convention_signed fire_undertaking customer_signed "
    "handed_over_by_id handed_over_at",
):
    """One household or firm moving in, registered by the service department (R-PROP-01). 003 篇五 4.1; 002 3.2."""

    called = "number unit_id"
    __table_args__ = (in_order("contract_from", "contract_until"),)

    number: Mapped[Number] = field(
        "入住单号", also="编号", unique=True, series="RZ", search=True, section="入住", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 3.2"
    )
    customer_id: Mapped[int | None] = link(
        "客户", also="业主姓名 客户姓名", to="customer", filter=True, place="003 篇五 4.1"
    )
    name: Mapped[ShortText | None] = field("入住人", also="姓名", mask=True, search=True, place="003 篇五 4.1")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="003 篇五 4.1")
    identity_number: Mapped[IdentityNumber | None] = field("身份证号", also="身份证", mask=True, level=2, place="+")
    holder: Mapped[Code] = choice("身份", codes="property_holder", default="owner", filter=True, place="+")
    residents: Mapped[Count | None] = field("入住人数", place="+")
    occupied_on: Mapped[Day] = field("入住日期", also="日期 登记日期", filter=True, today=True, place="003 篇五 4.1")
    contract_number: Mapped[ShortText | None] = field(
        "合同编号", also="合同号", search=True, section="合同与押金", place="002 3.2"
    )
    contract_signed_on: Mapped[Day | None] = field("合同签订日期", filter=True, place="002 3.2")
    contract_from: Mapped[Day | None] = field("合同期起", filter=True, place="+")
    contract_until: Mapped[Day | None] = field("合同期止", filter=True, place="+")
    deposit: Mapped[Money | None] = field("合同押金", also="押金", filter=True, place="002 3.2")
    deposit_paid_on: Mapped[Day | None] = field("押金缴纳日期", filter=True, place="002 3.2")
    receipt_number: Mapped[ShortText | None] = field("收据号", search=True, place="+")
    prepaid: Mapped[Money | None] = field("预缴物业费", filter=True, place="+")
    handover_id: Mapped[int | None] = link(
        "物业验收表", to="handover_check", filter=True, section="交接", place="002 3.1"
    )
    keys: Mapped[Count] = field("钥匙数量", also="钥匙", default=0, filter=True, place="002 3.2")
    cards: Mapped[Count | None] = field("门禁卡数量", also="门禁卡", place="+")
    water_reading: Mapped[Figure | None] = field("水表底数", place="+")
    power_reading: Mapped[Figure | None] = field("电表底数", place="+")
    gas_reading: Mapped[Figure | None] = field("气表底数", place="+")
    papers: Mapped[list[OccupancyPaper]] = child_rows("资料交接", OccupancyPaper, place="+")
    rules_explained: Mapped[YesNo | None] = field("已讲解公共规则", filter=True, place="002 1.1")
    fees_explained: Mapped[YesNo | None] = field("已讲解水电费计算与空调供应时间", filter=True, place="002 1.1")
    convention_signed: Mapped[YesNo | None] = field("业主公约已签", filter=True, place="+")
    fire_undertaking: Mapped[YesNo | None] = field("防火责任书已签", filter=True, place="002 3.12")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 3.2")
    handed_over_by_id: Mapped[int | None] = sign(
        "经办人签字", also="经办人", signed_with="edit", roles="service_officer service_manager", place="002 3.2"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
