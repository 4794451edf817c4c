"""Bonuses for results and ranks."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, Percentage, ShortText, choice, field, link, person, sign
from ...grants.development import bonuses_kept
from ...models import Register


class SalesBonus(
    Register,
    title="绩效奖金发放表",
    key="month_on person_id kind",
    list="month_on person_id kind rank_no base amount due_on approved_by_id paid_at",
    level=3,
    scope="department",
    grants=bonuses_kept,
    parties="month_on person_id kind rank_no base rate amount reclaimed paid_amount due_on paid_at "
    "approved_by_id approved_at",
):
    """One bonus; monthly ones are due with the next pay, yearly after the accounts (R-INCE-05). 001 激励 19-20."""

    __table_args__ = (
        between("amount", 0),
        between("reclaimed", 0),
        between("rate", 0, 100),
        between("rank_no", 0),
    )

    month_on: Mapped[Day] = field(
        "所属月份",
        also="月份",
        filter=True,
        section="奖金",
        place="001 激励 19",
        help="填该月1日，年度奖金填当年12月1日",
    )
    person_id: Mapped[int] = person("人员", also="姓名 开发人员", filter=True, party=True, place="001 激励 19")
    kind: Mapped[Code] = choice("奖金类别", also="奖金项目 类别", codes="bonus_kind", filter=True, place="001 激励 19")
    ranking_id: Mapped[int | None] = link("依据的排名", to="sales_ranking", filter=True, place="+")
    rank_no: Mapped[Count | None] = field("名次", filter=True, place="001 激励 19")
    base: Mapped[Money | None] = field("计奖基数", also="实销额", place="001 激励 19")
    rate: Mapped[Percentage | None] = field("计奖比例", place="001 激励 19")
    amount: Mapped[Money] = field("奖金金额", also="金额", filter=True, place="001 激励 19")
    reclaimed: Mapped[Money | None] = field("追回金额", place="001 激励 6")
    reclaim_reason: Mapped[ShortText | None] = field("追回原因", place="001 激励 6")
    paid_amount: Mapped[Money | None] = field("实发金额", place="+")
    due_on: Mapped[Day | None] = field(
        "应发日期",
        computed=True,
        filter=True,
        section="发放",
        place="001 激励 20",
        help="月度随次月工资，年度于年度结算后",
    )
    approved_by_id: Mapped[int | None] = sign("批准", signed_with="approve", roles="general_manager", place="+")
    paid_by_id: Mapped[int | None] = sign("发放人", signed_with="edit", roles="hr", place="001 激励 20")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
