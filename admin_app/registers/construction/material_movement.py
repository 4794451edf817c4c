"""Returns, exchanges and supplements of materials."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Day,
    Figure,
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
from ...grants.construction import agents_write, works_designed, works_headed, works_of_own_customers, works_of_store
from ...models import Lines, Register


class MaterialMovementLine(Lines, of="material_movement"):
    """One article returned, exchanged or supplemented."""

    name: Mapped[ShortText] = field("品名", also="名称", place="002 轻舟 主材6")
    spec: Mapped[ShortText | None] = field("规格型号", also="规格", place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    quantity: Mapped[Figure] = field("数量", place="002 轻舟 主材6")
    price: Mapped[Money | None] = field("单价", place="+")
    amount: Mapped[Money | None] = field("金额", place="002 轻舟 主材6")


class MaterialMovement(
    Register,
    title="主材补退货记录",
    key="order_id kind moved_on",
    list="moved_on number order_id kind amount paid_on entered_on customer_signed agent_id",
    level=2,
    scope="store department owner",
    grants=agents_write | works_of_own_customers | works_designed | works_of_store | works_headed,
    parties="number order_id agent_id designer_id vendor_id kind moved_on reason lines amount paid_on refunded_on "
    "receipt_number entered_on vendor_confirmed customer_signed customer_signed_on handled_by_id handled_at",
):
    """One return, exchange or supplement; a supplement is paid before it comes in (R-CONS-02). 002 轻舟 主材6."""

    called = "number kind order_id"
    __table_args__ = (in_order("paid_on", "entered_on"),)

    number: Mapped[Number] = field(
        "单号", also="编号", unique=True, series="BT", search=True, section="补退货", place="+"
    )
    order_id: Mapped[int] = link(
        "主材代办单", also="代办单号", to="material_order", belongs=True, filter=True, place="002 轻舟 主材6"
    )
    agent_id: Mapped[int | None] = person(
        "主材代办员", also="代办员", inherited=True, party=True, filter=True, place="002 轻舟 主材6"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 主材6")
    vendor_id: Mapped[int | None] = link("厂商", also="厂家", to="vendor", filter=True, place="+")
    kind: Mapped[Code] = choice(
        "类别", also="类型", codes="material_movement_kind", filter=True, place="002 轻舟 主材6"
    )
    moved_on: Mapped[Day] = field("日期", also="办理日期", filter=True, today=True, place="002 轻舟 主材6")
    reason: Mapped[LongText | None] = field("原因", place="+")
    lines: Mapped[list[MaterialMovementLine]] = child_rows("明细", MaterialMovementLine, place="002 轻舟 主材6")
    amount: Mapped[Money] = field("金额", also="补退金额", filter=True, section="款项与进场", place="002 轻舟 主材6")
    paid_on: Mapped[Day | None] = field(
        "补款日期",
        also="收款日期",
        filter=True,
        place="002 轻舟 主材6",
        help="补货须先交款",
        only_if="kind: supplement",
    )
    refunded_on: Mapped[Day | None] = field("退款日期", filter=True, place="+", only_if="kind: return")
    receipt_number: Mapped[ShortText | None] = field("票据号", also="收据号", search=True, place="+")
    entered_on: Mapped[Day | None] = field(
        "进场日期", also="材料进场日期", filter=True, place="002 轻舟 主材6", only_if="kind: exchange supplement"
    )
    vendor_confirmed: Mapped[YesNo | None] = field("厂家已确认", filter=True, place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 轻舟 主材6")
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="+")
    handled_by_id: Mapped[int | None] = sign("代办员签字", signed_with="edit", by="agent_id", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
