"""Bad debts and who bears them."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Day, LongText, Money, Percentage, YesNo, child_rows, choice, field, link, person, sign
from ...grants import LEADERSHIP
from ...grants.credit import credit_followed, credit_kept
from ...models import Lines, Register


class BadDebtShare(Lines, of="bad_debt"):
    """What one person bears; shares are computed to the cent."""

    person_id: Mapped[int] = person("承担人", place="003 篇二 3")
    role: Mapped[Code | None] = choice("岗位", codes="bad_debt_role", place="003 篇二 3.2")
    share: Mapped[Percentage | None] = field("比例", place="003 篇二 3")
    amount: Mapped[Money | None] = field("金额", place="003 篇二 3")
    deducted: Mapped[Money | None] = field("已扣金额", place="003 篇二 4.1")


class BadDebt(
    Register,
    title="坏账承担登记表",
    key="found_on customer_id shipment_id",
    list="found_on customer_id shipment_id kind amount ground responsible_id deducted_amount approved_by_id",
    level=3,
    scope="department",
    grants=credit_kept | credit_followed,
    parties="found_on customer_id shipment_id kind amount ground responsible_id deduct_from_on "
    "deducted_amount approved_by_id approved_at",
):
    """One debt written off; the shares add up to the cent (R-CRED-03). 003 篇二 3-4."""

    __table_args__ = (
        between("amount", 0),
        between("recovered", 0),
        in_order("found_on", "closed_on"),
    )

    found_on: Mapped[Day] = field("认定日期", also="日期", filter=True, section="坏账", today=True, place="003 篇二 3")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", filter=True, belongs=True, place="003 篇二 3"
    )
    shipment_id: Mapped[int | None] = link("发货单", also="发票号", to="shipment", filter=True, place="003 篇二 3")
    amount: Mapped[Money] = field("坏账金额", also="金额", filter=True, place="003 篇二 3")
    kind: Mapped[Code | None] = choice("发货类别", codes="shipment_kind", filter=True, place="003 篇二 3")
    within: Mapped[YesNo | None] = field("授信额内", also="额内", filter=True, place="003 篇二 3.1")
    ground: Mapped[Code] = choice("承担依据", also="依据", codes="bad_debt_ground", filter=True, place="003 篇二 3")
    cause: Mapped[LongText | None] = field("形成原因", also="原因", place="+")
    evidence: Mapped[LongText | None] = field("查实情况", place="003 篇二 3.2")
    responsible_id: Mapped[int | None] = person(
        "主要责任人", also="签发人", filter=True, party=True, section="承担", place="003 篇二 4.1"
    )
    shares: Mapped[list[BadDebtShare]] = child_rows("承担人", BadDebtShare, place="003 篇二 3")
    company_share: Mapped[Money | None] = field("公司承担金额", place="+")
    deduct_from_on: Mapped[Day | None] = field("抵扣开始月份", place="003 篇二 4.1", help="填该月1日")
    deducted_amount: Mapped[Money | None] = field("已从收入抵扣", also="已抵扣", filter=True, place="003 篇二 4.1")
    recovered: Mapped[Money | None] = field("追回金额", section="追收与法律处置", place="+")
    legal: Mapped[Code | None] = choice("法律处置", codes="legal_step", filter=True, place="003 篇二 4.2")
    legal_note: Mapped[LongText | None] = field("处置经过", place="003 篇二 4.2")
    closed_on: Mapped[Day | None] = field("结案日期", filter=True, place="+")
    proposed_by_id: Mapped[int | None] = sign(
        "提出", signed_with="edit", roles="info_supervisor service_manager", place="+"
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准",
        signed_with="approve",
        roles=LEADERSHIP,
        place="+",
        help="承担与追回有变动的须再次批准",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
