"""The daily ledger with vendors and its weekly check."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Day, LongText, Money, ShortText, YesNo, choice, difference, field, link, person, sign
from ...grants.construction import agents_book, works_headed
from ...models import Register


class VendorReconciliation(
    Register,
    title="厂家单据核对与主材账目登记",
    key="booked_on vendor_id document",
    list="booked_on vendor_id kind document amount checked_on agrees settle_on settled",
    level=2,
    scope="department owner",
    grants=agents_book | works_headed,
    parties="booked_on vendor_id kind document amount checked_on agrees settle_on settled agent_id",
):
    """One document with a vendor, booked the day it comes and checked on Friday or Saturday (R-CONS-02). 002 轻舟 主材4."""

    __table_args__ = (
        in_order("booked_on", "checked_on"),
        in_order("booked_on", "settle_on"),
    )

    booked_on: Mapped[Day] = field(
        "登记日期", also="日期", filter=True, section="账目", today=True, place="002 轻舟 主材4"
    )
    vendor_id: Mapped[int] = link("厂商", also="厂家 供应商", to="vendor", filter=True, place="002 轻舟 主材4")
    agent_id: Mapped[int | None] = person("主材代办员", also="代办员", party=True, filter=True, place="002 轻舟 主材4")
    kind: Mapped[Code] = choice(
        "单据类别", also="类别", codes="vendor_document_kind", filter=True, place="002 轻舟 主材4"
    )
    document: Mapped[ShortText] = field("单据号", also="单据编号", search=True, place="002 轻舟 主材4")
    order_id: Mapped[int | None] = link(
        "主材代办单", also="代办单号", to="material_order", filter=True, place="002 轻舟 主材4"
    )
    site_id: Mapped[int | None] = link("工地", also="工程", to="project_site", filter=True, place="002 轻舟 主材4")
    summary: Mapped[ShortText | None] = field("摘要", search=True, place="+")
    amount: Mapped[Money] = field("金额", also="单据金额", filter=True, place="002 轻舟 主材4")
    paid: Mapped[Money | None] = field("支出金额", also="付款金额", filter=True, place="002 轻舟 主材4")
    balance: Mapped[Money | None] = field("账面余额", also="余额", place="002 轻舟 主材4")
    checked_on: Mapped[Day | None] = field(
        "核对日期", filter=True, section="核对", place="002 轻舟 主材4", help="每周五或周六"
    )
    vendor_amount: Mapped[Money | None] = field("厂家单据金额", also="厂家金额", place="002 轻舟 主材4")
    agrees: Mapped[YesNo | None] = field("核对相符", also="相符", filter=True, place="002 轻舟 主材4")
    difference: Mapped[Money | None] = field(
        "差额", reckoned=difference("vendor_amount", "amount"), filter=True, place="002 轻舟 主材4"
    )
    cause: Mapped[ShortText | None] = field("差异原因", place="+", only_if="agrees: no", required_if="agrees: no")
    corrected_on: Mapped[Day | None] = field("更正日期", place="+")
    checked_by_id: Mapped[int | None] = sign("核对人签字", signed_with="edit", by="agent_id", place="002 轻舟 主材4")
    vendor_confirmed: Mapped[YesNo | None] = field("厂家已确认", filter=True, place="+")
    settle_on: Mapped[Day | None] = field(
        "结帐日期", also="结账日期", filter=True, section="结算", place="002 轻舟 主材4", help="周一"
    )
    settlement_id: Mapped[int | None] = link("厂商结算单", to="vendor_settlement", filter=True, place="+")
    settled: Mapped[YesNo | None] = field("已结算", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
