"""Callbacks: the telephone calls during and after the works, when due and what was said."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Moment, ShortText, YesNo, choice, field, link, person
from ...grants import information_keeps, supervision
from ...grants.visits import blamed_see, callbacks_made, callbacks_read
from ...models import Register


class Callback(
    Register,
    title="电话回访记录",
    key="due_from_on customer_id stage",
    list="due_from_on due_until_on customer_id stage state called_at satisfied repair_needed by_id",
    level=1,
    scope="store department owner",
    grants=callbacks_made | callbacks_read | blamed_see | information_keeps | supervision,
    parties="due_from_on due_until_on customer_id stage state called_at by_id satisfied repair_needed rectify_by_id",
):
    """One callback of one stage, due by itself, repeated until the customer is satisfied (R-SERV-01). 002 回访 二."""

    reaches = "called_at"
    contacted = "called_at"

    ends_with = "state: done refused"
    due = "due_until_on for customer_id"

    __table_args__ = (
        in_order("due_from_on", "due_until_on"),
        between("minutes", 0, 240),
    )

    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", belongs=True, filter=True, section="对象", place="002 回访 二"
    )
    project_site_id: Mapped[int | None] = link("工程", also="工地", to="project_site", filter=True, place="002 回访 二")
    signed_order_id: Mapped[int | None] = link("签单明细", to="signed_order", place="002 回访 一2")
    stage: Mapped[Code] = choice("阶段", also="回访阶段", codes="callback_stage", filter=True, place="002 回访 二")
    due_from_on: Mapped[Day] = field("到期从", also="应回访日期", filter=True, place="002 回访 二")
    due_until_on: Mapped[Day | None] = field("到期至", filter=True, place="002 回访 二")
    completion_on: Mapped[Day | None] = field("竣工日期", also="竣工期", filter=True, place="002 回访 一3")
    moved_in_on: Mapped[Day | None] = field("入住日期", filter=True, place="R-SERV-01 ?首次回访时询问")
    state: Mapped[Code | None] = choice(
        "状态", codes="callback_state", default="due", filter=True, section="回访", place="+"
    )
    called_at: Mapped[Moment | None] = field("回访时间", also="回访日期 日期", filter=True, place="002 回访 二")
    by_id: Mapped[int | None] = person("回访人", party=True, filter=True, place="002 回访 二", handed_over=True)
    spoke_with: Mapped[ShortText | None] = field("受访人", place="+")
    minutes: Mapped[Count | None] = field("通话时长（分钟）", also="时长", place="+")
    attempts: Mapped[Count | None] = field("拨打次数", place="+")
    quality: Mapped[Code | None] = choice(
        "工程质量", also="质量", codes="service_mark", filter=True, place="002 回访 二1"
    )
    progress: Mapped[Code | None] = choice(
        "工程进度", also="进度", codes="service_mark", filter=True, place="002 回访 二1"
    )
    designer_service: Mapped[Code | None] = choice(
        "设计师服务", codes="service_mark", filter=True, place="002 回访 二1"
    )
    foreman_service: Mapped[Code | None] = choice("工长服务", codes="service_mark", filter=True, place="002 回访 二1")
    supervisor_service: Mapped[Code | None] = choice(
        "监理服务", codes="service_mark", filter=True, place="002 回访 二1"
    )
    record: Mapped[LongText | None] = field("记录", also="回访记录 内容", place="002 回访 二")
    opinion: Mapped[LongText | None] = field("意见与建议", also="客户意见", place="+")
    satisfied: Mapped[Code | None] = choice(
        "满意", also="满意程度 满意度", codes="call_verdict", filter=True, section="结果", place="002 回访 二"
    )
    repair_needed: Mapped[YesNo | None] = field("维修要求", also="需维修", filter=True, place="002 回访 二4")
    repair: Mapped[LongText | None] = field("维修内容", place="002 回访 二4")
    repair_ticket_id: Mapped[int | None] = link("报修单", to="repair_ticket", late=True, place="002 回访 二4")
    verified: Mapped[YesNo | None] = field("情况属实", also="核实属实", filter=True, place="002 回访 二2")
    rectify_by_id: Mapped[int | None] = person(
        "负责人整改", also="整改负责人", party=True, filter=True, place="002 回访 二2", handed_over=True
    )
    rectify: Mapped[LongText | None] = field("整改情况", place="002 回访 二2")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="002 回访 二2")
    reported_to_id: Mapped[int | None] = person("上报主管领导", party=True, filter=True, place="002 回访 二3")
    answered_at: Mapped[Moment | None] = field("答复客户时间", filter=True, place="002 回访 二4")
    again_on: Mapped[Day | None] = field("再访日期", filter=True, place="002 回访 5")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
