"""Expenses of winning customers, by kind and person."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Attachment, Code, Count, Day, LongText, Money, ShortText, choice, field, link, person, sign
from ...grants.development import leadership_signs, own_results, results_led, results_read
from ...models import Register


class SalesExpense(
    Register,
    title="开发费用登记表",
    key="spent_on person_id kind amount",
    list="spent_on person_id kind amount customer_id purpose approved_by_id",
    level=2,
    scope="department owner",
    grants=own_results | results_led | results_read | leadership_signs,
    parties="spent_on person_id kind amount customer_id purpose approved_by_id approved_at paid_at",
):
    """One expense; gross and net results are computed with it (R-INCE-02). 001 激励 7."""

    __table_args__ = (
        between("amount", 0),
        between("vouchers", 0),
    )

    spent_on: Mapped[Day] = field(
        "日期", also="发生日期 费用日期", filter=True, section="费用", today=True, place="001 激励 7"
    )
    person_id: Mapped[int] = person("开发人员", also="人员 姓名", filter=True, party=True, place="001 激励 7")
    kind: Mapped[Code] = choice("费用类别", also="费用项目 类别", codes="expense_kind", filter=True, place="001 激励 7")
    amount: Mapped[Money] = field("金额", also="费用金额", filter=True, place="001 激励 7")
    month_on: Mapped[Day | None] = field("所属月份", filter=True, place="+", help="填该月1日")
    customer_id: Mapped[int | None] = link("相关客户", also="客户", to="customer", filter=True, place="+")
    purpose: Mapped[ShortText] = field("用途", also="事由", search=True, place="001 激励 7")
    place_visited: Mapped[ShortText | None] = field("地点", place="+")
    vouchers: Mapped[Count | None] = field("单据张数", place="+")
    voucher_scan: Mapped[Attachment | None] = field("单据附件", place="+")
    plate: Mapped[ShortText | None] = field("车牌号", mask=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准",
        signed_with="approve",
        roles="sales_manager service_manager director general_manager",
        section="审批",
        place="+",
    )
    paid_by_id: Mapped[int | None] = sign("报销经手", signed_with="edit", roles="sales_manager", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
