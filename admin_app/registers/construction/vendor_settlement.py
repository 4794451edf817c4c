"""The weekly settlement with a vendor, on three signatures."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Code,
    Day,
    LongText,
    Money,
    Number,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import agents_settle, settlements_signed
from ...models import Lines, Register


class VendorSettlementLine(Lines, of="vendor_settlement"):
    """One document of the week."""

    order_id: Mapped[int | None] = link("主材代办单", to="material_order", place="+")
    document: Mapped[ShortText | None] = field("单据号", place="002 轻舟 主材4")
    kind: Mapped[Code | None] = choice("单据类别", codes="vendor_document_kind", place="002 轻舟 主材4")
    dated_on: Mapped[Day | None] = field("单据日期", place="002 轻舟 主材4")
    amount: Mapped[Money] = field("金额", place="002 轻舟 主材4")
    agrees: Mapped[YesNo | None] = field("核对相符", place="002 轻舟 主材4")


class VendorSettlement(
    Register,
    title="厂商结算单",
    key="settled_on vendor_id",
    list="settled_on number vendor_id week_from week_until payable agent_id director_signed_by_id",
    level=3,
    scope="department",
    grants=agents_settle | settlements_signed,
    parties="number vendor_id week_from week_until agent_id reconciled_on settled_on lines gross deducted deducted_for "
    "payable payment_method voucher_number invoice_number agent_signed_by_id agent_signed_at "
    "manager_signed_by_id manager_signed_at director_signed_by_id director_signed_at",
):
    """One vendor's week: reconciled Friday or Saturday, settled Monday on three signatures (R-CONS-02). 002 轻舟 主材4."""

    called = "number vendor_id"
    on_paper = slip()
    closes_with = "director_signed_by_id"
    __table_args__ = (
        in_order("week_from", "week_until"),
        in_order("reconciled_on", "settled_on"),
    )

    number: Mapped[Number] = field(
        "结算单号", also="编号", unique=True, series="CJ", search=True, section="结算", place="+"
    )
    vendor_id: Mapped[int] = link("厂商", also="厂家 供应商", to="vendor", filter=True, place="002 轻舟 主材4")
    week_from: Mapped[Day | None] = field("结算周期起", also="周次起", filter=True, place="002 轻舟 主材4")
    week_until: Mapped[Day | None] = field("结算周期止", also="周次止", filter=True, place="002 轻舟 主材4")
    agent_id: Mapped[int | None] = person("主材代办员", also="代办员", party=True, filter=True, place="002 轻舟 主材4")
    reconciled_on: Mapped[Day | None] = field(
        "单据核对日期", also="核对日期", filter=True, place="002 轻舟 主材4", help="周五或周六"
    )
    settled_on: Mapped[Day] = field(
        "结帐日期", also="结账日期 日期", filter=True, today=True, place="002 轻舟 主材4", help="周一"
    )
    lines: Mapped[list[VendorSettlementLine]] = child_rows("单据", VendorSettlementLine, place="002 轻舟 主材4")
    gross: Mapped[Money | None] = field("单据金额合计", also="货款合计", filter=True, section="金额", place="+")
    deducted: Mapped[Money | None] = field("扣款", also="退货扣款", filter=True, place="+")
    deducted_for: Mapped[ShortText | None] = field("扣款原因", place="+")
    payable: Mapped[Money] = field("应付金额", also="金额 结算金额", filter=True, place="002 轻舟 主材4")
    payment_method: Mapped[Code | None] = choice("付款方式", codes="site_payment_method", filter=True, place="+")
    voucher_number: Mapped[ShortText | None] = field("支出凭证号", also="凭证号", search=True, place="002 轻舟 主材4")
    invoice_number: Mapped[ShortText | None] = field("发票号", search=True, place="+")
    agent_signed_by_id: Mapped[int | None] = sign(
        "主材代办员签字", signed_with="edit", by="agent_id", section="签字", place="002 轻舟 主材4"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "部门经理签字", signed_with="approve", roles="service_manager", place="002 轻舟 主材4"
    )
    director_signed_by_id: Mapped[int | None] = sign(
        "副总经理签字", signed_with="approve", roles="director general_manager", place="002 轻舟 主材4"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
