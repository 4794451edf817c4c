"""Hospitality: who was entertained, what was approved, what it cost."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    ShortText,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    HEADS_AND_ABOVE,
    LEADERSHIP,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.visits import budgets_approved
from ...models import Register


class Hospitality(
    Register,
    title="客户招待管理表",
    key="held_at customer_id occasion",
    list="held_at customer_id kind occasion guests_count budget cost approved_by_id state",
    level=2,
    scope="store department owner",
    grants=own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | budgets_approved
    | information_keeps
    | supervision,
    parties="held_at customer_id kind occasion place owner_id approved_by_id state",
):
    """One occasion; the budget is approved before, more than that needs a reason and approval (R-VISI-01). 001 ch3 九."""

    reaches = "held_at"
    awaited = "approved_by_id of heads, over_approved_by_id if over"
    ends_with = "state: refused"
    steps_by = "R-VISI-01"
    filled_after_judging = "cost over over_reason receipt_number receipt effect state remark"

    __table_args__ = (
        between("budget", 0),
        between("cost", 0),
        between("over", 0),
    )

    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, section="客户", place="001 ch3 九"
    )
    guests: Mapped[ShortText] = field("客户及来宾", also="来宾 客人", search=True, place="001 ch3 九")
    guests_count: Mapped[Count | None] = field("来宾人数", also="人数", filter=True, place="+")
    occasion: Mapped[ShortText] = field("事由", also="招待事由", search=True, place="001 ch3 九")
    kind: Mapped[Code] = choice(
        "招待方式", also="类别", codes="hospitality_kind", default="meal", filter=True, place="+"
    )
    held_at: Mapped[Moment] = field("时间", also="日期 招待日期 招待时间", filter=True, place="001 ch3 九")
    place: Mapped[ShortText | None] = field("地点", also="招待地点", search=True, place="001 ch3 九")
    owner_id: Mapped[int | None] = person("经办人", also="申请人", filter=True, place="001 ch3 九")
    hosts: Mapped[ShortText | None] = field("陪同", also="陪同人员", place="001 ch3 九")
    budget: Mapped[Money] = field("预算（元）", also="预算 预算金额", filter=True, section="预算", place="001 ch3 九")
    standard: Mapped[ShortText | None] = field("标准", place="001 ch3 六")
    applied_on: Mapped[Day | None] = field("申请日期", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准人",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="R-VISI-01",
    )
    state: Mapped[Code | None] = choice("状态", codes="hospitality_state", default="planned", filter=True, place="+")
    cost: Mapped[Money | None] = field(
        "实际费用（元）",
        also="实际费用 费用",
        after="approved_by_id",
        filter=True,
        section="结算",
        place="001 ch3 九",
        help="预算批准以后才填",
    )
    over: Mapped[Money | None] = field("超支金额（元）", also="超支", computed=True, filter=True, place="001 ch3 九")
    over_reason: Mapped[LongText | None] = field("超支说明", place="001 ch3 九")
    over_approved_by_id: Mapped[int | None] = sign(
        "超支批准", signed_with="approve", roles=LEADERSHIP, place="R-VISI-01"
    )
    receipt_number: Mapped[ShortText | None] = field("票据号", search=True, place="+")
    receipt: Mapped[Attachment | None] = field("票据", place="+")
    effect: Mapped[LongText | None] = field("招待效果", also="效果", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
