"""Quality of calls: samples, scores by item, the verdict."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
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
from ...grants.call_centre import quality_kept
from ...models import Lines, Register


class CallQualityItem(Lines, of="call_quality"):
    """One item scored."""

    item: Mapped[Code] = choice("项目", codes="call_item", place="001 ch8 四")
    full: Mapped[Count | None] = field("满分", place="+")
    score: Mapped[Count] = field("得分", place="001 ch8 四")
    note: Mapped[ShortText | None] = field("扣分说明", place="001 ch8 四")


class CallQuality(
    Register,
    title="呼叫质量监控表",
    key="checked_on seat_id call_record_id",
    list="checked_on seat_id call_record_id sampling total verdict owner_id confirmed_by_id",
    level=2,
    scope="department owner",
    grants=quality_kept,
    parties="checked_on seat_id call_record_id total verdict opinion due_on confirmed_by_id confirmed_at",
):
    """One sampled call scored by item (R-CALL-01); the seat sees it as its party. 001 ch8 呼叫中心管理表格四."""

    carried = "checked_on sampling owner_id"

    closes_with = "confirmed_by_id"
    __table_args__ = (
        between("total", 0, 100),
        in_order("checked_on", "due_on"),
    )

    checked_on: Mapped[Day] = field(
        "抽查日期", also="日期 检查日期", filter=True, section="抽查", today=True, place="001 ch8 四"
    )
    seat_id: Mapped[int] = person("座席", also="被查座席 座席姓名", party=True, filter=True, place="001 ch8 四")
    call_record_id: Mapped[int | None] = link(
        "抽查通话", also="通话 录音号", to="call_record", filter=True, place="001 ch8 四"
    )
    sampling: Mapped[Code | None] = choice("抽查方式", codes="call_sampling", default="random", filter=True, place="+")
    called_at: Mapped[Moment | None] = field("通话时间", filter=True, place="+")
    direction: Mapped[Code | None] = choice("呼叫方向", codes="call_direction", filter=True, place="+")
    owner_id: Mapped[int | None] = person("质检员", filter=True, place="001 ch8 四", handed_over=False)
    items: Mapped[list[CallQualityItem]] = child_rows("项目分", CallQualityItem, section="评分", place="001 ch8 四")
    total: Mapped[Count | None] = field("总分", also="得分", filter=True, help="百分制", place="001 ch8 四")
    verdict: Mapped[Code] = choice("结论", also="评定", codes="call_quality_verdict", filter=True, place="001 ch8 四")
    fatal: Mapped[YesNo | None] = field("有重大差错", filter=True, place="+")
    faults: Mapped[LongText | None] = field("存在问题", also="问题", place="+")
    strong: Mapped[LongText | None] = field("值得肯定之处", place="+")
    opinion: Mapped[LongText | None] = field("改进意见", also="意见", place="001 ch8 四")
    told_on: Mapped[Day | None] = field("反馈日期", section="反馈", place="+")
    seat_view: Mapped[LongText | None] = field("座席说明", also="座席意见", place="+")
    due_on: Mapped[Day | None] = field("改进期限", filter=True, place="+")
    training_id: Mapped[int | None] = link("安排培训", to="training", place="+")
    signed_by_id: Mapped[int | None] = sign(
        "质检员签字", signed_with="edit", roles="call_inspector", place="001 ch8 四"
    )
    confirmed_by_id: Mapped[int | None] = sign("主管确认", signed_with="approve", roles="call_supervisor", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
