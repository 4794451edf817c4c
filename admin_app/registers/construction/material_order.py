"""Orders of materials that the company buys for a customer."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Code,
    Day,
    Figure,
    LongText,
    Money,
    Number,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import (
    agents_write,
    works_designed,
    works_headed,
    works_of_own_customers,
    works_of_store,
    works_run_reading,
)
from ...models import Lines, Register


class MaterialOrderLine(Lines, of="material_order"):
    """One article ordered."""

    material_id: Mapped[int | None] = link("主材明细", to="material_catalogue", place="+")
    name: Mapped[ShortText] = field("品名", also="名称", place="002 轻舟 主材3")
    brand: Mapped[ShortText | None] = field("品牌", place="+")
    spec: Mapped[ShortText | None] = field("规格型号", also="规格 型号", place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    quantity: Mapped[Figure] = field("数量", place="002 轻舟 主材3")
    list_price: Mapped[Money | None] = field("标价", also="报价", place="+")
    discount: Mapped[Percentage | None] = field("折扣（%）", also="折扣率", place="002 轻舟 主材2")
    price: Mapped[Money | None] = field("成交单价", also="单价", place="+")
    amount: Mapped[Money | None] = field("金额", place="002 轻舟 主材3")


class MaterialOrder(
    Register,
    title="主材代办单",
    key="site_id vendor_id ordered_on",
    list="ordered_on number site_id vendor_id total paid_on arrive_on customer_signed state",
    level=2,
    scope="store department owner",
    grants=agents_write | works_of_own_customers | works_designed | works_of_store | works_headed | works_run_reading,
    parties="number site_id customer_id contract_id vendor_id agent_id designer_id project_manager_id ordered_on state "
    "lines list_total discount total paid_on receipt_number paid_to arrive_on arrived_on customer_present "
    "customer_signed accepted_on installed_on problems accepted_by_id accepted_at",
):
    """One order with one vendor: paid in full before the goods come in, arrival signed by the customer (R-CONS-02). 002 轻舟 三."""

    called = "number site_id"
    on_paper = slip(also="客户")
    ends_with = "state: settled cancelled"

    __table_args__ = (
        in_order("paid_on", "arrived_on"),
        in_order("ordered_on", "arrive_on"),
    )

    number: Mapped[Number] = field(
        "代办单号", also="编号", unique=True, series="ZD", search=True, section="订货", place="+"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 三"
    )
    customer_id: Mapped[int | None] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, place="002 轻舟 三"
    )
    contract_id: Mapped[int | None] = link("代买合同", to="agency_contract", filter=True, place="002 轻舟 主材2")
    vendor_id: Mapped[int] = link("厂商", also="厂家 供应商", to="vendor", filter=True, place="002 轻舟 主材4")
    agent_id: Mapped[int | None] = person(
        "主材代办员", also="代办员", party=True, filter=True, place="002 轻舟 三", handed_over=True
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 主材2")
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长", inherited=True, party=True, filter=True, place="+"
    )
    ordered_on: Mapped[Day] = field("订货日期", also="日期 下单日期", filter=True, today=True, place="+")
    state: Mapped[Code] = choice("状态", codes="material_order_state", default="ordered", filter=True, place="+")
    lines: Mapped[list[MaterialOrderLine]] = child_rows("明细", MaterialOrderLine, place="002 轻舟 主材3")
    list_total: Mapped[Money | None] = field("标价合计", filter=True, section="款项", place="+")
    discount: Mapped[Percentage | None] = field("折扣（%）", also="折扣率 折扣", filter=True, place="002 轻舟 主材2")
    total: Mapped[Money] = field("全额款", also="金额 合计 总金额", filter=True, place="002 轻舟 主材3")
    paid_on: Mapped[Day | None] = field(
        "收款日期", also="付款日期", filter=True, place="002 轻舟 主材3", help="全额付清后材料方可进场"
    )
    receipt_number: Mapped[ShortText | None] = field("票据号", also="收据号", search=True, place="002 轻舟 主材3")
    paid_to: Mapped[ShortText | None] = field("收款处", place="+")
    arrive_on: Mapped[Day | None] = field(
        "约定进场日期", also="进场日期", filter=True, section="进场与验收", place="002 轻舟 主材5"
    )
    arrived_on: Mapped[Day | None] = field("实际进场日期", also="到货日期", filter=True, place="002 轻舟 主材5")
    customer_present: Mapped[YesNo | None] = field("客户到场", filter=True, place="002 轻舟 主材5")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 轻舟 主材5")
    accepted_on: Mapped[Day | None] = field("客户验收日期", also="验收日期", filter=True, place="002 轻舟 主材5")
    installed_on: Mapped[Day | None] = field("安装日期", place="+")
    problems: Mapped[LongText | None] = field("到货问题", place="+")
    accepted_by_id: Mapped[int | None] = sign("代办员签字", signed_with="edit", by="agent_id", place="002 轻舟 主材5")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
