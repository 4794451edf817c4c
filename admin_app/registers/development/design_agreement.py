"""Design agreements and their deposits: what makes a customer grade A and an order held."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order, needs
from ...fields import Area, Attachment, Code, Day, LongText, Money, ShortText, YesNo, choice, field, link, person
from ...grants.development import named_builders, signings_kept
from ...models import Register


class DesignAgreement(
    Register,
    title="设计协议与定金登记表",
    key="signed_on number",
    list="signed_on number customer_id designer_id deposit received_on off_plan state contract_signed",
    level=2,
    scope="store owner",
    grants=signings_kept | named_builders,
    parties="signed_on number customer_id designer_id deposit receipt_number received_on off_plan state "
    "finished_on contract_signed",
):
    """One agreement; grades and held orders count these rows (R-CUST-02, R-DISP-03, R-DISP-05). 000 客户分级, 选派规定."""

    ends_with = "state: finished withdrawn"

    __table_args__ = (
        in_order("signed_on", "finished_on"),
        between("deposit", 0),
        between("fee", 0),
        needs("received_on", "deposit"),
    )

    signed_on: Mapped[Day] = field(
        "签订日期", also="日期", filter=True, section="协议", today=True, place="000 客户分级A"
    )
    number: Mapped[ShortText] = field("协议编号", also="编号", search=True, place="000 客户分级A")
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, belongs=True, place="000 客户分级A"
    )
    designer_id: Mapped[int] = person(
        "设计师", also="设计师姓名", filter=True, party=True, place="000 选派规定3", handed_over=True
    )
    home_id: Mapped[int | None] = link("房屋", to="property_home", place="+")
    dispatch_id: Mapped[int | None] = link("派单", to="dispatch_order", late=True, place="+")
    scheme: Mapped[ShortText | None] = field("设计内容", search=True, place="+")
    area: Mapped[Area | None] = field("设计面积（㎡）", also="面积", place="+")
    fee: Mapped[Money | None] = field("设计费", place="+")
    off_plan: Mapped[YesNo | None] = field("期房", also="是否期房", filter=True, place="000 选派规定7")
    deposit: Mapped[Money | None] = field("定金金额", also="定金", filter=True, section="定金", place="000 客户分级A")
    receipt_number: Mapped[ShortText | None] = field("收据号", also="收据编号", search=True, place="000 客户分级A")
    received_on: Mapped[Day | None] = field("收款日期", filter=True, place="000 客户分级A")
    pay_method: Mapped[Code | None] = choice("收款方式", codes="receipt_method", filter=True, place="+")
    state: Mapped[Code] = choice(
        "状态", codes="agreement_state", filter=True, default="held", section="状态", place="000 选派规定3"
    )
    finished_on: Mapped[Day | None] = field(
        "完成或退出日期", also="完成日期 退出日期", filter=True, place="000 选派规定3"
    )
    withdraw_reason: Mapped[ShortText | None] = field(
        "退出原因", place="+", only_if="state: withdrawn", required_if="state: withdrawn"
    )
    refunded: Mapped[Money | None] = field("退还定金", place="+")
    contract_signed: Mapped[YesNo | None] = field("签单", also="是否签单", filter=True, place="000 选派规定7")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", place="+")
    scan: Mapped[Attachment | None] = field("协议扫描件", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
