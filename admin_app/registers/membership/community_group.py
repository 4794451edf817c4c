"""Community groups: the art group and its branches."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, Phone, ShortText, child_rows, choice, field, link, person, sign
from ...grants.membership import club_kept, club_read, leaders_reached
from ...models import Lines, Register


class CommunityActivity(Lines, of="community_group"):
    """One thing the group did."""

    held_on: Mapped[Day] = field("日期", place="004 5.3")
    name: Mapped[ShortText] = field("活动", place="004 5.3")
    people: Mapped[Count | None] = field("人数", place="004 5.3")
    cost: Mapped[Money | None] = field("费用（元）", place="+")
    result: Mapped[ShortText | None] = field("效果", place="+")


class CommunityGroup(
    Register,
    title="社团档案",
    key="founded_on name",
    list="founded_on name kind parent_group_id leader members_count place meets state",
    level=0,
    scope="store department",
    grants=club_kept | club_read | leaders_reached,
    parties="founded_on name kind parent_group_id members_count state",
):
    """One group or branch with its people and what it does. 004 5.3."""

    ends_with = "state: ended"

    __table_args__ = (between("budget", 0),)

    name: Mapped[ShortText] = field("社团名称", also="名称", search=True, section="社团", place="004 5.3")
    kind: Mapped[Code] = choice("类别", codes="community_group_kind", filter=True, place="004 5.3")
    parent_group_id: Mapped[int | None] = link(
        "上级社团", also="所属社团", to="community_group", filter=True, place="004 5.3"
    )
    estate_id: Mapped[int | None] = link("所在小区", also="小区", to="estate", filter=True, place="004 5.3")
    founded_on: Mapped[Day] = field("成立日期", also="日期", filter=True, place="004 5.3")
    place: Mapped[ShortText | None] = field("活动地点", also="地点", place="004 5.3")
    meets: Mapped[ShortText | None] = field("活动时间", place="004 5.3")
    state: Mapped[Code | None] = choice("状态", codes="community_group_state", default="active", filter=True, place="+")
    leader: Mapped[ShortText | None] = field("负责人", also="团长 会长", search=True, section="人员", place="004 5.3")
    leader_phone: Mapped[Phone | None] = field("负责人电话", also="联系电话", mask=True, place="004 5.3")
    contact_employee_id: Mapped[int | None] = person(
        "公司联系人", also="联系人", filter=True, place="004 5.3", handed_over=True
    )
    members_count: Mapped[Count | None] = field("人数", also="成员数", filter=True, place="004 5.3")
    supported_by: Mapped[ShortText | None] = field("支持单位", place="004 5.3")
    purpose: Mapped[LongText | None] = field("宗旨", section="活动", place="+")
    activities: Mapped[list[CommunityActivity]] = child_rows("活动记录", CommunityActivity, place="004 5.3")
    honours: Mapped[LongText | None] = field("荣誉", place="004 工作方向6")
    budget: Mapped[Money | None] = field("年度经费（元）", also="经费", filter=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "成立批准",
        signed_with="approve",
        roles="store_manager marketing_manager service_manager director general_manager",
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
