"""Analyses of key accounts."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Day, LongText, Money, Percentage, choice, field, link, person, sign
from ...grants.key_accounts import accounts_followed, accounts_kept
from ...models import Register


class KeyAccountAnalysis(
    Register,
    title="大客户分析表",
    key="analysed_on customer_id",
    list="analysed_on customer_id from_on until_on analyst_id trend contribution risk approved_by_id",
    level=3,
    scope="department owner",
    grants=accounts_kept | accounts_followed,
    parties="analysed_on customer_id from_on until_on analyst_id",
):
    """One analysis over a period: trend, contribution, risk and advice. 001 ch4 五."""

    __table_args__ = (
        in_order("from_on", "until_on"),
        between("contribution", 0, 100),
    )

    analysed_on: Mapped[Day] = field(
        "分析日期", also="日期", filter=True, section="分析", today=True, place="001 ch4 五"
    )
    customer_id: Mapped[int] = link("客户", also="客户名称 大客户名称", to="customer", filter=True, place="001 ch4 五")
    key_account_id: Mapped[int | None] = link("大客户档案", to="key_account", filter=True, belongs=True, place="+")
    from_on: Mapped[Day | None] = field("期间起", filter=True, place="+")
    until_on: Mapped[Day | None] = field("期间止", filter=True, place="+")
    analyst_id: Mapped[int] = person("分析人", also="填表人", filter=True, party=True, place="001 ch4 五")
    sales: Mapped[Money | None] = field("本期销售额", filter=True, section="趋势", place="001 ch4 五")
    sales_before: Mapped[Money | None] = field("上期销售额", place="+")
    growth: Mapped[Percentage | None] = field("增长率", place="+")
    trend: Mapped[Code | None] = choice("销售趋势", also="趋势", codes="account_trend", filter=True, place="001 ch4 五")
    trend_note: Mapped[LongText | None] = field("趋势说明", place="001 ch4 五")
    contribution: Mapped[Percentage | None] = field(
        "销售贡献占比（%）", also="贡献度 贡献", filter=True, section="贡献", place="001 ch4 五"
    )
    gross: Mapped[Money | None] = field("毛利额", place="+")
    service_cost: Mapped[Money | None] = field("服务成本", place="+")
    contribution_note: Mapped[LongText | None] = field("贡献分析", place="001 ch4 五")
    risk: Mapped[Code | None] = choice(
        "风险等级", also="风险", codes="account_risk", filter=True, section="风险", place="001 ch4 五"
    )
    risk_note: Mapped[LongText | None] = field("风险说明", place="001 ch4 五")
    overdue: Mapped[Money | None] = field("逾期应收", place="+")
    advice: Mapped[LongText | None] = field("建议", also="对策", section="建议", place="001 ch4 五")
    measures: Mapped[LongText | None] = field("拟采取措施", place="+")
    responsible_id: Mapped[int | None] = person("落实人", filter=True, party=True, place="+")
    due_on: Mapped[Day | None] = field("落实期限", filter=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles="service_manager general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
