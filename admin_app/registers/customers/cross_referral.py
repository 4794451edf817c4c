"""Cross referrals: two customers brought together in business."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Day, LongText, Money, ShortText, YesNo, choice, field, link, person
from ...grants import heads_manage, information_keeps, own_customers, own_sales, sales_managed, supervision
from ...models import Register


class CrossReferral(
    Register,
    title="客户业务撮合登记表",
    key="proposed_on customer_id other_customer_id",
    list="proposed_on customer_id other_customer_id business state owner_id result",
    level=1,
    scope="store department owner",
    grants=own_customers | own_sales | sales_managed | heads_manage | information_keeps | supervision,
    parties="proposed_on customer_id other_customer_id business state owner_id",
):
    """Two customers whose trades fit, brought together; thanks for it are introductions. 003 篇十四 交叉合作法."""

    __table_args__ = (
        in_order("proposed_on", "met_on"),
        between("value", 0),
    )

    proposed_on: Mapped[Day] = field(
        "撮合日期", also="日期 登记日期", filter=True, section="双方", today=True, place="003 篇十四 交叉合作法"
    )
    customer_id: Mapped[int] = link(
        "客户甲", also="甲方客户", to="customer", belongs=True, filter=True, place="003 篇十四 交叉合作法"
    )
    trade: Mapped[ShortText | None] = field("甲方职业或行业", search=True, place="003 篇十四 交叉合作法")
    other_customer_id: Mapped[int] = link(
        "客户乙", also="乙方客户", to="customer", filter=True, place="003 篇十四 交叉合作法"
    )
    other_trade: Mapped[ShortText | None] = field("乙方职业或行业", search=True, place="003 篇十四 交叉合作法")
    agreed: Mapped[YesNo | None] = field("双方同意互通联系方式", filter=True, place="R-PRIV-01")
    business: Mapped[ShortText] = field(
        "合作业务", also="业务", search=True, section="业务", place="003 篇十四 交叉合作法"
    )
    contribution: Mapped[LongText | None] = field("促成过程", also="过程", place="003 篇十四 交叉合作法")
    owner_id: Mapped[int | None] = person("经办人", also="客户经理", filter=True, place="003 篇十四 交叉合作法")
    met_on: Mapped[Day | None] = field("引见日期", filter=True, place="003 篇十四 交叉合作法")
    state: Mapped[Code | None] = choice(
        "进展", also="状态", codes="cross_state", default="proposed", filter=True, place="003 篇十四 交叉合作法"
    )
    result: Mapped[LongText | None] = field("结果", section="结果", place="003 篇十四 交叉合作法")
    value: Mapped[Money | None] = field("合作金额（元）", also="金额", filter=True, place="+")
    thanks: Mapped[LongText | None] = field("回馈情况", place="003 篇十四 交叉合作法3")
    referral_id: Mapped[int | None] = link("带来的介绍", to="referral", place="003 篇十四 交叉合作法")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
