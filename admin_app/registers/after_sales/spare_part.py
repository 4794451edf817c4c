"""Spare parts received and issued."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, choice, field, link, person, sign
from ...grants.after_sales import service_kept, service_led, service_read
from ...models import Register


class SparePart(
    Register,
    title="维修配件收发登记表",
    key="moved_on part_name movement quantity",
    list="moved_on part_name part_code movement quantity outlet_id stock taken_by approved_by_id",
    level=1,
    scope="department",
    grants=service_kept | service_led | service_read,
    parties="moved_on part_name part_code movement quantity taken_by keeper_id stock approved_by_id approved_at",
):
    """A spare part in or out, with the stock after it; each approved (R-SERV-04). 002 欧普 三1 B, 五2."""

    __table_args__ = (
        between("amount", 0),
        between("price", 0),
        between("quantity", 0),
        between("planned", 0),
        between("old_returned", 0),
        between("stock", 0),
        between("minimum_stock", 0),
    )

    moved_on: Mapped[Day] = field(
        "日期", also="收发日期", filter=True, section="配件", today=True, place="002 欧普 五2"
    )
    movement: Mapped[Code] = choice(
        "收发类别", also="类别 入库/出库", codes="part_movement", filter=True, place="002 欧普 五2"
    )
    part_name: Mapped[ShortText] = field("配件名称", also="名称 配件", search=True, place="002 欧普 五2")
    part_code: Mapped[ShortText | None] = field("配件编号", also="编号", search=True, place="002 欧普 五2")
    model: Mapped[ShortText | None] = field("适用型号", also="型号", search=True, place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    quantity: Mapped[Count] = field("数量", filter=True, place="002 欧普 五2")
    price: Mapped[Money | None] = field("单价", place="+")
    amount: Mapped[Money | None] = field("金额", place="+")
    month_on: Mapped[Day | None] = field(
        "计划月份", filter=True, section="计划与批准", place="002 欧普 一4", help="填该月1日"
    )
    planned: Mapped[Count | None] = field("计划数量", also="计划", place="002 欧普 一4")
    request_number: Mapped[ShortText | None] = field("申请单号", search=True, place="+")
    approved_by_id: Mapped[int | None] = sign(
        "客户服务部批准", signed_with="approve", roles="service_manager general_manager", place="002 欧普 三1 B"
    )
    outlet_id: Mapped[int | None] = link(
        "特约维修点", to="repair_outlet", filter=True, section="去向", place="002 欧普 五2"
    )
    report_id: Mapped[int | None] = link("维修报告单", to="repair_report", place="+")
    taken_by: Mapped[ShortText | None] = field("领用人或来源", also="领用人 来源", search=True, place="+")
    old_returned: Mapped[Count | None] = field("旧件返回数", also="旧件", place="002 欧普 五2")
    stock: Mapped[Count | None] = field("结存数量", also="库存 结存", filter=True, section="库存", place="002 欧普 五2")
    minimum_stock: Mapped[Count | None] = field("最低库存", place="+")
    keeper_id: Mapped[int | None] = person("保管人", also="库管", filter=True, party=True, place="+", handed_over=True)
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
