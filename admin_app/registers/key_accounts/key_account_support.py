"""Support given to key accounts."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, Percentage, ShortText, choice, field, link, person, sign
from ...grants.key_accounts import accounts_led, accounts_read, own_accounts
from ...models import Register


class KeyAccountSupport(
    Register,
    title="大客户支持表",
    key="requested_on customer_id kind",
    list="requested_on customer_id kind content cost from_on until_on approved_by_id state",
    level=2,
    scope="department owner",
    grants=own_accounts | accounts_led | accounts_read,
    parties="requested_on customer_id kind content from_on until_on executor_id state approved_by_id approved_at",
):
    """One support of price, technique, people or promotion, from request to effect. 001 ch4 三."""

    ends_with = "state: done refused"

    __table_args__ = (
        in_order("from_on", "until_on"),
        between("cost", 0),
        between("rate", 0, 100),
        between("people", 0),
    )

    requested_on: Mapped[Day] = field("申请日期", also="日期", filter=True, section="申请", today=True, place="+")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 大客户名称", to="customer", filter=True, belongs=True, place="001 ch4 三"
    )
    key_account_id: Mapped[int | None] = link("大客户档案", to="key_account", filter=True, place="+")
    kind: Mapped[Code] = choice(
        "支持类别", also="类别 类型", codes="key_account_support", filter=True, place="001 ch4 三"
    )
    content: Mapped[ShortText] = field("支持内容", also="内容", search=True, place="001 ch4 三")
    reason: Mapped[LongText | None] = field("申请理由", also="理由", place="+")
    applicant_id: Mapped[int | None] = person("申请人", also="大客户专员", filter=True, party=True, place="+")
    rate: Mapped[Percentage | None] = field("优惠幅度（%）", also="优惠幅度", section="支持", place="+")
    cost: Mapped[Money | None] = field("预计费用", also="费用", filter=True, place="+")
    people: Mapped[Count | None] = field("投入人数", also="人数", place="+")
    from_on: Mapped[Day | None] = field("开始日期", filter=True, place="001 ch4 三")
    until_on: Mapped[Day | None] = field("结束日期", filter=True, place="001 ch4 三")
    executor_id: Mapped[int | None] = person("执行人", filter=True, party=True, place="+", handed_over=True)
    actual_cost: Mapped[Money | None] = field("实际费用", section="效果", place="+")
    effect: Mapped[LongText | None] = field("支持效果", also="效果", place="001 ch4 三")
    sales_after: Mapped[Money | None] = field("带动销售额", place="+")
    state: Mapped[Code] = choice("状态", codes="support_state", filter=True, default="applied", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准",
        signed_with="approve",
        roles="sales_manager service_manager director general_manager",
        place="+",
        help="填写效果和实际费用后须再次批准",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
