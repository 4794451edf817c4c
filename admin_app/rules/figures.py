"""What a company decides for itself, each setting once: label, default, limits, and the rule it belongs to.

Source: rules.md, preamble: "figures of a company are settings, versioned by date, with the manual's figure as default".
A new figure is one more ``Figure`` below; whoever uses it asks ``operations.figures`` for its value on the day and
passes that to the rule. The screen, the check of what is typed, the history and the trail follow from the line.
"""

from dataclasses import dataclass
from datetime import timedelta

from ..level_words import NAMES, PREFIX
from ..permissions import Level
from ..texts import Text, Word, say, word
from . import figures_money
from .figure_kinds import (
    CHARACTERS,
    DAYS,
    HOURS,
    MINUTES,
    OF_THE_CLOCK,
    PERCENT,
    PLANS,
    POINTS,
    TIMES,
    WORKING_DAYS,
    YEARS,
    YUAN,
    Declared,
    Figure,
    Hour,
    LevelPrefix,
    LevelWord,
    Switch,
    Week,
)
from .loan_terms import MAX_LOAN
from .working_days import CLOSING, WEEK

COMPANY = Declared(name="company_name", label=say("公司名称"), help=say("显示在每一页和登录页的左上角。"))
CLOSING_TIME = Hour(
    name="closing_time", label=say("下班时间"), default=f"{CLOSING:%H:%M}", earliest="12:00", latest="23:59",
    help=say("按工作日计算的期限，到最后一个工作日的这个时间为止。"),
)  # fmt: skip
WORKING_WEEK = Week(
    name="working_week", label=say("每周工作日"), default=sorted(WEEK),
    help=say("法定节假日和调休上班日按国家日历，不用填。"),
)  # fmt: skip

LEVEL_WORDS = {
    level: LevelWord(
        name=NAMES[level], label=say("第 {n} 级", n=int(level)), default=str(level.label), rule="R-CONF-13", level=level
    )
    for level in Level
}
LEVEL_PREFIX = LevelPrefix(
    name=PREFIX, label=say("前缀"), default="", rule="R-CONF-13", help=say("加在各级名称之前，如“商密·”。填“无”即不加。"),
)  # fmt: skip

_LENDING, _SIGNING, _ACCESS = say("档案借阅"), say("签批"), say("登录与密码")
_KEEPING = say("档案保管")
_DISPATCH = say("派单")
_SCORING = say("月度考核")

GRANT_DAYS = Figure(
    name="grant_working_days", label=say("批准的有效期"), area=_LENDING, unit=WORKING_DAYS, default=3, lowest=1,
    highest=3, rule="R-LOAN-04", help=say("只能缩短。过期未借出，批准失效；已有的批准仍按批准时算定的时间。"),
)  # fmt: skip
COOLING_OFF = Figure(
    name="cooling_off_hours", label=say("归还后多久可再借同一件"), area=_LENDING, unit=HOURS, default=24, lowest=24,
    highest=168, rule="R-LOAN-05", help=say("只能延长，否则等于续借。"),
)  # fmt: skip
URGE_QUIET = Figure(
    name="urge_quiet_hours", label=say("催还后多久不再催"), area=_LENDING, unit=HOURS, default=4, lowest=1, highest=24,
    rule="R-LOAN-09",
)  # fmt: skip
REPAIR_DAYS = Figure(
    name="repair_days", label=say("检查发现损坏后多久修好"), area=_KEEPING, unit=DAYS, default=14, lowest=1, highest=90,
    rule="R-ARCH-05",
)  # fmt: skip
CALL_IN_DAYS = Figure(
    name="call_in_working_days", label=say("别处发现的资料多久收回"), area=_KEEPING, unit=WORKING_DAYS, default=3, lowest=1,
    highest=10, rule="R-ARCH-10", help=say("按发现日的规定算，从次日起。"),
)  # fmt: skip
STORAGE_CHECK_DAYS = Figure(
    name="storage_check_days", label=say("保管环境多久检查一次"), area=_KEEPING, unit=DAYS, default=31, lowest=7, highest=31,
    rule="R-ARCH-06", place=word("003 篇十三 5"), help=say("从上次检查算起，按库房。"),
)  # fmt: skip
PASSWORD_GOOD_FOR = Figure(
    name="password_minutes", label=say("签批免再输密码的时间"), area=_SIGNING, unit=MINUTES, default=10, lowest=1, highest=10,
    rule="R-ROLE-05", help=say("距上次验证密码超过这个时间，签批时要再输一次。"),
)  # fmt: skip
PASSWORD_LENGTH = Figure(
    name="password_length", label=say("密码最短长度"), area=_ACCESS, unit=CHARACTERS, default=12, lowest=12, highest=16,
    rule="R-SIGN-01", help=say("对以后设的密码有效。"),
)  # fmt: skip
LOCK_FAILURES = Figure(
    name="lock_failures", label=say("输错几次密码锁定账号"), area=_ACCESS, unit=TIMES, default=5, lowest=3, highest=5,
    rule="R-SIGN-01", help=say("指 15 分钟之内。"),
)  # fmt: skip
LOCK_MINUTES = Figure(
    name="lock_minutes", label=say("账号锁定时间"), area=_ACCESS, unit=MINUTES, default=15, lowest=15, highest=720,
    rule="R-SIGN-01",
)  # fmt: skip
IDLE = Figure(
    name="idle_minutes", label=say("不操作多久自动退出"), area=_ACCESS, unit=MINUTES, default=30, lowest=5, highest=30,
    rule="R-SIGN-02",
)  # fmt: skip
LONGEST = Figure(
    name="session_hours", label=say("一次登录最长时间"), area=_ACCESS, unit=HOURS, default=12, lowest=1, highest=12,
    rule="R-SIGN-02",
)  # fmt: skip
REMIND_FROM = Figure(
    name="remind_from", label=say("每天几点开始提醒"), area=say("提醒"), unit=OF_THE_CLOCK, default=8, lowest=6, highest=12,
    rule="R-NOTE-01", help=say("到下班时间为止。"),
)  # fmt: skip
LARGE_ORDER = Figure(
    name="large_order_yuan", label=say("多少以上为大单"), area=_DISPATCH, unit=YUAN, default=200_000, lowest=10_000,
    highest=10_000_000, rule="R-DISP-04", place=word("000 选派规定6"), help=say("大单先按级别、再按是否收费选派。"),
)  # fmt: skip
ORDER_LAPSES = Figure(
    name="order_lapses_days", label=say("派出后多久没有定金即失效"), area=_DISPATCH, unit=DAYS, default=30, lowest=7,
    highest=90, rule="R-DISP-05", help=say("失效前算作持单；对以后派出的有效。"),
)  # fmt: skip
PLANS_UNSIGNED = Figure(
    name="plans_unsigned", label=say("连续几个方案没有签单即停派"), area=_DISPATCH, unit=PLANS, default=5, lowest=2,
    highest=20, rule="R-DISP-06", place=word("000 选派规定7"), help=say("期房客户不计。"),
)  # fmt: skip
INCIDENTS = Figure(
    name="incidents", label=say("违纪几次即不派单"), area=_DISPATCH, unit=TIMES, default=3, lowest=1, highest=10,
    rule="R-DISP-07", place=word("000 派单制度6"), help=say("旷工、迟到、早退、外出不登记和影响团队的言语。"),
)  # fmt: skip
INCIDENT_DAYS = Figure(
    name="incident_days", label=say("违纪按最近多少天计"), area=_DISPATCH, unit=DAYS, default=30, lowest=7, highest=90,
    rule="R-DISP-07", place=word("000 派单制度6"),
)  # fmt: skip
SITE_VISITS = Figure(
    name="site_visits", label=say("设计师每个工地应下场"), area=_DISPATCH, unit=TIMES, default=5, lowest=3, highest=20,
    rule="R-DISP-09", place=word("002 设计师8"), help=say("其中现场交底、木工基础完活、中期款前各一次。"),
)  # fmt: skip
MISSING_VISIT = Figure(
    name="missing_visit_percent", label=say("每缺一次下场扣该项目提成"), area=_DISPATCH, unit=PERCENT, default=10,
    lowest=1, highest=20, rule="R-DISP-09", place=word("002 设计师8"),
)  # fmt: skip

_FINES = say("档案罚款")
#: by clause (``archive_fine``), in yuan for one vehicle or one item (R-FINE-01)
FINES = {
    clause: Figure(
        name=f"fine_{clause}", label=label, area=_FINES, unit=YUAN, default=usual, lowest=0, highest=10_000,
        rule="R-FINE-01", place=word("003 篇七"),
    )
    for clause, label, usual in (
        ("sale_late", say("销售顾问逾期移交（每车次）"), 50),
        ("sale_inspection_sign", say("检查单无用户签名或错误（每项）"), 20),
        ("service_contact", say("未核对联系人和电话（每车次）"), 50),
        ("service_late", say("服务顾问逾期移交或未补齐（每车次）"), 50),
        ("service_defect", say("资料不完整、错误、不合要求（每项）"), 20),
        ("service_customer_sign", say("无用户签名或错误（每项）"), 50),
        ("service_internal_sign", say("无内部人员签名或错误（每项）"), 20),
        ("lost", say("档案遗失毁损，另罚（每件）"), 20),
    )
}  # fmt: skip
CUT_SALES_TOO = Switch(
    name="fine_cut_sales_too",
    label=say("绩效扣罚也适用于销售顾问"),
    area=_FINES,
    rule="R-FINE-02",
    place=word("003 篇七 6"),
)
#: by grade, in contacts of a whole month (R-FOLL-01)
CONTACTS = {
    grade: Figure(
        name=f"contacts_{grade.lower()}", label=label, area=_SCORING, unit=TIMES, default=usual, lowest=1, highest=31,
        rule="R-FOLL-01", place=word("000 考核2"),
    )
    for grade, label, usual in (
        ("A", say("A 类客户每月追访"), 4),
        ("B", say("B 类客户每月追访"), 3),
        ("C", say("C 类客户每月追访"), 2),
        ("D", say("D 类客户每月追访"), 1),
    )
}  # fmt: skip
HAND_IN_HOUR = Figure(
    name="hand_in_hour", label=say("当日登记上交时间"), area=_SCORING, unit=OF_THE_CLOCK, default=18, lowest=12, highest=23,
    rule="R-CUST-05", help=say("过了这个时间为迟交；这个时间以后发生的，按准许补交算。"),
)  # fmt: skip
LEAVE_HOUR = Figure(
    name="leave_hour", label=say("准许补交的次日上交时间"), area=_SCORING, unit=OF_THE_CLOCK, default=10, lowest=6, highest=18,
    rule="R-CUST-05", place=word("003 篇十二 3.1.1"),
)  # fmt: skip
LATE_FILE = Figure(
    name="late_file_points", label=say("客户档案迟交每份扣分"), area=_SCORING, unit=POINTS, default=1, lowest=1, highest=10,
    rule="R-CUST-12", place=word("003 篇十二 4.1"), help=say("扣在应交日期所在月份的信息管理分里。"),
)  # fmt: skip
COLD_DAYS = Figure(
    name="cold_days", label=say("多少天未联系即待激活"), area=say("客户"), unit=DAYS, default=30, lowest=7, highest=180,
    rule="R-CUST-09", help=say("从最近联系算起，没有联系过的从登记算起。"),
)  # fmt: skip
FILING_DAYS = Figure(
    name="filing_working_days", label=say("成交后多久交档归档"), area=say("客户"), unit=WORKING_DAYS, default=3, lowest=1,
    highest=15, rule="R-CUST-12", place=word("003 篇十二 3.2.4"), help=say("按成交日的规定算，从次日起。"),
)  # fmt: skip
CARD_DAYS = Figure(
    name="card_days", label=say("客户关系卡多久核实一次"), area=say("客户"), unit=DAYS, default=90, lowest=30, highest=365,
    rule="R-RELA-01", help=say("从最近核实算起，没有核实过的从建卡算起；到期为待更新。"),
)  # fmt: skip
VISIT_ROUND = Figure(
    name="visit_round_days", label=say("多少天内拜访一遍客户"), area=say("客户"), unit=DAYS, default=90, lowest=7, highest=365,
    rule="R-RELA-02", help=say("按负责人统计拜访覆盖。"),
)  # fmt: skip
CARE_AHEAD = Figure(
    name="care_days", label=say("提前几天提示生日、节日和活动"), area=say("客户"), unit=DAYS, default=7, lowest=1, highest=31,
    rule="R-RELA-02",
)  # fmt: skip
OBJECTION_DAYS = Figure(
    name="objection_working_days", label=say("考核异议期限"), area=_SCORING, unit=WORKING_DAYS, default=2, lowest=2,
    highest=10, rule="R-SCOR-03", help=say("只能延长。期限内不表示的，视为认可。"),
)  # fmt: skip
REPORT_DAYS = Figure(
    name="score_report_working_days", label=say("月度汇总上报期限"), area=_SCORING, unit=WORKING_DAYS, default=5, lowest=1,
    highest=10, rule="R-SCOR-03", help=say("从次月第一个工作日算起。"),
)  # fmt: skip

_KEEPING = say("保存期限")
KEPT_YEARS = Figure(
    name="kept_years", label=say("对外提供和泄密记录保存"), area=_KEEPING, unit=YEARS, default=3, lowest=3, highest=30,
    rule="R-PRIV-02", help=say("只能延长。期满前不能作废。"),
)  # fmt: skip
EXPORT_DAYS = Figure(
    name="export_days", label=say("后台导出的文件保留"), area=_ACCESS, unit=DAYS, default=7, lowest=1, highest=30,
    rule="R-CONF-12", help=say("期满后由夜间整理删除，可重新生成。已生成的文件仍按生成时算定的日期。"),
)  # fmt: skip

#: by name, in the order in which they stand above, which is that of the screen
DECLARED = {
    one.name: one
    for each in [*vars().values(), *vars(figures_money).values()]
    for one in (each.values() if isinstance(each, dict) else [each])
    if isinstance(one, Declared)
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """What no company can change, shown beside what it can."""

    area: Text
    label: Text
    value: Text
    rule: str
    place: Word


#: so many orders a designer holds at most; no more are approved (R-DISP-03)
MOST_HELD = 3

FIXED = (
    Fixed(
        _LENDING, say("借期"), say("最多 {days} 天（{hours} 小时），不续借", days=MAX_LOAN.days,
        hours=MAX_LOAN // timedelta(hours=1)), "R-LOAN-05", word("003 篇十一 19.5"),
    ),
    Fixed(_DISPATCH, say("设计师持单"), say("最多 {n} 单", n=MOST_HELD), "R-DISP-03", word("000 选派规定3")),
    Fixed(_SIGNING, say("两级签批"), say("两个人分别签，不批自己的"), "R-ROLE-04", word("003 篇十一 24")),
)  # fmt: skip
