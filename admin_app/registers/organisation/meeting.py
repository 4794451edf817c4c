"""Meetings: what was discussed, decided and given to whom."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.organisation import colleagues_read, heads_keep, leadership_keeps, minutes_written
from ...models import Lines, Register


class MeetingParticipant(Lines, of="meeting"):
    """One person present."""

    employee_id: Mapped[int | None] = person("员工", also="姓名", place="003 篇十三")
    name: Mapped[ShortText | None] = field("姓名（外部人员）", place="+")
    post: Mapped[ShortText | None] = field("职务", place="+")
    signed: Mapped[YesNo | None] = field("已签到", place="+")


class MeetingAction(Lines, of="meeting"):
    """One thing to be done, by whom, until when."""

    task: Mapped[ShortText] = field("事项", place="003 篇十三")
    responsible_id: Mapped[int | None] = person("负责人", place="003 篇十三")
    due_on: Mapped[Day | None] = field("完成期限", place="+")
    state: Mapped[Code | None] = choice("完成情况", codes="meeting_action_state", default="open", place="+")
    done_on: Mapped[Day | None] = field("完成日期", place="+")
    result: Mapped[ShortText | None] = field("结果说明", place="+")


class Meeting(
    Register,
    title="会议记录",
    key="held_at kind subject",
    list="held_at kind subject chair_id minuted_by_id attendance_count next_at",
    level=1,
    scope="store department owner",
    grants=heads_keep | leadership_keeps | colleagues_read | minutes_written,
    parties="held_at kind subject place chair_id",
):
    """Minutes of one meeting with its actions; weekly, store, complaints (R-WORK-01, R-COMP-02/04). 003 篇十三."""

    __table_args__ = (in_order("held_at", "ended_at"),)

    held_at: Mapped[Moment] = field(
        "会议时间", also="日期 时间 开会时间", filter=True, section="会议", today=True, place="003 篇十三"
    )
    ended_at: Mapped[Moment | None] = field("结束时间", place="+")
    kind: Mapped[Code] = choice(
        "会议类别", also="类别 会议类型", codes="meeting_kind", default="weekly", filter=True, place="003 篇十三"
    )
    subject: Mapped[ShortText] = field("会议主题", also="主题 议题", search=True, place="003 篇十三")
    place: Mapped[ShortText | None] = field("会议地点", also="地点", place="+")
    chair_id: Mapped[int | None] = person("主持人", party=True, filter=True, place="003 篇十三")
    minuted_by_id: Mapped[int | None] = person("记录人", also="会议记录", party=True, filter=True, place="003 篇十三")
    complaint_id: Mapped[int | None] = link("相关投诉", to="complaint", late=True, place="003 篇八")
    participants: Mapped[list[MeetingParticipant]] = child_rows(
        "参加人员", MeetingParticipant, section="出席", place="003 篇十三"
    )
    attendance_count: Mapped[Count | None] = field("出席人数", also="人数", filter=True, place="+")
    absent: Mapped[ShortText | None] = field("缺席人员及原因", also="缺席", place="+")
    done: Mapped[LongText | None] = field("上期工作总结", also="工作总结", section="内容", place="003 篇十三")
    discussed: Mapped[LongText | None] = field("讨论情况", also="会议内容 内容", place="003 篇十三")
    decided: Mapped[LongText | None] = field("会议决定", also="决定 决议", place="003 篇十三")
    coordination: Mapped[LongText | None] = field("需协调事项", also="协调事项", place="003 篇十三")
    actions: Mapped[list[MeetingAction]] = child_rows("落实事项", MeetingAction, place="003 篇十三")
    next_at: Mapped[Moment | None] = field("下次会议时间", filter=True, place="+")
    attachment: Mapped[Attachment | None] = field("签到表或附件", place="+")
    signed_by_id: Mapped[int | None] = sign(
        "主持人签字", signed_with="approve", by="chair_id", even_by="author", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
