"""Intermediaries: agencies, property firms and engineering firms that bring customers."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Percentage,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
)
from ...grants.customers import partners_kept, partners_looked_up
from ...models import Lines, Register


class IntermediaryContact(Lines, of="intermediary"):
    """One more person at the intermediary."""

    name: Mapped[ShortText] = field("姓名", place="004 渠道管理")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="004 渠道管理")
    post: Mapped[ShortText | None] = field("职务", place="004 渠道管理")


class IntermediaryIntroduction(Lines, of="intermediary"):
    """One customer it introduced."""

    introduced_on: Mapped[Day] = field("介绍日期", place="004 渠道管理")
    customer_id: Mapped[int | None] = link("客户", to="customer", place="004 渠道管理")
    name: Mapped[ShortText | None] = field("客户姓名", place="004 渠道管理")
    signed: Mapped[YesNo | None] = field("已成交", place="004 渠道管理")
    fee: Mapped[Money | None] = field("佣金（元）", place="004 渠道管理")
    paid_on: Mapped[Day | None] = field("支付日期", place="+")


class Intermediary(
    Register,
    title="中介登记表",
    key="name kind",
    list="since_on name kind contact phone deals state",
    level=1,
    grants=partners_looked_up | partners_kept,
    parties="name kind since_on state",
):
    """One intermediary and what came of its introductions (R-CUST-11). 003 篇十二 3.1.6, 004 渠道管理."""

    ends_with = "state: ended"

    __table_args__ = (
        in_order("since_on", "until_on"),
        between("commission_rate", 0, 100),
    )

    name: Mapped[ShortText] = field(
        "中介名称", also="单位名称 名称 中介", search=True, section="单位", place="004 渠道管理"
    )
    kind: Mapped[Code] = choice("类别", also="中介类别", codes="intermediary_kind", filter=True, place="004 渠道管理")
    since_on: Mapped[Day] = field("合作开始日期", also="登记日期 日期", filter=True, place="004 渠道管理")
    until_on: Mapped[Day | None] = field("合作到期", filter=True, place="+")
    address: Mapped[ShortText | None] = field("地址", search=True, place="+")
    estates: Mapped[ShortText | None] = field("覆盖小区", also="负责小区", search=True, place="+")
    licence: Mapped[ShortText | None] = field("备案或执照号", place="+")
    contact: Mapped[ShortText | None] = field("联系人", search=True, section="联系", place="004 渠道管理")
    phone: Mapped[Phone | None] = field("联系电话", also="电话 手机", mask=True, search=True, place="004 渠道管理")
    other_contacts: Mapped[list[IntermediaryContact]] = child_rows("其他经办人", IntermediaryContact, place="+")
    owner_id: Mapped[int | None] = person("对接人", also="客户经理", party=True, filter=True, place="+")
    terms: Mapped[LongText | None] = field("合作约定", also="佣金约定", section="合作", place="004 渠道管理")
    commission_rate: Mapped[Percentage | None] = field("佣金比例", also="佣金", filter=True, place="+")
    agreement: Mapped[Attachment | None] = field("合作协议", place="+")
    state: Mapped[Code | None] = choice(
        "合作状态", also="状态", codes="partner_state", default="active", filter=True, place="004 渠道管理"
    )
    introductions: Mapped[list[IntermediaryIntroduction]] = child_rows(
        "介绍记录", IntermediaryIntroduction, section="介绍情况", place="004 渠道管理"
    )
    introduced: Mapped[Count | None] = field("介绍人数", filter=True, place="004 渠道管理")
    deals: Mapped[Count | None] = field("成交数", filter=True, place="004 渠道管理")
    evaluation: Mapped[LongText | None] = field("合作评价", also="评价", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
