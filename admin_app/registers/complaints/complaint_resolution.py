"""How complaints were remedied."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Codes,
    Day,
    LongText,
    Moment,
    Money,
    ShortText,
    YesNo,
    child_rows,
    choice,
    choices,
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
)
from ...models import Lines, Register


class ComplaintMeetingAttendee(Lines, of="complaint_resolution"):
    """Somebody at the urgent meeting."""

    person_id: Mapped[int] = person("出席人", place="003 篇八")
    role: Mapped[ShortText | None] = field("身份", place="+")


class ComplaintResolution(
    Register,
    title="投诉处理报告表",
    key="proposed_on complaint_id",
    list="proposed_on complaint_id proposer_id approved_by_id told_at satisfied loss fine head_fine supervisor_id",
    level=2,
    scope="department owner",
    grants=complaints_kept | complaints_answered | complaints_named | complaints_led | complaints_decided,
    parties="proposed_on complaint_id remedy proposer_id approved_by_id approved_at told_at satisfied "
    "direct_id fine head_id head_fine delay_person_id delay_fine measures executor_id supervisor_id",
):
    """One remedy, approved, told, weighed; meeting and agreement for grave ones (R-COMP-02, R-COMP-03). 003 篇八."""

    due = "due_on until closed_at"

    __table_args__ = (
        in_order("told_at", "closed_at"),
        between("loss", 0),
        between("fine", 0),
        between("head_fine", 0),
        between("delay_fine", 0),
    )

    proposed_on: Mapped[Day] = field(
        "提出日期", also="日期", filter=True, section="解决办法", today=True, place="003 篇八"
    )
    complaint_id: Mapped[int] = link(
        "投诉", also="投诉编号", to="complaint", filter=True, belongs=True, place="003 篇八"
    )
    cause: Mapped[LongText | None] = field("原因", place="001 ch6")
    remedy: Mapped[LongText] = field("解决办法", also="处理办法 处理意见", place="003 篇八")
    remedy_kind: Mapped[Codes | None] = choices("处理方式", codes="remedy_kind", filter=True, place="+")
    proposer_id: Mapped[int] = person("提出人", filter=True, party=True, place="003 篇八")
    proposed_by_id: Mapped[int | None] = sign("提出人签字", signed_with="edit", by="proposer_id", place="003 篇八")
    cost: Mapped[Money | None] = field("处理费用", also="费用", filter=True, place="001 ch6")
    approved_by_id: Mapped[int | None] = sign(
        "总经理批准",
        also="批准",
        signed_with="approve",
        roles="general_manager",
        place="003 篇八",
        help="办法或对策有变动的须再次批准",
    )
    met_at: Mapped[Moment | None] = field(
        "会议时间", also="紧急会议时间", filter=True, section="重大投诉：紧急会议", place="003 篇八"
    )
    met_in: Mapped[ShortText | None] = field("会议地点", place="+")
    attendees: Mapped[list[ComplaintMeetingAttendee]] = child_rows(
        "出席人员", ComplaintMeetingAttendee, place="003 篇八"
    )
    decision: Mapped[LongText | None] = field("会议决定", place="003 篇八")
    agreed_on: Mapped[Day | None] = field("协商日期", filter=True, section="重大投诉：协商", place="003 篇八")
    department_manager_id: Mapped[int | None] = person("业务部门经理", party=True, place="003 篇八")
    relation_manager_id: Mapped[int | None] = person("客户关系经理", party=True, place="003 篇八")
    agreement: Mapped[LongText | None] = field("协商结果", place="003 篇八")
    customer_agreed: Mapped[YesNo | None] = field("客户已同意", also="客户签字", filter=True, place="+")
    agreement_scan: Mapped[Attachment | None] = field("和解协议", place="+")
    told_at: Mapped[Moment | None] = field(
        "告知客户时间", also="告知时间", filter=True, section="告知与反应", place="003 篇八"
    )
    informed_by_id: Mapped[int | None] = sign(
        "告知人", signed_with="edit", roles="service_officer service_manager", place="003 篇八"
    )
    reaction: Mapped[LongText | None] = field("客户反应", place="003 篇八")
    satisfied: Mapped[Code | None] = choice("满意程度", codes="satisfaction", filter=True, place="003 篇八")
    loss: Mapped[Money | None] = field("损失额", also="损失", filter=True, section="损失与处罚", place="003 篇八")
    direct_id: Mapped[int | None] = person("直接责任人", also="责任人", filter=True, party=True, place="003 篇八")
    fine: Mapped[Money | None] = field("责任人处罚金额", also="责任人处罚", filter=True, place="003 篇八")
    head_id: Mapped[int | None] = person("部门主管", party=True, place="003 篇八")
    head_fine: Mapped[Money | None] = field("部门主管处罚金额", also="主管处罚", filter=True, place="003 篇八")
    delay_person_id: Mapped[int | None] = person("延误受理人", filter=True, party=True, place="003 篇八")
    delay_fine: Mapped[Money | None] = field("延误处罚金额", also="延误处罚", filter=True, place="003 篇八")
    penalty_id: Mapped[int | None] = link("奖惩登记", to="reward_penalty", late=True, place="+")
    review: Mapped[LongText | None] = field("总结与综合评价", also="总结", section="总结与改善", place="003 篇八")
    measures: Mapped[LongText | None] = field("改善对策", also="预防纠正措施", place="003 篇八")
    executor_id: Mapped[int | None] = person("落实人", filter=True, party=True, place="003 篇八")
    due_on: Mapped[Day | None] = field("落实期限", filter=True, place="+")
    supervisor_id: Mapped[int | None] = person("监督人", filter=True, party=True, place="003 篇八")
    closed_at: Mapped[Moment | None] = field("结案时间", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
