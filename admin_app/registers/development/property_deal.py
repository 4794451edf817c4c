"""Homes sold and let."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Area, Attachment, Code, Day, LongText, Money, ShortText, choice, field, link, person
from ...grants import heads_manage, information_keeps, sales_managed, supervision
from ...grants.development import own_deals
from ...models import Register


class PropertyDeal(
    Register,
    title="房产销售与租赁成交登记表",
    key="dealt_on contract_number",
    list="dealt_on kind customer_id project unit_number area price seller_id state",
    level=2,
    scope="store department owner",
    grants=own_deals | heads_manage | sales_managed | information_keeps | supervision,
    parties="dealt_on kind customer_id project layout area price seller_id handover_on state",
):
    """One deal of property; the customer's file is opened with it (R-CUST-12). 003 篇十二, 004 租赁买卖."""

    __table_args__ = (
        between("price", 0),
        between("deposit", 0),
        between("rent", 0),
        in_order("lease_from", "lease_until"),
    )

    dealt_on: Mapped[Day] = field(
        "成交日期", also="日期 成交日", filter=True, section="成交", today=True, place="003 篇十二 3.2.4"
    )
    kind: Mapped[Code] = choice(
        "成交类型", also="类型", codes="property_deal_kind", filter=True, place="003 篇十二 3.2.4"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, belongs=True, place="003 篇十二 3.2.4"
    )
    seller_id: Mapped[int] = person(
        "客户经理", also="招商经理 销售人员", filter=True, party=True, place="003 篇十二 3.2.4"
    )
    registration_id: Mapped[int | None] = link(
        "客户信息登记", to="customer_registration", late=True, place="003 篇十二 3.1"
    )
    contract_number: Mapped[ShortText] = field("合同号", also="合同编号", search=True, place="003 篇十二 3.2.4")
    intermediary_id: Mapped[int | None] = link("中介", to="intermediary", filter=True, place="003 篇十二 3.1.6")
    project: Mapped[ShortText | None] = field(
        "项目名称", also="物业 楼盘", filter=True, search=True, section="物业", place="003 篇十四 30"
    )
    unit_id: Mapped[int | None] = link("单元档案", to="property_unit", filter=True, late=True, place="+")
    unit_number: Mapped[ShortText] = field("单元房号", also="房号 单元", mask=True, search=True, place="003 篇十四 30")
    layout: Mapped[ShortText | None] = field("户型", filter=True, search=True, place="003 篇十四 30")
    area: Mapped[Area | None] = field("面积（㎡）", also="建筑面积 面积", filter=True, place="003 篇十四 30")
    bought_for: Mapped[ShortText | None] = field("为谁购买", also="为谁买", mask=True, place="003 篇十四 30")
    buy_reason: Mapped[ShortText | None] = field("购房原因", place="003 篇十四 29")
    price: Mapped[Money] = field(
        "成交金额", also="成交价 金额 总价", filter=True, section="价款", place="003 篇十二 3.2.4"
    )
    unit_price: Mapped[Money | None] = field("单价", place="+")
    rent: Mapped[Money | None] = field("月租金", also="租金", place="004 租赁买卖")
    lease_from: Mapped[Day | None] = field("租期起", filter=True, place="004 租赁买卖")
    lease_until: Mapped[Day | None] = field("租期止", also="租期至", filter=True, place="004 租赁买卖")
    deposit: Mapped[Money | None] = field("定金或押金", also="定金 押金", place="+")
    payment_way: Mapped[Code | None] = choice(
        "付款方式", also="付款", codes="property_payment", filter=True, place="003 篇十二 3.2.4"
    )
    paid: Mapped[Money | None] = field("已付金额", place="+")
    handover_on: Mapped[Day | None] = field("交付日期", also="交房日期", filter=True, section="交付与归档", place="+")
    state: Mapped[Code] = choice("状态", codes="property_deal_state", filter=True, default="signed", place="+")
    filed_on: Mapped[Day | None] = field("归档日期", also="归档日", filter=True, place="003 篇十二 3.2.4")
    scan: Mapped[Attachment | None] = field("合同扫描件", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
