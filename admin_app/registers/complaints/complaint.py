"""Complaints: what, who, when; classed and given to whoever answers."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    LongText,
    Moment,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.complaints import (
    complaints_answered,
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_named,
    complaints_written,
)
from ...models import Register


class Complaint(
    Register,
    title="客户投诉登记表",
    key="happened_at name",
    list="happened_at number name kind severity owner_id accepted_at due_at state satisfied",
    level=2,
    scope="department owner",
    grants=complaints_kept
    | complaints_written
    | complaints_answered
    | complaints_named
    | complaints_led
    | complaints_decided,
    parties="happened_at number customer_id kind severity content wanted to_department_id owner_id accused_id "
    "accepted_at due_at state",
):
    """One complaint; general ones have one working day from hand-over (R-COMP-01, R-COMP-02). 001 ch6, 003 篇八."""

    called = "number name"
    ends_with = "state: closed withdrawn"
    due = "due_at"

    __table_args__ = (
        in_order("happened_at", "closed_at"),
        in_order("accepted_at", "answered_at"),
        between("loss", 0),
    )

    happened_at: Mapped[Moment] = field(
        "投诉时间", also="日期 投诉日期", filter=True, section="投诉", today=True, place="003 篇八"
    )
    number: Mapped[Number] = field("投诉编号", also="编号", unique=True, series="TS", search=True, place="+")
    channel: Mapped[Code | None] = choice(
        "投诉形式", also="形式 方式", codes="register_channel", filter=True, place="003 篇十三 2"
    )
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, place="+")
    name: Mapped[ShortText] = field("投诉人", also="姓名 投诉人姓名 客户姓名", search=True, place="003 篇八")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="003 篇八")
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="003 篇八")
    unit: Mapped[ShortText | None] = field("单元", also="单元/车牌 房号", mask=True, search=True, place="003 篇十三")
    address: Mapped[ShortText | None] = field("地址", mask=True, place="+")
    content: Mapped[LongText] = field("投诉内容", also="内容", place="003 篇八")
    wanted: Mapped[LongText | None] = field("希望结果", also="投诉要求", place="001 ch6")
    evidence: Mapped[Attachment | None] = field("附件", place="+")
    received_by_id: Mapped[int | None] = sign(
        "接待人", signed_with="edit", roles="service_officer customer_manager service_manager", place="003 篇十三 3"
    )
    log_id: Mapped[int | None] = link("来人来电来访登记", to="phone_visit_log", late=True, place="003 篇十三 2")
    site_id: Mapped[int | None] = link("工地", to="project_site", filter=True, late=True, section="相关业务", place="+")
    order_id: Mapped[int | None] = link("装修合同", to="decoration_contract", late=True, place="+")
    ticket_id: Mapped[int | None] = link("报修单", to="repair_ticket", late=True, place="+")
    accused_id: Mapped[int | None] = person("被投诉人", filter=True, party=True, place="+")
    kind: Mapped[Code | None] = choice(
        "投诉类别", also="类别", codes="complaint_kind", filter=True, section="判定", place="003 篇八"
    )
    severity: Mapped[Code | None] = choice(
        "投诉性质", also="一般/重大 性质", codes="complaint_severity", filter=True, place="003 篇八"
    )
    reason_sufficient: Mapped[YesNo | None] = field("理由充分", also="理由是否充分", filter=True, place="003 篇八")
    demand_reasonable: Mapped[YesNo | None] = field("要求合理", also="要求是否合理", filter=True, place="003 篇八")
    verdict: Mapped[LongText | None] = field("判定说明", place="+")
    classed_by_id: Mapped[int | None] = sign(
        "判定人", signed_with="edit", roles="service_manager", place="003 篇八", help="由客户关系经理判定"
    )
    to_department_id: Mapped[int | None] = link(
        "受理部门", also="责任部门", to="department", filter=True, section="受理", place="003 篇八"
    )
    owner_id: Mapped[int | None] = person("受理责任人", also="受理人 责任人", filter=True, place="003 篇八")
    accepted_at: Mapped[Moment | None] = field("受理时间", also="受理日期 交办时间", filter=True, place="003 篇八")
    due_at: Mapped[Moment | None] = field(
        "处理期限", also="期限", filter=True, place="003 篇八", help="一般投诉为交办后一个工作日"
    )
    answered_at: Mapped[Moment | None] = field("提出办法时间", filter=True, place="+")
    late: Mapped[YesNo | None] = field("已超期", also="是否超期", filter=True, place="R-COMP-02")
    state: Mapped[Code] = choice(
        "状态", codes="complaint_state", filter=True, default="received", section="结果", place="+"
    )
    told_at: Mapped[Moment | None] = field("告知客户时间", filter=True, place="003 篇八")
    satisfied: Mapped[Code | None] = choice(
        "满意程度", also="客户满意度", codes="satisfaction", filter=True, place="003 篇八"
    )
    loss: Mapped[Money | None] = field("损失金额", also="损失额", filter=True, place="003 篇八")
    closed_at: Mapped[Moment | None] = field("结案时间", also="结案日期", filter=True, place="+")
    again: Mapped[YesNo | None] = field("重复投诉", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
