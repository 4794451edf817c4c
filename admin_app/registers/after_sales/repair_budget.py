"""Monthly budget and settlement of repair costs."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, child_rows, choice, difference, field, link, sign
from ...grants import LEADERSHIP
from ...grants.after_sales import budgets_kept, service_led, service_read
from ...models import Lines, Register


class RepairBudgetItem(Lines, of="repair_budget"):
    """A kind of cost, budgeted and settled."""

    kind: Mapped[Code] = choice("费用类别", codes="repair_cost_kind", place="+")
    budget: Mapped[Money | None] = field("预算", place="002 欧普 三1 E")
    spent: Mapped[Money | None] = field("实际", place="002 欧普 三1 E")
    remark: Mapped[ShortText | None] = field("说明", place="+")


class RepairBudget(
    Register,
    title="维修费用预算结算表",
    key="month_on office",
    list="month_on office budget spent difference settled_on settled_by_id approved_by_id",
    level=2,
    scope="department",
    grants=budgets_kept | service_led | service_read,
    parties="month_on office budget spent difference settled_on",
):
    """One month's repair costs of an office or shop: budgeted, settled, approved (R-SERV-04). 002 欧普 三1 E."""

    __table_args__ = (
        between("budget", 0),
        between("spent", 0),
        between("repairs", 0),
        between("vouchers", 0),
    )

    month_on: Mapped[Day] = field(
        "月份", also="日期", filter=True, section="预算", place="002 欧普 三1 E", help="填该月1日"
    )
    office: Mapped[ShortText] = field("单位", also="办事处 维修点", filter=True, search=True, place="002 欧普 三1 E")
    outlet_id: Mapped[int | None] = link("特约维修点", to="repair_outlet", filter=True, place="+")
    budget: Mapped[Money] = field("预算金额", also="预算", filter=True, place="002 欧普 三1 E")
    ground: Mapped[LongText | None] = field("预算依据", place="+")
    items: Mapped[list[RepairBudgetItem]] = child_rows("费用明细", RepairBudgetItem, place="002 欧普 三1 E")
    budget_made_by_id: Mapped[int | None] = sign(
        "预算编制人", signed_with="edit", roles="service_officer service_manager", place="002 欧普 三1 E"
    )
    spent: Mapped[Money | None] = field(
        "实际费用", also="结算金额 实际", filter=True, section="结算", place="002 欧普 三1 E"
    )
    repairs: Mapped[Count | None] = field("维修单数", place="+")
    vouchers: Mapped[Count | None] = field("单据张数", place="+")
    difference: Mapped[Money | None] = field(
        "超支或节余", also="差额", reckoned=difference("budget", "spent"), filter=True, place="+"
    )
    difference_reason: Mapped[LongText | None] = field("差异说明", place="+")
    settled_on: Mapped[Day | None] = field("结算日期", filter=True, place="002 欧普 三1 E")
    settled_by_id: Mapped[int | None] = sign(
        "结算人", signed_with="edit", roles="service_officer service_manager", place="002 欧普 三1 E"
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准",
        signed_with="approve",
        roles=LEADERSHIP,
        place="002 欧普 三1 E",
        help="预算与结算分别批准",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
