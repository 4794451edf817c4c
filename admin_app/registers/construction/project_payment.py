"""Payments of a site: first, interim, closing."""

from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Day,
    LongText,
    Money,
    Number,
    ShortText,
    YesNo,
    choice,
    difference,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import (
    works_approved,
    works_designed,
    works_headed,
    works_of_own_customers,
    works_of_store,
    works_run,
)
from ...models import Register


class ProjectPayment(
    Register,
    title="工程款收缴登记表",
    key="site_id stage paid_on",
    list="due_on number site_id stage due_amount paid_on amount method receipt_number",
    level=2,
    scope="store department owner",
    grants=works_run | works_of_own_customers | works_designed | works_of_store | works_headed | works_approved,
    parties="number site_id project_manager_id designer_id stage due_on due_amount change_amount inspection_id urged_on "
    "paid_on amount arrears method receipt_number invoice_number discount settled received_by_id received_at "
    "checked_by_id checked_at",
):
    """One payment due: interim after the fourth check, closing after the eighth (R-CONS-01). 002 轻舟 四检, 八检."""

    called = "number stage site_id"
    due = "due_on until paid_on"

    number: Mapped[Number] = field(
        "收缴单号", also="编号", unique=True, series="GK", search=True, section="应收", place="+"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 四检，八检"
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理",
        also="工长 工地主管 项目负责人",
        inherited=True,
        party=True,
        filter=True,
        place="002 轻舟 四检，八检",
    )
    designer_id: Mapped[int | None] = person(
        "设计师", inherited=True, party=True, filter=True, place="002 轻舟 四检，八检"
    )
    stage: Mapped[Code] = choice(
        "款项", also="款项类别 期次", codes="site_payment_stage", filter=True, place="002 轻舟 四检，八检"
    )
    due_on: Mapped[Day] = field("应缴日期", also="应收日期", filter=True, place="002 轻舟 四检，八检")
    due_amount: Mapped[Money] = field("应缴金额", also="应收金额", filter=True, place="002 轻舟 四检，八检")
    change_amount: Mapped[Money | None] = field("其中增减项金额", place="+")
    inspection_id: Mapped[int | None] = link("对应检查", to="site_inspection", filter=True, place="002 轻舟 4")
    urged_on: Mapped[Day | None] = field("催缴日期", filter=True, place="002 轻舟 项目经理6", help="礼貌催缴")
    paid_on: Mapped[Day | None] = field(
        "收款日期", also="缴款日期 日期", filter=True, section="实收", place="002 轻舟 四检，八检"
    )
    amount: Mapped[Money | None] = field("实收金额", also="金额", filter=True, place="002 轻舟 四检，八检")
    arrears: Mapped[Money | None] = field(
        "欠缴金额", reckoned=difference("due_amount", "amount"), filter=True, place="002 轻舟 四检，八检"
    )
    method: Mapped[Code | None] = choice(
        "付款方式", also="收款方式", codes="site_payment_method", filter=True, place="+"
    )
    payer: Mapped[ShortText | None] = field("缴款人", also="付款人", mask=True, place="+")
    receipt_number: Mapped[ShortText | None] = field("收据号", also="票据号", search=True, place="+")
    invoice_number: Mapped[ShortText | None] = field("发票号", search=True, place="+")
    discount: Mapped[Money | None] = field("优惠金额", filter=True, place="+")
    settled: Mapped[YesNo | None] = field("结算完毕", filter=True, place="002 轻舟 八检")
    received_by_id: Mapped[int | None] = sign(
        "收款人签字", also="收款人", signed_with="edit", roles="project_manager store_manager director", place="+"
    )
    checked_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="store_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
