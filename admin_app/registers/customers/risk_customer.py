"""Risk customers: who may cost the company money, how one sees it, what is done."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
from ...grants import LEADERSHIP
from ...grants.customers import risks_kept
from ...models import Register


class RiskCustomer(
    Register,
    title="危险客户统计表",
    key="noted_on customer_id",
    list="noted_on customer_id kind grade amount measure state due_on",
    level=3,
    scope="store department owner",
    grants=risks_kept,
    parties="noted_on customer_id kind state",
):
    """One customer at risk with signs, amount at stake and measure. 001 ch7."""

    ends_with = "state: cleared lost"
    due = "due_on"

    __table_args__ = (
        between("amount", 0),
        in_order("noted_on", "due_on"),
        in_order("noted_on", "cleared_on"),
    )

    noted_on: Mapped[Day] = field(
        "发现日期", also="日期 登记日期", filter=True, section="客户", today=True, place="001 ch7 七"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, place="001 ch7 七"
    )
    kind: Mapped[Code] = choice("风险类别", also="类别", codes="risk_kind", filter=True, place="001 ch7 七")
    grade: Mapped[Code] = choice(
        "危险程度", also="程度 等级", codes="risk_grade", default="middle", filter=True, place="001 ch7 七"
    )
    signs: Mapped[LongText] = field("危险征兆", also="征兆 表现", place="001 ch7 七")
    cause: Mapped[LongText | None] = field("原因分析", also="原因", place="001 ch7 七")
    source: Mapped[ShortText | None] = field("信息来源", place="+")
    amount: Mapped[Money | None] = field(
        "涉及金额（元）", also="金额 风险金额", filter=True, section="金额", place="001 ch7 七"
    )
    overdue: Mapped[Money | None] = field("逾期金额（元）", also="逾期金额", filter=True, place="+")
    overdue_days: Mapped[Count | None] = field("逾期天数", filter=True, place="+")
    secured: Mapped[YesNo | None] = field("有担保", place="+")
    measure: Mapped[LongText] = field("应对措施", also="措施", section="措施", place="001 ch7 七")
    responsible_id: Mapped[int | None] = person("责任人", party=True, filter=True, place="001 ch7 七", handed_over=True)
    due_on: Mapped[Day | None] = field("完成期限", also="期限", filter=True, place="001 ch7 七")
    progress: Mapped[LongText | None] = field("进展", place="001 ch7 七")
    state: Mapped[Code | None] = choice("状态", codes="risk_state", default="watching", filter=True, place="001 ch7 七")
    cleared_on: Mapped[Day | None] = field("解除日期", filter=True, place="001 ch7 七", only_if="state: cleared")
    loss: Mapped[Money | None] = field("实际损失（元）", also="损失", filter=True, place="001 ch7 七")
    reviewed_by_id: Mapped[int | None] = sign("审阅人", signed_with="approve", roles=LEADERSHIP, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
