"""What a company decides for itself about credit, results and bonuses; ``figures`` adds these to its own."""

from ..texts import say, word
from .figure_kinds import DAYS, PERCENT, YUAN, Figure, Unit

PER_TEN_THOUSAND, OF_THE_MONTH, MONTH_OF_NEXT_YEAR = Unit(say("‱")), Unit(say("日")), Unit(say("月（次年）"))

_CREDIT = say("信用与货款")
CREDIT_WINDOW = Figure(
    name="credit_window_days", label=say("授信额按前多少天的开票货款"), area=_CREDIT, unit=DAYS, default=30, lowest=1,
    highest=366, rule="R-CRED-01", place=word("003 篇二 1.2"),
)  # fmt: skip
CREDIT_TERM = Figure(
    name="credit_term_days", label=say("款期超过多少天须逐单审批"), area=_CREDIT, unit=DAYS, default=30, lowest=1,
    highest=366, rule="R-CRED-02", place=word("003 篇二 1.4.2"),
)  # fmt: skip
#: by post (``bad_debt_role``), in percent of the debt; what is left of a hundred the company bears
BAD_DEBT_SHARES = {
    post: Figure(
        name=f"bad_debt_{post}", label=label, area=_CREDIT, unit=PERCENT, default=usual, lowest=0, highest=100,
        rule="R-CRED-03", place=word("003 篇二 3.1"),
    )
    for post, label, usual in (
        ("sales", say("坏账由开发专员承担"), 20),
        ("sales_manager", say("坏账由区域经理承担"), 10),
        ("logistics", say("坏账由物流专员承担"), 0),
        ("warehouse", say("坏账由库管承担"), 0),
        ("marketing", say("坏账由市场部部长承担"), 0),
    )
}  # fmt: skip
BAD_DEBT_SIGNER = Figure(
    name="bad_debt_signer", label=say("末次超额未回款，由签发人承担"), area=_CREDIT, unit=PERCENT, default=100, lowest=0,
    highest=100, rule="R-CRED-03", place=word("003 篇二 4.1"), help=say("其余由公司承担。"),
)  # fmt: skip

_SALES = say("销售业绩与奖金")
BILL_FREE_DAYS = Figure(
    name="bill_free_days", label=say("期票从发货起多少天不计息"), area=_SALES, unit=DAYS, default=60, lowest=0, highest=366,
    rule="R-INCE-02", place=word("001 激励 15"),
)  # fmt: skip
BILL_RATE = Figure(
    name="bill_daily_rate", label=say("期票日利率"), area=_SALES, unit=PER_TEN_THOUSAND, default=2, lowest=0, highest=100,
    rule="R-INCE-02", help=say("万分之几。"),
)  # fmt: skip
GRADE_A = Figure(
    name="sales_grade_a", label=say("绩效 A 级的目标完成率"), area=_SALES, unit=PERCENT, default=100, lowest=1, highest=500,
    rule="R-INCE-04",
)  # fmt: skip
GRADE_B = Figure(
    name="sales_grade_b", label=say("绩效 B 级的目标完成率"), area=_SALES, unit=PERCENT, default=60, lowest=1, highest=500,
    rule="R-INCE-04",
)  # fmt: skip
BONUS_RATE = Figure(
    name="bonus_rate", label=say("业绩奖金占实销额"), area=_SALES, unit=PERCENT, default=2, lowest=0, highest=100,
    rule="R-INCE-05", place=word("001 激励 19"),
)  # fmt: skip
#: by place in the month
BONUS_MONTH = {
    place: Figure(
        name=f"bonus_month_{place}", label=label, area=_SALES, unit=YUAN, default=usual, lowest=0, highest=1_000_000,
        rule="R-INCE-05", place=word("001 激励 19"),
    )
    for place, label, usual in (
        (1, say("月度第一名奖金"), 500), (2, say("月度第二名奖金"), 300), (3, say("月度第三名奖金"), 200),
    )
}  # fmt: skip
#: by place in the year
BONUS_YEAR = {
    place: Figure(
        name=f"bonus_year_{place}", label=label, area=_SALES, unit=YUAN, default=usual, lowest=0, highest=1_000_000,
        rule="R-INCE-05", place=word("001 激励 19"),
    )
    for place, label, usual in (
        (1, say("年度第一名奖金"), 5000), (2, say("年度第二名奖金"), 3000), (3, say("年度第三名奖金"), 2000),
    )
}  # fmt: skip
PAY_DAY = Figure(
    name="pay_day", label=say("每月发薪日"), area=_SALES, unit=OF_THE_MONTH, default=15, lowest=1, highest=28,
    rule="R-INCE-05", place=word("001 激励 20"), help=say("月度奖金随次月工资发放。"),
)  # fmt: skip
ACCOUNTS_MONTH = Figure(
    name="year_accounts_month", label=say("年度结算完成的月份"), area=_SALES, unit=MONTH_OF_NEXT_YEAR, default=2, lowest=1,
    highest=12, rule="R-INCE-05", place=word("001 激励 20"), help=say("年度奖金随这个月的工资发放。"),
)  # fmt: skip
