"""Members: who belongs to the club, through what, with which card."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Money,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    sign,
)
from ...grants import heads_approve, heads_manage, information_keeps, own_customers, own_sales, supervision
from ...grants.membership import members_enrolled, members_looked_up
from ...models import Lines, Register


class MemberUse(Lines, of="member"):
    """One use of the card."""

    used_on: Mapped[Day] = field("日期", place="004 5.4")
    partner_id: Mapped[int | None] = link("合作单位", to="partner", place="004 5.4")
    benefit: Mapped[ShortText] = field("优惠内容", place="004 5.4")
    amount: Mapped[Money | None] = field("消费金额（元）", place="+")
    saved: Mapped[Money | None] = field("优惠金额（元）", place="+")
    points: Mapped[Count | None] = field("积分变动", place="+")


class Member(
    Register,
    title="会员档案",
    key="joined_on name",
    list="joined_on number name member_level phone joined_through card_number valid_until_on state",
    level=1,
    scope="store department owner",
    grants=members_looked_up
    | members_enrolled
    | own_customers
    | own_sales
    | heads_manage
    | heads_approve
    | information_keeps
    | supervision,
    parties="joined_on number name member_level joined_through card_number state",
):
    """One member; a finished project makes one, the card carries partners' terms (R-MEMB-01). 002 7, 004 5.1, 5.4."""

    __table_args__ = (
        in_order("joined_on", "valid_until_on"),
        in_order("joined_on", "left_on"),
        between("points", 0),
    )

    number: Mapped[Number | None] = field(
        "会员编号", also="编号 会员号", series="HY", search=True, unique=True, section="会员", place="004 5.1"
    )
    customer_id: Mapped[int] = link("客户", also="客户名称", to="customer", belongs=True, filter=True, place="004 5.1")
    name: Mapped[ShortText] = field("会员姓名", also="姓名 客户姓名", search=True, place="004 5.1")
    sex: Mapped[Code | None] = choice("性别", codes="sex", place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话 手机", mask=True, search=True, place="+")
    born_on: Mapped[Day | None] = field("生日", also="出生日期", mask=True, place="003 篇十四 战术4")
    address: Mapped[ShortText | None] = field("通讯地址", also="地址", mask=True, place="004 5.2")
    joined_on: Mapped[Day] = field("入会日期", also="日期", filter=True, section="入会", today=True, place="004 5.1")
    joined_through: Mapped[Code] = choice("入会方式", codes="joined_through", filter=True, place="004 5.1")
    project_site_id: Mapped[int | None] = link("竣工工程", also="工程", to="project_site", place="002 7")
    introduced_by_id: Mapped[int | None] = link("介绍会员", to="member", place="004 5.1")
    charter_accepted: Mapped[YesNo | None] = field("已接受会员章程", also="接受章程", filter=True, place="004 5.1")
    member_level: Mapped[Code | None] = choice(
        "会员级别", also="级别 等级", codes="member_level", default="ordinary", filter=True, place="+"
    )
    fee: Mapped[Money | None] = field("会费（元）", also="会费", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "入会批准", signed_with="approve", roles="store_manager marketing_manager", place="+"
    )
    card_number: Mapped[ShortText | None] = field(
        "卡号", also="会员卡号", search=True, once=True, section="会员卡", place="004 5.4"
    )
    card_status: Mapped[Code | None] = choice("卡片状态", codes="card_status", filter=True, place="004 5.4")
    card_issued_on: Mapped[Day | None] = field("发卡日期", filter=True, place="004 5.4")
    card_received: Mapped[YesNo | None] = field("会员已签收", place="004 5.4")
    valid_until_on: Mapped[Day | None] = field("有效期至", filter=True, place="+")
    points: Mapped[Count | None] = field("积分", filter=True, place="+")
    priority_booking: Mapped[YesNo | None] = field("优先订房", filter=True, section="权利与使用", place="004 5.1")
    discount: Mapped[ShortText | None] = field("享受的优惠", also="优惠", place="004 5.1")
    uses: Mapped[list[MemberUse]] = child_rows("优惠使用记录", MemberUse, place="004 5.4")
    interests: Mapped[ShortText | None] = field("兴趣爱好", also="爱好", place="004 5.3")
    group_id: Mapped[int | None] = link("所属社团", also="社团", to="community_group", place="004 5.3")
    wants_publication: Mapped[YesNo | None] = field("订阅会刊", filter=True, place="004 5.2")
    state: Mapped[Code | None] = choice(
        "会员状态", also="状态", codes="member_state", default="active", filter=True, section="状态", place="+"
    )
    left_on: Mapped[Day | None] = field("退会日期", filter=True, place="+", only_if="state: ended")
    leave_reason: Mapped[ShortText | None] = field("退会原因", place="+", only_if="state: ended")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
