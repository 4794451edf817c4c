"""Visit plans: why a customer is visited, what is to be reached, what to take along."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Codes, Day, LongText, Money, ShortText, YesNo, choice, choices, field, link, person, sign
from ...grants import (
    HEADS_AND_ABOVE,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.visits import budgets_approved, service_visits
from ...models import Register


class VisitPlan(
    Register,
    title="客户拜访计划",
    key="visit_on customer_id",
    list="visit_on customer_id purposes aim owner_id tools policies_known state approved_by_id",
    level=1,
    scope="store department owner",
    grants=own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | service_visits
    | budgets_approved
    | information_keeps
    | supervision,
    parties="visit_on customer_id purposes aim owner_id companions state",
):
    """One planned visit: purpose, target, materials, presents (R-VISI-01). 001 拜访4-7."""

    reaches = "visit_on"
    awaited = "approved_by_id of heads"
    ends_with = "state: done dropped"
    due = "visit_on moved moved_to_on for customer_id"
    filled_after_judging = "state moved_to_on remark"

    __table_args__ = (between("budget", 0),)

    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, section="对象", place="001 拜访4-7"
    )
    contact_person_id: Mapped[int | None] = link("拟见人员", also="联系人", to="contact_person", place="+")
    visit_on: Mapped[Day] = field("日期", also="拜访日期 计划日期", filter=True, place="001 拜访4")
    visit_time: Mapped[ShortText | None] = field("时间", place="+")
    place: Mapped[ShortText | None] = field("地点", also="拜访地点", mask=True, place="001 拜访9")
    owner_id: Mapped[int | None] = person("拜访人", also="拜访人员", filter=True, place="001 拜访4-7")
    companions: Mapped[ShortText | None] = field("同行人员", also="陪同", place="+")
    purposes: Mapped[Codes] = choices(
        "拜访目的", also="目的", codes="visit_purpose", filter=True, section="目的", place="001 拜访2"
    )
    aim: Mapped[LongText] = field("拜访目标", also="目标", place="001 拜访4")
    way: Mapped[Code | None] = choice("拜访途径", codes="visit_way", filter=True, place="001 拜访8.4")
    topics: Mapped[LongText | None] = field("拟谈内容", place="+")
    policies_known: Mapped[YesNo | None] = field(
        "已熟悉当月销售政策与促销", also="熟悉政策", filter=True, section="准备", place="001 拜访6"
    )
    tools: Mapped[Codes | None] = choices(
        "随带资料", also="资料 拜访工具", codes="visit_tool", filter=True, place="001 拜访7"
    )
    gift: Mapped[ShortText | None] = field("馈赠礼品", also="礼品", place="001 拜访7.2")
    budget: Mapped[Money | None] = field("费用预算（元）", also="预算", filter=True, place="R-VISI-01")
    appointment_id: Mapped[int | None] = link("预约", to="appointment", place="003 篇一12")
    approved_by_id: Mapped[int | None] = sign(
        "计划批准",
        also="批准人",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="R-VISI-01",
    )
    state: Mapped[Code | None] = choice(
        "状态", codes="visit_state", default="planned", filter=True, section="状态", place="+"
    )
    moved_to_on: Mapped[Day | None] = field("改期至", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
