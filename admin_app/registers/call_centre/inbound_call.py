"""Calls that came in: what was needed, how it was met, where it went."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants.call_centre import (
    calls_managed,
    calls_passed_on,
    calls_sampled,
    calls_supervised,
    need_reaches,
    own_calls,
)
from ...models import Register


class InboundCall(
    Register,
    title="呼入业务记录表",
    key="called_at phone",
    list="called_at phone caller need handled department_to_id result owner_id call_back_at",
    level=1,
    scope="department owner",
    grants=own_calls | calls_managed | calls_sampled | calls_passed_on | need_reaches | calls_supervised,
    parties="called_at caller need result owner_id passed_to_id",
):
    """One call that came in. 001 ch8 呼叫中心管理表格一."""

    called = "called_at caller need"
    contacted = "called_at"

    carried = "called_at channel owner_id"

    due = "call_back_at until solved_at by passed_to_id"

    __table_args__ = (
        in_order("called_at", "solved_at"),
        between("seconds", 0),
    )

    called_at: Mapped[Moment] = field(
        "时间", also="来电时间 日期", filter=True, section="来电", today=True, place="001 ch8 一"
    )
    phone: Mapped[Phone] = field("号码", also="来电号码 电话 联系电话", mask=True, search=True, place="001 ch8 一")
    caller: Mapped[ShortText | None] = field("来电人", also="姓名 客户姓名", search=True, place="001 ch8 一")
    customer_id: Mapped[int | None] = link("客户", also="客户名称", to="customer", filter=True, place="001 ch8 一")
    channel: Mapped[Code | None] = choice(
        "渠道", codes="contact_channel", default="phone", filter=True, place="004 第三阶段"
    )
    owner_id: Mapped[int | None] = person("座席", also="接线员", filter=True, place="001 ch8 一", handed_over=False)
    seat_number: Mapped[ShortText | None] = field("座席号", also="工位", search=True, place="001 ch8 一")
    call_record_id: Mapped[int | None] = link("通话记录", to="call_record", place="001 ch8 三")
    need: Mapped[Code] = choice(
        "需求类别", also="业务类别 类别", codes="call_need", filter=True, section="需求", place="001 ch8 一"
    )
    content: Mapped[LongText] = field("需求", also="需求内容 内容", place="001 ch8 一")
    repeated: Mapped[YesNo | None] = field("重复来电", filter=True, place="+")
    urgent: Mapped[YesNo | None] = field("紧急", filter=True, place="+")
    handled: Mapped[LongText | None] = field("处理", also="处理情况", section="处理", place="001 ch8 一")
    department_to_id: Mapped[int | None] = link("转接部门", to="department", filter=True, place="001 ch8 一")
    passed_to_id: Mapped[int | None] = person("转接人", also="受理人", party=True, filter=True, place="001 ch8 一")
    passed_at: Mapped[Moment | None] = field("转接时间", place="+")
    result: Mapped[Code] = choice("结果", also="处理结果", codes="call_result", filter=True, place="001 ch8 一")
    complaint_id: Mapped[int | None] = link("投诉登记", to="complaint", late=True, place="001 ch8")
    call_back_at: Mapped[Moment | None] = field("应回电时间", also="回电时间", filter=True, place="+")
    solved_at: Mapped[Moment | None] = field("办结时间", filter=True, place="+")
    satisfied: Mapped[Code | None] = choice("满意程度", also="满意度", codes="call_verdict", filter=True, place="+")
    seconds: Mapped[Count | None] = field("通话时长（秒）", also="时长", filter=True, place="001 ch8 一")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
