"""The showroom's list of materials with list price and discount."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Code, Count, Day, LongText, Money, Percentage, ShortText, YesNo, choice, field, link
from ...grants.construction import prices_looked_up, vendors_kept
from ...models import Register


class MaterialCatalogue(
    Register,
    title="主材明细与报价折扣表",
    key="vendor_id name model",
    list="effective_on name brand model vendor_id list_price discount net_price on_show",
    level=1,
    grants=vendors_kept | prices_looked_up,
    parties="name brand model list_price",
):
    """One article of the showroom and what it costs (R-CONS-02). 000 前台应有资料; 002 轻舟 主材2."""

    __table_args__ = (in_order("effective_on", "until_on"),)

    name: Mapped[ShortText] = field("品名", also="名称 主材名称", search=True, section="主材", place="000 前台应有资料")
    kind: Mapped[Code | None] = choice(
        "主材类别", also="类别", codes="material_kind", filter=True, place="000 前台应有资料"
    )
    vendor_id: Mapped[int | None] = link("厂商", also="厂家 供应商", to="vendor", filter=True, place="002 轻舟 主材2")
    brand: Mapped[ShortText | None] = field("品牌", search=True, filter=True, place="000 前台应有资料")
    model: Mapped[ShortText | None] = field("型号", search=True, place="+")
    spec: Mapped[ShortText | None] = field("规格", search=True, place="+")
    colour: Mapped[ShortText | None] = field("颜色花色", also="颜色", place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    origin: Mapped[ShortText | None] = field("产地", place="+")
    environment: Mapped[ShortText | None] = field("环保等级", filter=True, place="+")
    list_price: Mapped[Money] = field("报价", also="标价", filter=True, section="价格", place="002 轻舟 主材2")
    discount: Mapped[Percentage | None] = field("折扣率（%）", also="折扣率 折扣", filter=True, place="002 轻舟 主材2")
    net_price: Mapped[Money | None] = field("折后价", also="成交价", filter=True, place="002 轻舟 主材2")
    floor_price: Mapped[Money | None] = field("最低价", also="底价", level=2, place="+")
    effective_on: Mapped[Day] = field("生效日期", also="报价日期", filter=True, place="+")
    until_on: Mapped[Day | None] = field("失效日期", filter=True, place="+")
    on_show: Mapped[YesNo | None] = field(
        "展厅有样", also="有样品", filter=True, section="展厅", place="000 前台应有资料"
    )
    show_place: Mapped[ShortText | None] = field("展位", place="+")
    stock_days: Mapped[Count | None] = field("供货周期（天）", place="+")
    photo: Mapped[Attachment | None] = field("图片", place="+")
    discontinued: Mapped[YesNo | None] = field("已停产", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
