"""Vendors of materials, their terms and contacts."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Percentage,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    person,
)
from ...grants.construction import prices_looked_up, vendors_kept, vendors_read
from ...models import Lines, Register


class VendorContact(Lines, of="vendor"):
    """One person at the vendor."""

    name: Mapped[ShortText] = field("姓名", place="+")
    post: Mapped[ShortText | None] = field("职务", place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")
    duty: Mapped[ShortText | None] = field("负责事项", place="+")


class Vendor(
    Register,
    title="主材厂商档案",
    key="name",
    list="name kind brands contact phone discount payment_term state evaluated_on",
    level=1,
    grants=vendors_kept | prices_looked_up | vendors_read,
    parties="name kind brands discount state",
):
    """One vendor: discount, contact, terms, account (R-CONS-02). 002 轻舟 主材2, 4."""

    ends_with = "state: ended"

    __table_args__ = (in_order("joined_on", "until_on"),)

    name: Mapped[ShortText] = field(
        "厂商名称", also="厂家 厂商 供应商", once=True, search=True, section="厂商", place="002 轻舟 主材2"
    )
    short_name: Mapped[ShortText | None] = field("简称", search=True, place="+")
    kind: Mapped[Code | None] = choice(
        "主材类别", also="类别", codes="material_kind", filter=True, place="002 轻舟 主材2"
    )
    brands: Mapped[ShortText | None] = field("经营品牌", also="品牌", search=True, place="+")
    address: Mapped[ShortText | None] = field("地址", also="展厅地址", search=True, place="+")
    credit_code: Mapped[ShortText | None] = field("统一社会信用代码", also="营业执照号", search=True, place="+")
    licence: Mapped[Attachment | None] = field("营业执照", place="+")
    contact: Mapped[ShortText | None] = field("联系人", mask=True, search=True, section="联系", place="002 轻舟 主材4")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="002 轻舟 主材4")
    contacts: Mapped[list[VendorContact]] = child_rows("其他联系人", VendorContact, place="+")
    discount: Mapped[Percentage | None] = field(
        "折扣率（%）", also="折扣率 折扣", filter=True, section="条件", place="002 轻舟 主材2"
    )
    payment_term: Mapped[ShortText | None] = field("结算方式", also="结算约定", place="002 轻舟 主材4")
    delivery_days: Mapped[Count | None] = field("供货周期（天）", place="+")
    warranty_terms: Mapped[ShortText | None] = field("售后保修约定", place="+")
    return_terms: Mapped[ShortText | None] = field("退换货约定", place="+")
    agent_id: Mapped[int | None] = person(
        "负责代办员", also="主材代办员", filter=True, place="002 轻舟 主材2", handed_over=True
    )
    bank: Mapped[ShortText | None] = field("开户行", mask=True, level=2, place="+")
    account: Mapped[ShortText | None] = field("银行账号", also="账号", mask=True, level=2, place="+")
    joined_on: Mapped[Day | None] = field("合作开始日期", also="合作日期", filter=True, section="合作", place="+")
    until_on: Mapped[Day | None] = field("协议到期", filter=True, place="+")
    contract_number: Mapped[ShortText | None] = field("合作协议号", search=True, place="+")
    state: Mapped[Code] = choice(
        "合作状态", also="状态", codes="vendor_state", default="active", filter=True, place="+"
    )
    score: Mapped[Count | None] = field("评价得分", filter=True, place="+")
    evaluated_on: Mapped[Day | None] = field("最近评价日期", filter=True, place="+")
    complaints: Mapped[Count | None] = field("投诉次数", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
