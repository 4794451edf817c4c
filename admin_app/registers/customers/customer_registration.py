"""Registrations: the day's new customers of every manager; the row that decides ownership."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Day, LongText, Moment, Money, Phone, ShortText, YesNo, choice, field, link, person
from ...grants.customers import own_registrations, registrations_kept
from ...models import Register


class CustomerRegistration(
    Register,
    title="客户信息登记表",
    key="registered_at name phone",
    list="registered_at name phone channel intending wants owner_id via_intermediary late",
    level=1,
    scope="store department owner",
    grants=own_registrations | registrations_kept,
    parties="registered_at name channel intending wants owner_id",
):
    """One customer as first registered; late sheets cost points (R-CUST-03/04/05/10/11). 003 篇十二 附件2."""

    carried = "day registered_at channel owner_id received_by_id"
    scored = "registered_at of owner_id in sent_at leave leave_given expects phone need"

    # by what a second registration of the same customer is found (R-CUST-03)
    __table_args__ = (
        in_order("registered_at", "sent_at"),
        Index("ix_customer_registration_phone", "phone"),
        Index("ix_customer_registration_name", "name"),
        Index("ix_customer_registration_unit_or_plate", "unit_or_plate"),
    )

    day: Mapped[Day] = field("日期", also="登记日期", filter=True, section="登记", place="003 篇十二 附件2")
    registered_at: Mapped[Moment] = field(
        "登记时间", also="时间", filter=True, today=True, place="003 篇十二 3.1.3 ?同一客户以先登记的为准"
    )
    channel: Mapped[Code] = choice(
        "渠道", also="来访方式 登记渠道", codes="register_channel", filter=True, place="003 篇十二 3.1.2"
    )
    owner_id: Mapped[int | None] = person("客户经理", also="招商经理 置业顾问", filter=True, place="003 篇十二 3.1.1")
    on_duty: Mapped[YesNo | None] = field("当班接待", place="003 篇十二 3.1.2")
    name: Mapped[ShortText] = field(
        "客户姓名", also="姓名 顾客姓名 客户名称", search=True, section="客户", place="003 篇十二 附件2"
    )
    sex: Mapped[Code | None] = choice("性别", codes="sex", place="+")
    phone: Mapped[Phone | None] = field(
        "联系方式", also="联系电话 电话 手机", mask=True, search=True, place="003 篇十二 3.1.2"
    )
    company: Mapped[ShortText | None] = field("单位", also="公司名称", search=True, place="+")
    estate: Mapped[ShortText | None] = field("小区或区域", also="小区", search=True, place="+")
    unit_or_plate: Mapped[ShortText | None] = field("房号或车牌", mask=True, place="R-CUST-03")
    customer_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, place="+")
    customer_number: Mapped[ShortText | None] = field("资料编号", also="编号", search=True, place="003 篇十四 一1")
    wants: Mapped[Code] = choice(
        "购买/租赁意向",
        also="意向",
        codes="purchase_intent",
        default="undecided",
        filter=True,
        section="意向",
        place="003 篇十二 3.1.2",
    )
    intending: Mapped[YesNo] = field(
        "意向客户",
        also="是否意向客户",
        default=False,
        filter=True,
        place="003 篇十二 3.1.2 ?有联系方式且有购买或租赁意向",
    )
    need: Mapped[LongText | None] = field("需求说明", also="需求 意向内容", place="003 篇十二 3.1.2")
    budget: Mapped[Money | None] = field("预算（元）", also="预算", mask=True, place="+")
    grade: Mapped[Code | None] = choice("客户级别", also="级别 等级", codes="grade", filter=True, place="000 客户分级")
    source: Mapped[Code | None] = choice("客户来源", also="来源", codes="source", filter=True, place="000 ch2")
    asked: Mapped[YesNo | None] = field("已询问是否联系过", section="归属", place="003 篇十二 3.1.4")
    known_manager_id: Mapped[int | None] = person("客户能说出的经理", party=True, filter=True, place="003 篇十二 3.1.4")
    introducer_id: Mapped[int | None] = link(
        "介绍的老客户", also="老客户 介绍人", to="customer", filter=True, place="003 篇十二 3.1.5"
    )
    named_manager_id: Mapped[int | None] = person("老客户指定的经理", party=True, filter=True, place="003 篇十二 3.1.5")
    via_intermediary: Mapped[YesNo] = field(
        "有中介", also="是否中介 中介", default=False, filter=True, place="003 篇十二 3.1.6"
    )
    intermediary_id: Mapped[int | None] = link(
        "中介单位", to="intermediary", place="003 篇十二 3.1.6", only_if="via_intermediary"
    )
    intermediary_name: Mapped[ShortText | None] = field(
        "中介名称", also="中介人", search=True, place="003 篇十二 3.1.6", only_if="via_intermediary"
    )
    sent_at: Mapped[Moment | None] = field(
        "发送时间", also="上交时间", filter=True, section="上交", place="003 篇十二 3.1.1"
    )
    received_by_id: Mapped[int | None] = person("备案人", also="保管人", filter=True, place="003 篇十二 3.1.7")
    leave_reason: Mapped[ShortText | None] = field("延迟原因", place="003 篇十二 3.1.1")
    leave_given: Mapped[YesNo | None] = field("准许次日十时前补交", place="003 篇十二 3.1.1")
    late: Mapped[YesNo | None] = field("迟交", computed=True, filter=True, place="003 篇十二 4.1")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
