"""Referrals: who brought whom, whom they named, and what they got for it."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Day, LongText, Money, Phone, ShortText, YesNo, choice, field, link, person, sign
from ...grants import (
    HEADS_AND_ABOVE,
    desk_imports,
    desk_keeps,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.customers import heads_sign, leadership_signs
from ...models import Register


class Referral(
    Register,
    title="老客户介绍登记表",
    key="introduced_on introducer_id introduced_name",
    list="introduced_on introducer_id introduced_name introduced_phone method owner_id state reward_kind",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | heads_manage
    | heads_sign
    | leadership_signs
    | information_keeps
    | supervision,
    parties="introduced_on introducer_id introduced_name method owner_id named_manager_id state",
):
    """One introduction; the manager named gets the customer, else the one on duty (R-CUST-04). 003 篇十四 三."""

    __table_args__ = (
        between("reward_amount", 0),
        in_order("introduced_on", "signed_on"),
    )

    introduced_on: Mapped[Day] = field(
        "介绍日期", also="日期 登记日期", filter=True, section="介绍", today=True, place="003 篇十四 三"
    )
    introducer_id: Mapped[int] = link(
        "介绍人（老客户）", also="介绍人 老客户", to="customer", filter=True, place="003 篇十四 三"
    )
    relation: Mapped[ShortText | None] = field("双方关系", also="关系", mask=True, place="003 篇十四 三1")
    method: Mapped[Code | None] = choice(
        "介绍方式", also="方式", codes="referral_method", default="chain", filter=True, place="003 篇十四 三"
    )
    passed_on: Mapped[ShortText | None] = field("转送资料", place="003 篇十四 三1")
    introduced_name: Mapped[ShortText] = field(
        "被介绍人", also="新客户 姓名 客户姓名", search=True, section="被介绍人", place="003 篇十四 三"
    )
    introduced_phone: Mapped[Phone | None] = field(
        "联系电话", also="电话 手机", mask=True, search=True, place="003 篇十四 三"
    )
    introduced_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, place="+")
    estate: Mapped[ShortText | None] = field("小区", search=True, place="+")
    wants: Mapped[ShortText | None] = field("意向", place="+")
    named: Mapped[YesNo | None] = field("指定客户经理", filter=True, section="归属", place="003 篇十二 3.1.5")
    named_manager_id: Mapped[int | None] = person(
        "指定的客户经理", party=True, filter=True, place="003 篇十二 3.1.5", only_if="named", required_if="named"
    )
    owner_id: Mapped[int | None] = person("接待客户经理", also="客户经理", filter=True, place="003 篇十二 3.1.5")
    state: Mapped[Code | None] = choice(
        "进展", also="状态", codes="referral_state", default="named", filter=True, section="结果", place="+"
    )
    contacted_on: Mapped[Day | None] = field("首次联系日期", place="+")
    visited_on: Mapped[Day | None] = field("到访日期", filter=True, place="+")
    signed_on: Mapped[Day | None] = field("成交日期", filter=True, place="+")
    deal_amount: Mapped[Money | None] = field("成交金额（元）", also="成交金额", filter=True, place="+")
    reward_kind: Mapped[Code | None] = choice(
        "奖励方式",
        also="奖励",
        codes="referral_reward",
        default="none",
        filter=True,
        section="奖励",
        place="003 篇十四 三",
    )
    reward_amount: Mapped[Money | None] = field(
        "奖励金额（元）",
        also="奖励金额",
        filter=True,
        place="003 篇十四 三",
        only_if="reward_kind: cash gift discount points",
    )
    reward: Mapped[ShortText | None] = field("奖励内容", place="003 篇十四 三")
    rewarded_on: Mapped[Day | None] = field("兑现日期", filter=True, place="003 篇十四 三")
    received: Mapped[YesNo | None] = field("客户已签收", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "奖励批准",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
