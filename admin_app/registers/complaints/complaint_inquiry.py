"""Inquiries into complaints."""

from sqlalchemy.orm import Mapped

from ...fields import Attachment, Code, Day, LongText, Money, ShortText, child_rows, choice, field, link, person, sign
from ...grants.complaints import (
    complaints_answered,
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_named,
    complaints_reviewed,
)
from ...models import Lines, Register


class ComplaintInquiryProof(Lines, of="complaint_inquiry"):
    """A piece of evidence."""

    name: Mapped[ShortText] = field("证据名称", place="001 ch6 三 三")
    source: Mapped[ShortText | None] = field("来源", place="+")
    scan: Mapped[Attachment | None] = field("附件", place="+")


class ComplaintInquiry(
    Register,
    title="客户投诉调查表",
    key="inquired_on complaint_id",
    list="inquired_on complaint_id cause_kind at_fault_department_id direct_id head_id reviewed_by_id",
    level=2,
    scope="department owner",
    grants=complaints_kept
    | complaints_answered
    | complaints_named
    | complaints_led
    | complaints_reviewed
    | complaints_decided,
    parties="inquired_on complaint_id facts cause cause_kind at_fault_department_id direct_id statement "
    "investigated_by_id investigated_at",
):
    """One inquiry: facts, cause, answerable department and person (R-COMP-02). 001 ch6 三 三."""

    closes_with = "reviewed_by_id"

    inquired_on: Mapped[Day] = field(
        "调查日期", also="日期", filter=True, section="调查", today=True, place="001 ch6 三 三"
    )
    complaint_id: Mapped[int] = link(
        "投诉", also="投诉编号", to="complaint", filter=True, belongs=True, place="001 ch6 三 三"
    )
    method: Mapped[Code | None] = choice("调查方式", codes="inquiry_method", filter=True, place="+")
    asked: Mapped[ShortText | None] = field("询问对象", place="+")
    facts: Mapped[LongText] = field("调查事实", also="事实 经过", place="001 ch6 三 三")
    cause: Mapped[LongText] = field("投诉原因", also="原因", place="001 ch6 三 三")
    cause_kind: Mapped[Code | None] = choice("原因类别", codes="complaint_cause", filter=True, place="+")
    at_fault_department_id: Mapped[int | None] = link(
        "责任部门", to="department", filter=True, section="责任", place="003 篇八"
    )
    direct_id: Mapped[int | None] = person(
        "直接责任人", also="责任人 责任者", filter=True, party=True, place="003 篇八"
    )
    head_id: Mapped[int | None] = person("部门主管", filter=True, party=True, place="003 篇八")
    statement: Mapped[LongText | None] = field("责任人说明", place="+")
    loss: Mapped[Money | None] = field("损失估计", place="+")
    proofs: Mapped[list[ComplaintInquiryProof]] = child_rows(
        "证据", ComplaintInquiryProof, section="证据", place="001 ch6 三 三"
    )
    conclusion: Mapped[LongText | None] = field("调查结论", place="+")
    proposal: Mapped[LongText | None] = field("处理建议", place="+")
    investigated_by_id: Mapped[int | None] = sign(
        "调查人",
        signed_with="edit",
        roles="service_officer store_manager marketing_manager sales_manager service_manager",
        place="001 ch6 三 三",
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
