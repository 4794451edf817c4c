"""Foremen: who leads sites, how many, and how well."""

from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Count,
    Day,
    IdentityNumber,
    LongText,
    Money,
    Percentage,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    person,
)
from ...grants.construction import foremen_kept
from ...models import Lines, Register


class ForemanTeam(Lines, of="foreman"):
    """One worker of the team."""

    name: Mapped[ShortText] = field("姓名", mask=True, place="+")
    trade: Mapped[Code | None] = choice("工种", codes="foreman_trade", place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")
    certificate: Mapped[ShortText | None] = field("证书编号", mask=True, place="+")
    joined_on: Mapped[Day | None] = field("入队日期", place="+")


class ForemanAward(Lines, of="foreman"):
    """One reward or fine in the work on sites."""

    given_on: Mapped[Day | None] = field("日期", place="+")
    kind: Mapped[ShortText] = field("奖惩事项", place="+")
    amount: Mapped[Money | None] = field("金额", place="+")


class Foreman(
    Register,
    title="工长（项目经理）档案",
    key="name",
    list="name employee_id trade grade sites_held max_sites score complaints state",
    level=1,
    scope="store",
    grants=foremen_kept,
    parties="name employee_id trade grade joined_on sites_held finished score complaints state",
):
    """One foreman as the customer manager may look them up (R-CONS-03). 000 工作权利3; 002 轻舟 四."""

    name: Mapped[ShortText] = field(
        "姓名", also="工长 项目经理", search=True, section="基本情况", place="000 工作权利3"
    )
    employee_id: Mapped[int | None] = person("对应员工", unique=True, party=True, filter=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="000 工作权利3")
    identity_number: Mapped[IdentityNumber | None] = field("身份证号", also="身份证", mask=True, level=2, place="+")
    hometown: Mapped[ShortText | None] = field("籍贯", mask=True, place="+")
    trade: Mapped[Code | None] = choice("工种", codes="foreman_trade", filter=True, place="+")
    grade: Mapped[Code | None] = choice("级别", also="星级", codes="foreman_grade", filter=True, place="+")
    joined_on: Mapped[Day | None] = field("入职日期", also="合作日期", filter=True, place="+")
    years: Mapped[Count | None] = field("从业年限", filter=True, place="+")
    certificate: Mapped[ShortText | None] = field("资格证书号", also="证书编号", search=True, mask=True, place="+")
    team: Mapped[Count | None] = field("班组人数", place="+")
    members: Mapped[list[ForemanTeam]] = child_rows("班组成员", ForemanTeam, place="+")
    strengths: Mapped[ShortText | None] = field("擅长工程", search=True, section="业绩", place="+")
    max_sites: Mapped[Count | None] = field("最多同时工地数", place="+")
    sites_held: Mapped[Count | None] = field("在施工地数", also="在施", filter=True, place="000 工作权利3")
    finished: Mapped[Count | None] = field("竣工工地数", place="+")
    visits_made: Mapped[Count | None] = field("检查次数", filter=True, place="002 轻舟 项目经理4")
    punctual: Mapped[Percentage | None] = field("按期竣工率（%）", filter=True, place="002 轻舟 项目经理3")
    score: Mapped[Percentage | None] = field("客户评分", filter=True, place="002 附录一")
    complaints: Mapped[Count | None] = field("投诉次数", also="投诉", filter=True, place="002 轻舟 设计师11")
    awards: Mapped[list[ForemanAward]] = child_rows("奖惩", ForemanAward, place="+")
    state: Mapped[Code] = choice(
        "状态", codes="foreman_state", default="available", filter=True, section="状态", place="+"
    )
    state_reason: Mapped[ShortText | None] = field(
        "停派原因", place="+", only_if="state: suspended left", required_if="state: suspended"
    )
    deposit: Mapped[Money | None] = field("质保金", level=2, mask=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
