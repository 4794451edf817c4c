"""Leaks, suspected or real, and what was done about them."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Moment,
    Number,
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
from ...grants import staff_apply
from ...grants.archives import leaks_handled
from ...models import Lines, Register


class LeakReportStep(Lines, of="leak_report"):
    """One step of the handling."""

    done_on: Mapped[Day] = field("日期", place="003 篇十一 27")
    step: Mapped[ShortText] = field("处理步骤", also="处理", place="003 篇十一 27")
    by_id: Mapped[int | None] = person("办理人", place="003 篇十一 27")


class LeakReport(
    Register,
    title="泄密事件报告",
    key="found_at content",
    list="found_at number leak_state way state remedied_at supervisor_told_at manager_told_at closed_by_id",
    level=3,
    grants=staff_apply | leaks_handled,
    parties="number found_at leak_state content remedy remedied_at state",
):
    """One report, open until closed; anyone may make it, its reporter is 绝密 (R-CONF-10, R-PRIV-02). 003 篇十一 27."""

    closes_with = "closed_by_id"
    actors_level = 4
    kept_from = "found_at"
    __table_args__ = (
        in_order("found_at", "remedied_at"),
        in_order("found_at", "supervisor_told_at"),
        in_order("found_at", "manager_told_at"),
    )

    number: Mapped[Number] = field(
        "报告编号", also="编号", unique=True, series="XM", search=True, section="发现", place="+"
    )
    found_at: Mapped[Moment] = field("发现时间", also="日期 发现日期", filter=True, today=True, place="003 篇十一 27")
    happened_at: Mapped[Moment | None] = field("估计发生时间", filter=True, place="+")
    place: Mapped[ShortText | None] = field("发现地点", also="地点", search=True, place="+")
    reporter_id: Mapped[int | None] = person("报告人", level=4, place="003 篇十一 27")
    reporter_contact: Mapped[ShortText | None] = field("报告人联系方式", level=4, mask=True, place="+")
    leak_state: Mapped[Code] = choice(
        "泄露情况",
        also="已泄露或可能泄露",
        codes="archive_leak_state",
        default="suspected",
        filter=True,
        place="003 篇十一 27",
    )
    way: Mapped[Code | None] = choice(
        "泄露途径", also="途径", codes="archive_leak_way", filter=True, place="003 篇十一 26"
    )
    content: Mapped[LongText] = field("泄露内容", also="内容", section="内容", place="003 篇十一 27")
    file_id: Mapped[int | None] = link("涉及案卷", to="archive_file", filter=True, place="003 篇十一 27")
    item_id: Mapped[int | None] = link("涉及文件", to="archive_item", filter=True, place="003 篇十一 27")
    data_kinds: Mapped[Codes | None] = choices("资料种类", codes="archive_data_kind", filter=True, place="R-PRIV-02")
    people: Mapped[Count | None] = field("涉及人数", filter=True, place="R-PRIV-02")
    cause: Mapped[LongText | None] = field("原因", place="R-PRIV-02")
    harm: Mapped[LongText | None] = field("可能的危害", also="危害", place="R-PRIV-02")
    remedy: Mapped[LongText | None] = field("补救措施", section="补救", place="003 篇十一 27")
    remedied_at: Mapped[Moment | None] = field("补救时间", filter=True, place="003 篇十一 27")
    remedied_by_id: Mapped[int | None] = person("补救人", filter=True, place="+")
    customers_told: Mapped[YesNo | None] = field("已告知客户", filter=True, place="R-PRIV-02")
    customers_told_on: Mapped[Day | None] = field("告知客户日期", place="R-PRIV-02", only_if="customers_told")
    authority_told_on: Mapped[Day | None] = field("报告主管机关日期", place="R-PRIV-02")
    contact: Mapped[ShortText | None] = field("对外联系人", place="R-PRIV-02")
    supervisor_told_at: Mapped[Moment | None] = field(
        "报告客户信息主管时间", filter=True, section="报告与处理", place="003 篇十一 27"
    )
    manager_told_at: Mapped[Moment | None] = field("报告客户服务部经理时间", filter=True, place="003 篇十一 27")
    responsible_id: Mapped[int | None] = person("责任人", level=4, place="+")
    handling: Mapped[LongText | None] = field("处理情况", also="处理", place="003 篇十一 27")
    steps: Mapped[list[LeakReportStep]] = child_rows("处理经过", LeakReportStep, place="003 篇十一 27")
    penalty_id: Mapped[int | None] = link("奖惩登记", to="reward_penalty", level=4, late=True, place="000 惩罚6")
    state: Mapped[Code] = choice(
        "状态", codes="archive_leak_step", default="reported", filter=True, section="结案", place="003 篇十一 27"
    )
    days_open: Mapped[Count | None] = field("未结天数", computed=True, filter=True, place="003 篇十一 27")
    conclusion: Mapped[LongText | None] = field("结论", place="003 篇十一 27")
    prevention: Mapped[LongText | None] = field("防范措施", place="+")
    closed_by_id: Mapped[int | None] = sign(
        "结案签字", also="结案", signed_with="approve", roles="general_manager", place="003 篇十一 27"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
