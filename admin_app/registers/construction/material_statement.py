"""The closing statement of a customer's materials."""

from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Attachment,
    Count,
    Day,
    LongText,
    Money,
    Number,
    ShortText,
    YesNo,
    child_rows,
    excess,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import (
    agents_write,
    works_approved,
    works_designed,
    works_headed,
    works_of_own_customers,
    works_of_store,
)
from ...models import Lines, Register


class MaterialStatementLine(Lines, of="material_statement"):
    """One order in the statement."""

    order_id: Mapped[int | None] = link("主材代办单", to="material_order", place="+")
    name: Mapped[ShortText] = field("项目", also="品名", place="002 轻舟 主材7")
    paid: Mapped[Money | None] = field("已收金额", place="002 轻舟 主材7")
    used: Mapped[Money | None] = field("实际金额", place="002 轻舟 主材7")
    difference: Mapped[Money | None] = field("差额", computed=True, place="002 轻舟 主材7")


class MaterialStatement(
    Register,
    title="主材完结单",
    key="site_id stated_on",
    list="stated_on number site_id agent_id received actual refund extra customer_signed",
    level=2,
    scope="store department owner",
    grants=agents_write | works_of_own_customers | works_designed | works_of_store | works_headed | works_approved,
    parties="number site_id customer_id contract_id agent_id designer_id stated_on lines received supplemented returned "
    "actual refund extra settled_on receipt_number warranty_cards cards invoices invoice_count copies_filed copy "
    "customer_signed customer_signed_on agent_signed_by_id agent_signed_at reviewed_by_id reviewed_at",
):
    """What was paid, used, refunded or still owed, balanced to the cent, and the papers handed over (R-CONS-02). 002 轻舟 主材7."""

    called = "number site_id"
    on_paper = slip(also="客户")
    closes_with = "reviewed_by_id"

    number: Mapped[Number] = field(
        "完结单号", also="编号", unique=True, series="WJ", search=True, section="完结", place="+"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 主材7"
    )
    customer_id: Mapped[int | None] = link("客户", also="客户姓名 客户名称", to="customer", filter=True, place="+")
    contract_id: Mapped[int | None] = link("代买合同", to="agency_contract", filter=True, place="+")
    agent_id: Mapped[int | None] = person("主材代办员", also="代办员", party=True, filter=True, place="002 轻舟 主材7")
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="+")
    stated_on: Mapped[Day] = field("完结日期", also="日期", filter=True, today=True, place="002 轻舟 主材7")
    lines: Mapped[list[MaterialStatementLine]] = child_rows("明细", MaterialStatementLine, place="002 轻舟 主材7")
    received: Mapped[Money] = field("已收主材款", also="已收金额", filter=True, section="清算", place="002 轻舟 主材7")
    supplemented: Mapped[Money | None] = field("补货款", filter=True, place="+")
    returned: Mapped[Money | None] = field("退货款", filter=True, place="+")
    actual: Mapped[Money] = field("实际主材款", also="实际金额", filter=True, place="002 轻舟 主材7")
    refund: Mapped[Money | None] = field(
        "应退款", also="退款", reckoned=excess("received", "actual"), filter=True, place="002 轻舟 主材7"
    )
    extra: Mapped[Money | None] = field(
        "应补款", also="补款", reckoned=excess("actual", "received"), filter=True, place="002 轻舟 主材7"
    )
    settled_on: Mapped[Day | None] = field("补退款日期", also="结清日期", filter=True, place="002 轻舟 主材7")
    receipt_number: Mapped[ShortText | None] = field("票据号", also="收据号", search=True, place="+")
    warranty_cards: Mapped[YesNo | None] = field(
        "厂家保修卡已交", also="保修卡", filter=True, section="交付资料", place="002 轻舟 主材7"
    )
    cards: Mapped[Count | None] = field("保修卡份数", place="+")
    invoices: Mapped[YesNo | None] = field("发票已交", also="发票", filter=True, place="002 轻舟 主材7")
    invoice_count: Mapped[Count | None] = field("发票份数", place="+")
    copies_filed: Mapped[YesNo | None] = field(
        "票据复印件已存档", also="复印件存档", filter=True, place="002 轻舟 主材7"
    )
    copy: Mapped[Attachment | None] = field("复印件", place="+")
    customer_signed: Mapped[YesNo | None] = field(
        "客户已签字", also="客户签字", filter=True, section="签字", place="002 轻舟 主材7"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="+")
    agent_signed_by_id: Mapped[int | None] = sign("代办员签字", signed_with="edit", by="agent_id", place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="store_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
