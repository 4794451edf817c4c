"""Weekly reconciliation of customers' sources between 客户经理 and 市场部经理."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, ShortText, child_rows, choice, field, link, person, sign
from ...grants.dispatch import reconciled
from ...models import Lines, Register


class ReconciliationLine(Lines, of="reconciliation"):
    """One customer of the week."""

    came_on: Mapped[Day | None] = field("来店日期", place="000 ch2 三")
    customer_id: Mapped[int | None] = link("客户", to="customer", place="000 ch2 三")
    source_check_id: Mapped[int | None] = link("来源界定表", to="source_check", place="000 ch2 三")
    claimed_source: Mapped[Code | None] = choice("客户经理登记来源", codes="source", place="000 ch2 三")
    marketing_source: Mapped[Code | None] = choice("市场部登记来源", codes="source", place="000 ch2 三")
    verdict: Mapped[Code] = choice("结果", codes="reconcile_line", default="matched", place="000 ch2 三")
    note: Mapped[ShortText | None] = field("说明", place="000 ch2 三")


class Reconciliation(
    Register,
    title="周对单记录",
    key="week_on owner_id",
    list="week_on owner_id marketing_manager_id customers_count matched disputed open_count reconciled_on",
    level=1,
    scope="store owner",
    grants=reconciled,
    parties="week_on owner_id marketing_manager_id matched disputed reconciled_on",
):
    """One week of one customer manager, line by line; only what is confirmed counts as valid (R-CUST-06). 000 ch2 三."""

    __table_args__ = (in_order("week_on", "reconciled_on"),)

    week_on: Mapped[Day] = field(
        "周次", also="对单周 日期", filter=True, help="填该周星期一的日期", section="对单", place="000 ch2 三"
    )
    owner_id: Mapped[int | None] = person("客户经理", filter=True, place="000 ch2 三")
    marketing_manager_id: Mapped[int] = person("市场部经理", party=True, filter=True, place="000 ch2 三")
    reconciled_on: Mapped[Day | None] = field("对单日期", filter=True, place="000 ch2 三")
    lines: Mapped[list[ReconciliationLine]] = child_rows("对单明细", ReconciliationLine, place="000 ch2 三")
    customers_count: Mapped[Count | None] = field(
        "本周来店客户数", also="客户数", filter=True, section="结果", place="000 ch2 三"
    )
    matched: Mapped[Count | None] = field("相符", also="确认数", filter=True, place="000 ch2 三")
    disputed: Mapped[Count | None] = field("争议", also="争议数", filter=True, place="000 ch2 三")
    open_count: Mapped[Count | None] = field("上周遗留", filter=True, place="+")
    forms_out: Mapped[Count | None] = field("未收回的咨询登记表", filter=True, place="000 ch2 三")
    dispute: Mapped[LongText | None] = field("争议说明", place="000 ch2 三")
    settled: Mapped[LongText | None] = field("争议处理", place="+")
    signed_by_id: Mapped[int | None] = sign("客户经理签字", signed_with="edit", by="owner_id", place="000 ch2 三")
    confirmed_by_id: Mapped[int | None] = sign(
        "市场部经理签字", signed_with="approve", by="marketing_manager_id", even_by="author", place="000 ch2 三"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
