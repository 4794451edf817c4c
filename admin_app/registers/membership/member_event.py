"""Club and public events: planned for the year, held, with cost and effect."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.membership import club_kept, club_read
from ...models import Lines, Register


class MemberEventGuest(Lines, of="member_event"):
    """One guest."""

    member_id: Mapped[int | None] = link("会员", to="member", place="004 工作方向7")
    name: Mapped[ShortText | None] = field("姓名（非会员）", place="004 工作方向7")
    persons: Mapped[Count | None] = field("人数", place="004 工作方向7")
    came: Mapped[YesNo | None] = field("到场", place="004 工作方向7")


class MemberEvent(
    Register,
    title="会员与公关活动记录",
    key="held_on name",
    list="held_on name kind place planned_people people budget cost state",
    level=1,
    scope="store department owner",
    grants=club_kept | club_read,
    parties="held_on name kind place owner_id people state",
):
    """One event with its people, cost and effect. 004 公共关系活动, 001 第18条, 003 篇十四."""

    ends_with = "state: evaluated cancelled"

    __table_args__ = (
        in_order("held_on", "until_on"),
        between("budget", 0),
        between("cost", 0),
    )

    name: Mapped[ShortText] = field("活动名称", also="名称 主题", search=True, section="活动", place="001 第18条")
    kind: Mapped[Code] = choice("活动类别", also="类别", codes="member_event_kind", filter=True, place="001 第18条")
    plan_year: Mapped[ShortText | None] = field("计划年度", also="年度", search=True, filter=True, place="004")
    held_on: Mapped[Day] = field("活动日期", also="日期 开始日期", filter=True, place="004 工作方向7")
    until_on: Mapped[Day | None] = field("结束日期", place="+")
    place: Mapped[ShortText | None] = field("地点", search=True, place="004 工作方向7")
    owner_id: Mapped[int | None] = person("负责人", also="组织者", filter=True, place="004 工作方向7")
    partners: Mapped[ShortText | None] = field("合作单位", also="协办单位", search=True, place="004 工作方向7")
    media: Mapped[ShortText | None] = field("邀请媒体", place="004 工作方向6")
    aim: Mapped[LongText | None] = field("活动目的", also="目的", section="计划", place="004 工作方向7")
    programme: Mapped[LongText | None] = field("活动安排", also="内容 方案", place="004 工作方向7")
    planned_people: Mapped[Count | None] = field("计划人数", filter=True, place="004 工作方向7")
    budget: Mapped[Money | None] = field("预算（元）", also="预算", filter=True, place="004 工作方向7")
    approved_by_id: Mapped[int | None] = sign(
        "批准人",
        signed_with="approve",
        roles="store_manager marketing_manager service_manager director general_manager",
        place="+",
    )
    state: Mapped[Code | None] = choice(
        "状态", codes="member_event_state", default="planned", filter=True, section="实施", place="004"
    )
    people: Mapped[Count | None] = field("实到人数", also="参加人数 人数", filter=True, place="004 工作方向7")
    members_count: Mapped[Count | None] = field("其中会员", place="+")
    participants: Mapped[list[MemberEventGuest]] = child_rows("参加人员", MemberEventGuest, place="+")
    cost: Mapped[Money | None] = field("实际费用（元）", also="费用", filter=True, place="004 工作方向7")
    gifts: Mapped[ShortText | None] = field("礼品与奖品", place="+")
    effect: Mapped[LongText | None] = field("活动效果", also="效果", section="效果", place="004 工作方向7")
    referrals: Mapped[Count | None] = field("带来介绍", filter=True, place="003 篇十四")
    opinions: Mapped[LongText | None] = field("客户意见", also="意见", place="+")
    improvements: Mapped[LongText | None] = field("改进", place="+")
    photos: Mapped[Attachment | None] = field("照片与资料", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
