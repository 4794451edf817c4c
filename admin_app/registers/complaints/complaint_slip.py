"""Slips that carry a complaint to the answerable department and back."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import Code, LongText, Moment, Number, YesNo, choice, field, link, person, sign
from ...grants.complaints import (
    complaints_answered,
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_named,
    slips_answered,
)
from ...models import Register


class ComplaintSlip(
    Register,
    title="用户投诉处理单",
    key="handed_at complaint_id",
    list="handed_at number complaint_id to_department_id head_id done_at returned_at called_at satisfied",
    level=2,
    scope="department owner",
    grants=complaints_kept
    | complaints_answered
    | slips_answered
    | complaints_named
    | complaints_led
    | complaints_decided,
    parties="handed_at number complaint_id to_department_id head_id matter due_at handling done_at returned_at",
):
    """One slip: handed over, dealt with, brought back, then a call-back (R-COMP-01). 003 篇十三 3."""

    called = "number complaint_id"
    on_paper = slip()
    ends_with = "done_at"
    parties_write = "handling done_at returned_at"

    __table_args__ = (
        in_order("handed_at", "returned_at"),
        in_order("handed_at", "done_at"),
        in_order("returned_at", "called_at"),
    )

    handed_at: Mapped[Moment] = field(
        "交办时间", also="日期 交办日期", filter=True, section="交办", today=True, place="003 篇十三 3"
    )
    number: Mapped[Number] = field("处理单号", also="单号 编号", unique=True, series="TD", search=True, place="+")
    complaint_id: Mapped[int] = link(
        "投诉", also="投诉编号", to="complaint", filter=True, belongs=True, place="003 篇十三 3"
    )
    to_department_id: Mapped[int] = link(
        "交办部门", also="部门 责任部门", to="department", filter=True, place="003 篇十三 3"
    )
    head_id: Mapped[int | None] = person(
        "部门负责人", also="负责人", filter=True, party=True, place="003 篇十三 3", handed_over=True
    )
    matter: Mapped[LongText] = field("交办事项", also="投诉内容", place="003 篇十三 3")
    filled_by_id: Mapped[int | None] = sign(
        "填单人", also="接待人员", signed_with="edit", roles="service_officer service_manager", place="003 篇十三 3"
    )
    due_at: Mapped[Moment | None] = field("要求完成时间", also="期限", filter=True, place="R-COMP-02")
    handler_id: Mapped[int | None] = person(
        "经办人", filter=True, party=True, section="处理", place="+", handed_over=True
    )
    handling: Mapped[LongText | None] = field("处理情况", also="处理结果", place="003 篇十三 3")
    done_at: Mapped[Moment | None] = field("完成时间", also="处理完毕时间", filter=True, place="003 篇十三 3")
    head_signed_by_id: Mapped[int | None] = sign(
        "部门负责人签字", signed_with="edit", by="head_id", place="003 篇十三 3"
    )
    returned_at: Mapped[Moment | None] = field("交还时间", filter=True, place="003 篇十三 3")
    returned_to_id: Mapped[int | None] = person("交还接收人", place="+")
    called_at: Mapped[Moment | None] = field(
        "致电回访时间", also="回访时间", filter=True, section="回访", place="003 篇十三 3"
    )
    callback_by_id: Mapped[int | None] = sign(
        "回访人", signed_with="edit", roles="service_officer service_manager", place="003 篇十三 3"
    )
    reached: Mapped[YesNo | None] = field("联系上", place="+")
    satisfied: Mapped[Code | None] = choice(
        "满意程度", also="是否满意", codes="satisfaction", filter=True, place="003 篇十三 3"
    )
    opinion: Mapped[LongText | None] = field("客户意见", place="+")
    again: Mapped[YesNo | None] = field("需重新处理", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
