"""Sales targets: what each person is to sell in a month."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, choice, field, person, sign
from ...grants.development import leadership_signs, own_figures, results_led, results_read
from ...models import Register


class SalesTarget(
    Register,
    title="销售目标",
    key="month_on person_id period",
    list="month_on person_id period standard target receipts_target customers_target",
    level=2,
    scope="department owner",
    grants=own_figures | results_led | results_read | leadership_signs,
    parties="month_on person_id period standard target receipts_target customers_target visits_target",
):
    """One person's standard amount and target of a month or year (R-INCE-04). 001 激励 13-14."""

    __table_args__ = (
        between("standard", 0),
        between("target", 0),
        between("receipts_target", 0),
        between("customers_target", 0),
        between("visits_target", 0),
    )

    month_on: Mapped[Day] = field(
        "月份", also="日期", filter=True, section="目标", place="001 激励 14", help="填该月1日，年度目标填当年1月1日"
    )
    period: Mapped[Code] = choice("期间", codes="target_period", filter=True, default="month", place="001 激励 13")
    person_id: Mapped[int] = person("人员", also="姓名 开发人员", filter=True, party=True, place="001 激励 14")
    group_name: Mapped[ShortText | None] = field("组别", filter=True, search=True, place="001 激励 21 2")
    standard: Mapped[Money] = field("月标准销售额", also="标准销售额 标准额", filter=True, place="001 激励 14")
    target: Mapped[Money] = field("销售目标", also="目标额 目标", filter=True, place="001 激励 13")
    receipts_target: Mapped[Money | None] = field("收款目标", filter=True, place="001 激励 14")
    customers_target: Mapped[Count | None] = field("新客户目标数", place="+")
    visits_target: Mapped[Count | None] = field("拜访客户目标数", also="拜访目标", place="001 激励 3")
    set_by_id: Mapped[int | None] = sign(
        "核定", signed_with="approve", roles="sales_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
