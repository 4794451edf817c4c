"""Calls that went out: to what purpose, with what result, what next."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants.call_centre import calls_managed, calls_sampled, calls_supervised, own_calls
from ...models import Register


class OutboundCall(
    Register,
    title="呼出业务记录表",
    key="called_at phone",
    list="called_at phone called_name purpose result owner_id next_at",
    level=1,
    scope="department owner",
    grants=own_calls | calls_managed | calls_sampled | calls_supervised,
    parties="called_at called_name purpose result owner_id next_at",
):
    """One call made; a customer who withdrew consent isn't called (R-PRIV-01). 001 ch8 呼叫中心管理表格二."""

    called = "called_at called_name purpose"
    reaches = "called_at"
    contacted = "called_at if result: reached interested declined do_not_call"

    carried = "called_at purpose owner_id"

    __table_args__ = (
        in_order("called_at", "next_at"),
        between("attempts", 1, 99),
        between("seconds", 0),
    )

    called_at: Mapped[Moment] = field(
        "时间", also="呼出时间 日期", filter=True, section="呼出", today=True, place="001 ch8 二"
    )
    phone: Mapped[Phone] = field("号码", also="电话 联系电话 被叫号码", mask=True, search=True, place="001 ch8 二")
    called_name: Mapped[ShortText | None] = field("被叫人", also="姓名 客户姓名", search=True, place="001 ch8 二")
    customer_id: Mapped[int | None] = link("客户", also="客户名称", to="customer", filter=True, place="001 ch8 二")
    owner_id: Mapped[int | None] = person("座席", filter=True, place="001 ch8 二", handed_over=False)
    seat_number: Mapped[ShortText | None] = field("座席号", search=True, place="+")
    call_record_id: Mapped[int | None] = link("通话记录", to="call_record", place="001 ch8 三")
    purpose: Mapped[Code] = choice(
        "目的", also="呼出目的", codes="call_purpose", filter=True, section="内容", place="001 ch8 二"
    )
    campaign_id: Mapped[int | None] = link("市场活动", to="campaign", filter=True, place="+")
    script: Mapped[ShortText | None] = field("使用话术", place="+")
    content: Mapped[LongText | None] = field("通话内容", also="内容", place="001 ch8 二")
    attempts: Mapped[Count | None] = field("第几次呼叫", also="次数", default=1, place="+")
    result: Mapped[Code] = choice("结果", codes="outbound_result", filter=True, section="结果", place="001 ch8 二")
    customer_view: Mapped[LongText | None] = field("客户意见", also="意见", place="+")
    satisfied: Mapped[Code | None] = choice("满意程度", codes="call_verdict", filter=True, place="+")
    no_more_calls: Mapped[YesNo | None] = field("要求不再致电", filter=True, place="R-PRIV-01")
    follow_up_id: Mapped[int | None] = link("追访记录", to="follow_up", place="+")
    next_at: Mapped[Moment | None] = field("下次", also="下次呼叫 下次联系", filter=True, place="001 ch8 二")
    next_task: Mapped[ShortText | None] = field("下次事项", place="+")
    seconds: Mapped[Count | None] = field("通话时长（秒）", also="时长", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
