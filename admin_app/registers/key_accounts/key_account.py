"""Key accounts: who they are, who decides there, and how much of their business is ours."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Money,
    Percentage,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.key_accounts import accounts_followed, accounts_kept
from ...models import Lines, Register


class KeyAccountDecider(Lines, of="key_account"):
    """Somebody who has a say there."""

    name: Mapped[ShortText] = field("姓名", place="001 ch4 二")
    post: Mapped[ShortText | None] = field("职务", place="001 ch4 二")
    role: Mapped[Code | None] = choice("决策角色", codes="decision_role", place="+")
    phone: Mapped[Phone | None] = field("联系电话", mask=True, place="001 ch4 二")
    attitude: Mapped[Code | None] = choice("对我方态度", codes="decider_attitude", place="+")
    concern: Mapped[ShortText | None] = field("关注点", place="+")
    habits: Mapped[ShortText | None] = field("喜好与习惯", mask=True, place="+")


class KeyAccountRival(Lines, of="key_account"):
    """Who else sells to it."""

    name: Mapped[ShortText] = field("供应商", place="+")
    share: Mapped[Percentage | None] = field("份额", place="+")
    strength: Mapped[ShortText | None] = field("优势", place="+")


class KeyAccount(
    Register,
    title="大客户档案表",
    key="opened_on customer_id",
    list="opened_on customer_id class_code industry manager_id year_purchases wallet_share state",
    level=3,
    scope="department owner",
    grants=accounts_kept | accounts_followed,
    parties="opened_on customer_id class_code industry manager_id state next_review_on",
):
    """One key account's profile; its reports name it (R-CONF-01, report key_customers). 001 ch4 二."""

    ends_with = "state: closed"
    due = "next_review_on"

    __table_args__ = (
        in_order("opened_on", "closed_on"),
        between("wallet_share", 0, 100),
        between("year_purchases", 0),
        between("our_sales", 0),
        between("staff", 0),
    )

    opened_on: Mapped[Day] = field(
        "建档日期", also="日期", filter=True, section="基本情况", today=True, place="001 ch4 二"
    )
    number: Mapped[ShortText | None] = field("大客户编号", also="编号", search=True, place="+")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 大客户名称", to="customer", filter=True, belongs=True, place="001 ch4 二"
    )
    class_code: Mapped[Code | None] = choice(
        "大客户级别", also="级别", codes="key_account_class", filter=True, place="001 ch4 二"
    )
    industry: Mapped[ShortText | None] = field(
        "所属行业", also="行业 业种", filter=True, search=True, place="001 ch4 二"
    )
    kind: Mapped[Code | None] = choice("企业性质", codes="company_kind", filter=True, place="001 ch4 二")
    founded_on: Mapped[Day | None] = field("成立日期", place="001 ch4 二")
    capital: Mapped[Money | None] = field("注册资本", place="001 ch4 二")
    staff: Mapped[Count | None] = field("员工人数", place="001 ch4 二")
    business: Mapped[LongText | None] = field("主营业务", place="001 ch4 二")
    address: Mapped[ShortText | None] = field("地址", mask=True, place="001 ch4 二")
    phone: Mapped[Phone | None] = field("电话", also="联系电话", mask=True, search=True, place="001 ch4 二")
    website: Mapped[ShortText | None] = field("网址", place="+")
    manager_id: Mapped[int] = person(
        "大客户经理", also="负责人 大客户专员", filter=True, party=True, place="001 ch4 二", handed_over=True
    )
    deciders: Mapped[list[KeyAccountDecider]] = child_rows(
        "决策链", KeyAccountDecider, section="决策链", place="001 ch4 二"
    )
    decision_steps: Mapped[LongText | None] = field("采购决策流程", also="决策流程", place="001 ch4 二")
    year_on: Mapped[Day | None] = field(
        "统计年度", also="年度", filter=True, section="采购与份额", place="+", help="填该年1月1日"
    )
    year_purchases: Mapped[Money | None] = field("年采购总额", also="年采购额", filter=True, place="001 ch4 二")
    our_sales: Mapped[Money | None] = field("从我方采购额", also="我方销售额", filter=True, place="001 ch4 二")
    wallet_share: Mapped[Percentage | None] = field(
        "钱包份额（%）", also="钱包份额 采购占比", filter=True, place="001 ch4 二"
    )
    products: Mapped[LongText | None] = field("主要采购产品", place="001 ch4 二")
    rivals: Mapped[list[KeyAccountRival]] = child_rows("竞争供应商", KeyAccountRival, place="+")
    potential: Mapped[LongText | None] = field("潜在需求", place="001 ch4 二")
    contract_id: Mapped[int | None] = link("合作合同", to="contract", filter=True, section="合作", place="+")
    credit_line_id: Mapped[int | None] = link("授信", to="credit_line", filter=True, late=True, place="+")
    service_terms: Mapped[LongText | None] = field("专项服务约定", place="001 ch4 二")
    risks: Mapped[LongText | None] = field("合作风险", place="+")
    state: Mapped[Code] = choice("状态", codes="key_account_state", filter=True, default="active", place="+")
    next_review_on: Mapped[Day | None] = field("下次评审日期", filter=True, place="+")
    closed_on: Mapped[Day | None] = field("退出日期", place="+", only_if="state: closed")
    reviewed_by_id: Mapped[int | None] = sign(
        "评审人", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
