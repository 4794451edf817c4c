"""Incidents and what was done about them."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
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
    sign,
)
from ...grants.property import property_approved, property_headed, property_parties, residents_served
from ...models import Lines, Register


class IncidentStep(Lines, of="incident"):
    """One step of the handling."""

    acted_at: Mapped[Moment] = field("时间", place="+")
    action: Mapped[ShortText] = field("处理步骤", place="+")
    acted_by_id: Mapped[int | None] = person("处理人", place="+")


class IncidentPerson(Lines, of="incident"):
    """Somebody involved."""

    name: Mapped[ShortText] = field("姓名", mask=True, place="+")
    role: Mapped[ShortText | None] = field("身份", place="+")
    injured: Mapped[YesNo | None] = field("受伤", place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")
    note: Mapped[ShortText | None] = field("说明", mask=True, place="+")


class Incident(
    Register,
    title="突发事件记录",
    key="happened_at place_name",
    list="happened_at number kind severity place_name reported_to_id ended_at loss officer_id",
    level=2,
    scope="department",
    grants=residents_served | property_headed | property_parties | property_approved,
    parties="number happened_at kind severity place_name what actions reported_to_id reported_at ended_at officer_id "
    "commander_id",
):
    """One incident: what happened, what was done, whom it was reported to. 002 3.19."""

    __table_args__ = (
        in_order("happened_at", "arrived_at"),
        in_order("happened_at", "reported_at"),
        in_order("happened_at", "ended_at"),
    )

    number: Mapped[Number] = field(
        "事件编号", also="编号", unique=True, series="TF", search=True, section="事件", place="+"
    )
    happened_at: Mapped[Moment] = field("发生时间", also="日期", filter=True, today=True, place="002 3.19")
    found_by: Mapped[ShortText | None] = field("发现人", mask=True, search=True, place="+")
    kind: Mapped[Code] = choice("事件类别", also="类别", codes="property_incident_kind", filter=True, place="002 3.19")
    severity: Mapped[Code] = choice(
        "严重程度", also="等级", codes="property_incident_level", default="small", filter=True, place="+"
    )
    place_name: Mapped[ShortText] = field("发生地点", also="地点", filter=True, search=True, place="002 3.19")
    unit_id: Mapped[int | None] = link("涉及单元", to="property_unit", filter=True, place="+")
    what: Mapped[LongText] = field("事件经过", also="经过", place="002 3.19")
    people: Mapped[list[IncidentPerson]] = child_rows("涉及人员", IncidentPerson, place="+")
    injured: Mapped[Count | None] = field("受伤人数", filter=True, place="+")
    officer_id: Mapped[int] = person("现场负责人", also="处理人", party=True, filter=True, section="处置", place="+")
    commander_id: Mapped[int | None] = person("指挥人", party=True, filter=True, place="+")
    arrived_at: Mapped[Moment | None] = field("到场时间", filter=True, place="+")
    actions: Mapped[LongText | None] = field("处理措施", also="处理情况", place="002 3.19")
    steps: Mapped[list[IncidentStep]] = child_rows("处置过程", IncidentStep, place="+")
    outside_help: Mapped[ShortText | None] = field("外部救援", search=True, place="+")
    ended_at: Mapped[Moment | None] = field("结束时间", filter=True, place="+")
    reported_to_id: Mapped[int | None] = person(
        "报告对象", also="上报人员", party=True, filter=True, section="报告", place="002 3.19"
    )
    reported_at: Mapped[Moment | None] = field("报告时间", also="上报时间", filter=True, place="002 3.19")
    authority: Mapped[ShortText | None] = field("上报单位", search=True, place="+")
    customers_told: Mapped[YesNo | None] = field("已告知客户", filter=True, place="+")
    loss: Mapped[Money | None] = field("损失金额", also="损失", filter=True, section="损失与改进", place="+")
    insurance_id: Mapped[int | None] = link("保险", to="insurance_policy", filter=True, place="002 3.14")
    claimed: Mapped[YesNo | None] = field("已报险", filter=True, place="002 3.14")
    cause: Mapped[LongText | None] = field("原因分析", place="+")
    prevention: Mapped[LongText | None] = field("预防措施", place="+")
    photo: Mapped[Attachment | None] = field("照片或录像", place="+")
    written_by_id: Mapped[int | None] = sign(
        "记录人签字", also="记录人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
