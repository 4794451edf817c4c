"""The telephone record: every call with seat, length and recording."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Phone,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
)
from ...grants.call_centre import calls_managed, calls_sampled, calls_supervised, own_calls
from ...models import Register


class CallRecord(
    Register,
    title="呼叫电话记录表",
    key="started_at recording_number",
    list="started_at direction phone owner_id seat_number seconds recording_number ended_how",
    level=1,
    scope="department owner",
    grants=own_calls | calls_managed | calls_sampled | calls_supervised,
    parties="started_at direction owner_id seat_number seconds recording_number",
):
    """One call as the exchange counted it; calls and mean duration per seat and month come from it (R-CALL-01). 001 ch8 三."""

    contacted = "started_at if answered"

    carried = "started_at direction owner_id seat_number"

    __table_args__ = (
        in_order("started_at", "ended_at"),
        between("seconds", 0),
        between("waited_seconds", 0),
    )

    started_at: Mapped[Moment] = field("开始时间", also="时间 日期 起", filter=True, section="通话", place="001 ch8 三")
    ended_at: Mapped[Moment | None] = field("结束时间", also="止", place="001 ch8 三")
    seconds: Mapped[Count | None] = field("时长（秒）", also="时长 通话时长", filter=True, place="001 ch8 三")
    waited_seconds: Mapped[Count | None] = field("等待（秒）", also="等待时长", filter=True, place="+")
    direction: Mapped[Code] = choice(
        "呼叫方向", also="方向", codes="call_direction", default="in", filter=True, place="001 ch8 三"
    )
    phone: Mapped[Phone | None] = field("对方号码", also="号码 电话", mask=True, search=True, place="001 ch8 三")
    extension: Mapped[ShortText | None] = field("分机号", also="分机", search=True, place="+")
    owner_id: Mapped[int | None] = person("座席", filter=True, place="001 ch8 三", handed_over=False)
    seat_number: Mapped[ShortText | None] = field("座席号", search=True, place="001 ch8 三")
    customer_id: Mapped[int | None] = link("客户", also="客户名称", to="customer", filter=True, place="+")
    recording_number: Mapped[ShortText | None] = field(
        "录音号", also="录音编号", search=True, section="录音", place="001 ch8 三"
    )
    recorded: Mapped[YesNo | None] = field("有录音", default=True, filter=True, place="+")
    recording: Mapped[Attachment | None] = field("录音文件", mask=True, place="+")
    told_of_recording: Mapped[YesNo | None] = field("已告知录音", filter=True, place="R-PRIV-01", only_if="recorded")
    keep_until_on: Mapped[Day | None] = field("录音保存至", filter=True, place="+")
    ended_how: Mapped[Code | None] = choice(
        "结束方式", codes="call_end", default="normal", filter=True, section="结束", place="+"
    )
    transferred_to: Mapped[ShortText | None] = field("转接至", place="+")
    answered: Mapped[YesNo | None] = field("已接通", default=True, filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
