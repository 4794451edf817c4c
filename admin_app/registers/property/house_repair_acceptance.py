"""The acceptance of repairs that teams under contract have done."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Day,
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
from ...grants.property import property_approved, property_headed, property_parties, residents_served
from ...models import Lines, Register


class HouseRepairAcceptanceItem(Lines, of="house_repair_acceptance"):
    """One item accepted."""

    name: Mapped[ShortText] = field("验收项目", also="项目", place="+")
    standard: Mapped[ShortText | None] = field("标准", place="+")
    result: Mapped[Code | None] = choice("结果", codes="property_result", place="+")
    note: Mapped[ShortText | None] = field("说明", place="+")


class HouseRepairAcceptance(
    Register,
    title="房屋维修质量验收表",
    key="accepted_on unit_id work",
    list="accepted_on number unit_id work contractor_id result rework_by customer_signed accepted_by_id",
    level=1,
    scope="department",
    grants=residents_served | property_headed | property_parties | property_approved,
    parties="number unit_id customer_id repair_id contractor_id place_name work started_on finished_on amount "
    "accepted_on items result problems rework_by reaccepted_on warranty_until satisfied photo team_signed "
    "customer_signed inspector_id accepted_by_id accepted_at approved_by_id approved_at",
):
    """One repair accepted or sent back, signed. 002 房地产 2.2."""

    called = "number unit_id work"
    on_paper = slip(also="客户")

    __table_args__ = (
        in_order("started_on", "finished_on"),
        in_order("finished_on", "accepted_on"),
        in_order("accepted_on", "rework_by"),
    )

    number: Mapped[Number] = field(
        "验收单号", also="编号", unique=True, series="FY", search=True, section="维修", place="+"
    )
    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, place="002 房地产 2.2"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主", to="customer", filter=True, place="+")
    repair_id: Mapped[int | None] = link("报修单", also="报修单号", to="property_repair", filter=True, place="+")
    contractor_id: Mapped[int | None] = link(
        "维修队伍", also="施工队伍", to="contractor", filter=True, place="002 房地产 2.2"
    )
    place_name: Mapped[ShortText | None] = field("维修部位", also="部位", search=True, place="+")
    work: Mapped[ShortText] = field("维修项目", also="项目名称 维修内容", search=True, place="002 房地产 2.2")
    started_on: Mapped[Day | None] = field("开工日期", filter=True, place="+")
    finished_on: Mapped[Day | None] = field("完工日期", filter=True, place="+")
    amount: Mapped[Money | None] = field("维修费用", also="费用", filter=True, place="+")
    accepted_on: Mapped[Day] = field(
        "验收日期", also="日期", filter=True, section="验收", today=True, place="002 房地产 2.2"
    )
    items: Mapped[list[HouseRepairAcceptanceItem]] = child_rows("验收项目", HouseRepairAcceptanceItem, place="+")
    result: Mapped[Code] = choice("验收结果", also="结果", codes="property_result", filter=True, place="002 房地产 2.2")
    problems: Mapped[LongText | None] = field("存在问题", also="问题", place="+")
    rework_by: Mapped[Day | None] = field("返工期限", also="整改期限", filter=True, place="+")
    reaccepted_on: Mapped[Day | None] = field("复验日期", filter=True, place="+")
    warranty_until: Mapped[Day | None] = field("质保到期", filter=True, place="+")
    satisfied: Mapped[YesNo | None] = field("客户满意", also="满意", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    team_signed: Mapped[YesNo | None] = field(
        "维修队伍已签字", also="施工方签字", filter=True, section="签字", place="002 房地产 2.2"
    )
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 房地产 2.2")
    inspector_id: Mapped[int | None] = person("现场监管人", party=True, filter=True, place="+")
    accepted_by_id: Mapped[int | None] = sign(
        "验收人签字", also="验收人", signed_with="edit", roles="service_officer service_manager", place="002 房地产 2.2"
    )
    approved_by_id: Mapped[int | None] = sign(
        "主管签字", also="批准", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
