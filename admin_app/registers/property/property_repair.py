"""Repairs that residents report."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Day,
    Figure,
    LongText,
    Moment,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
)
from ...grants.property import property_headed, property_parties, residents_served
from ...models import Lines, Register


class PropertyRepairPart(Lines, of="property_repair"):
    """One material used."""

    name: Mapped[ShortText] = field("材料名称", place="+")
    quantity: Mapped[Figure | None] = field("数量", place="+")
    price: Mapped[Money | None] = field("单价", place="+")
    amount: Mapped[Money | None] = field("金额", place="+")


class PropertyRepair(
    Register,
    title="物业报修登记表",
    key="reported_at unit_id",
    list="reported_at number unit_id kind assigned_to_id agreed_at done_at satisfied state",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_parties,
    parties="number unit_id customer_id reported_at reporter phone channel place kind content urgency received_by_id "
    "answered_at assigned_to_id contractor_id dispatched_at agreed_at arrived_at done_at work parts charge_kind "
    "labour_fee fee customer_signed checked_at checker_id satisfied called_on customer_words state",
):
    """One repair: reported, dispatched, done, checked; every one has an answer (R-PROP-01). 002 3.5; 003 篇五 4.2-4.3."""

    called = "number kind unit_id"
    ends_with = "state: checked cancelled"
    due = "agreed_at"

    __table_args__ = (
        in_order("reported_at", "answered_at"),
        in_order("reported_at", "dispatched_at"),
        in_order("reported_at", "done_at"),
        in_order("done_at", "checked_at"),
    )

    number: Mapped[Number] = field(
        "报修单号", also="编号", unique=True, series="WB", search=True, section="报修", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 3.5"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主", to="customer", filter=True, place="+")
    reported_at: Mapped[Moment] = field("报修时间", also="日期 报修日期", filter=True, today=True, place="002 3.5")
    reporter: Mapped[ShortText | None] = field("报修人", also="姓名", mask=True, search=True, place="003 篇五 4.2")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    channel: Mapped[Code | None] = choice("报修方式", codes="property_report_channel", filter=True, place="+")
    place: Mapped[ShortText | None] = field("报修地点", also="地点", search=True, place="+")
    kind: Mapped[Code] = choice("报修类别", also="类别", codes="property_repair_kind", filter=True, place="+")
    content: Mapped[LongText] = field("报修内容", also="内容", place="002 3.5")
    urgency: Mapped[Code | None] = choice("紧急程度", codes="repair_urgency", filter=True, place="+")
    received_by_id: Mapped[int | None] = person(
        "受理人", also="接待人", filter=True, section="派工", place="003 篇五 4.2"
    )
    answered_at: Mapped[Moment | None] = field("回复时间", filter=True, place="003 篇五 4.3")
    assigned_to_id: Mapped[int | None] = person(
        "维修人员", also="派工人员", party=True, filter=True, place="002 3.5", handed_over=True
    )
    contractor_id: Mapped[int | None] = link("维修队伍", to="contractor", filter=True, place="002 房地产 2.2")
    dispatched_at: Mapped[Moment | None] = field("派工时间", filter=True, place="002 3.5")
    agreed_at: Mapped[Moment | None] = field("约定时间", filter=True, place="+")
    arrived_at: Mapped[Moment | None] = field("到达时间", filter=True, section="维修", place="+")
    done_at: Mapped[Moment | None] = field("完成时间", filter=True, place="002 3.5")
    work: Mapped[LongText | None] = field("维修情况", also="处理情况", place="+")
    parts: Mapped[list[PropertyRepairPart]] = child_rows("用料", PropertyRepairPart, place="+")
    charge_kind: Mapped[Code | None] = choice("收费类别", codes="property_charge_kind", filter=True, place="002 3.15")
    labour_fee: Mapped[Money | None] = field("人工费", place="002 3.15")
    fee: Mapped[Money | None] = field(
        "收费金额", also="费用合计", filter=True, place="002 3.15", only_if="charge_kind: paid"
    )
    customer_signed: Mapped[YesNo | None] = field(
        "客户已签字", also="客户签字", filter=True, section="验收与回访", place="+"
    )
    checked_at: Mapped[Moment | None] = field("验收时间", also="检查时间", filter=True, place="002 3.5")
    checker_id: Mapped[int | None] = person("检查人", filter=True, place="002 3.5")
    satisfied: Mapped[YesNo | None] = field("客户满意", also="满意", filter=True, place="+")
    called_on: Mapped[Day | None] = field("回访日期", filter=True, place="003 篇五 4.3")
    customer_words: Mapped[LongText | None] = field("客户意见", place="+")
    state: Mapped[Code] = choice("状态", codes="property_repair_state", default="reported", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
